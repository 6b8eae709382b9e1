import type { Pool, RowDataPacket } from '../database/pool.ts';
import type { Difference, HistoryDifferenceKind } from './difference.ts';

/** A doubt about a row of sums: when there is one, what should be, and what is; in SQL. */
interface Doubt {
  readonly kind: HistoryDifferenceKind;
  readonly when: string;
  readonly expected: string;
  readonly found: string;
}

interface Check {
  readonly table: 'orders' | 'order_items';
  /** Columns of `sums` that make the record's id. */
  readonly key: readonly string[];
  /** A query of sums of the orders with ids BETWEEN ? AND ?, as often as it says so. */
  readonly sums: string;
  readonly doubts: readonly Doubt[];
}

/** Orders a statement: few enough for a server to add up in memory. */
const ORDERS_AT_ONCE = 10_000;

const CHECKS: readonly Check[] = [
  {
    table: 'orders',
    key: ['id'],
    sums: `SELECT o.id, o.status, o.total, COALESCE(i.total, 0.00) AS lines_total, o.returned_total,
        COALESCE(i.returned_total, 0.00) AS lines_returned, COALESCE(i.open, 0) AS open,
        COALESCE(i.held, 0) AS held, COALESCE(i.shipped, 0) AS shipped, COALESCE(i.returned, 0) AS returned
      FROM orders o LEFT JOIN (
        SELECT order_id, SUM(line_total) AS total, SUM(quantity - shipped_quantity - cancelled_quantity) AS open,
          SUM(held_quantity) AS held, SUM(shipped_quantity) AS shipped, SUM(returned_quantity) AS returned,
          SUM(returned_quantity * unit_price) AS returned_total
        FROM order_items WHERE order_id BETWEEN ? AND ? GROUP BY order_id
      ) i ON i.order_id = o.id
      WHERE o.id BETWEEN ? AND ?`,
    doubts: [
      {
        kind: 'closed_order_holds_stock',
        when: "held > 0 AND status NOT IN ('placed', 'assigned', 'packed', 'partially_shipped')",
        expected: '0',
        found: 'held',
      },
      {
        kind: 'status_is_not_its_lines',
        when: `(shipped > 0) <> (status IN ('partially_shipped', 'shipped', 'delivered', 'returned'))
          OR open > 0 AND status IN ('shipped', 'delivered') OR returned < shipped AND status = 'returned'`,
        expected: "IF(shipped = 0, 'placed', IF(open > 0, 'partially_shipped', 'shipped'))",
        found: 'status',
      },
      {
        kind: 'total_is_not_its_lines',
        when: 'total <> lines_total',
        expected: 'lines_total',
        found: 'total',
      },
      {
        kind: 'returned_total_is_not_its_lines',
        when: 'returned_total <> lines_returned',
        expected: 'lines_returned',
        found: 'returned_total',
      },
    ],
  },
  {
    table: 'order_items',
    key: ['order_id', 'movie_id'],
    sums: `SELECT order_id, movie_id, SUM(ordered) AS ordered, SUM(shipped) AS shipped, SUM(returned) AS returned,
        SUM(parcels) AS parcels, SUM(gone) AS gone, SUM(back) AS back
      FROM (
        SELECT order_id, movie_id, quantity - cancelled_quantity AS ordered, shipped_quantity AS shipped,
          returned_quantity AS returned, 0 AS parcels, 0 AS gone, 0 AS back
        FROM order_items WHERE order_id BETWEEN ? AND ?
        UNION ALL SELECT s.order_id, i.movie_id, 0, 0, 0, i.quantity, 0, 0
        FROM shipments s JOIN shipment_items i ON i.shipment_id = s.id WHERE s.order_id BETWEEN ? AND ?
        UNION ALL SELECT order_id, movie_id, 0, 0, 0, 0,
          IF(reason = 'shipped', -stock_delta, 0), IF(reason = 'returned', stock_delta, 0)
        FROM stock_movements WHERE order_id BETWEEN ? AND ? AND reason IN ('shipped', 'returned')
      ) parts GROUP BY order_id, movie_id`,
    doubts: [
      {
        kind: 'shipped_is_not_in_parcels',
        when: 'shipped <> parcels',
        expected: 'parcels',
        found: 'shipped',
      },
      { kind: 'shipped_is_not_its_movements', when: 'shipped <> gone', expected: 'gone', found: 'shipped' },
      {
        kind: 'parcels_hold_more_than_ordered',
        when: 'parcels > ordered',
        expected: 'ordered',
        found: 'parcels',
      },
      {
        kind: 'returned_is_not_its_movements',
        when: 'returned <> back',
        expected: 'back',
        found: 'returned',
      },
      { kind: 'came_back_and_never_left', when: 'back > gone', expected: 'gone', found: 'back' },
    ],
  },
];

/** Compares every order with its lines, and every line with its parcels and movements; empty where all is well. */
export async function findHistoryDifferences(pool: Pool): Promise<Difference[]> {
  const [[range]] = await pool.query<RowDataPacket[]>('SELECT MIN(id) AS least, MAX(id) AS most FROM orders');
  const differences: Difference[] = [];
  for (let from = range?.least ?? 1; from <= (range?.most ?? 0); from += ORDERS_AT_ONCE)
    for (const check of CHECKS)
      differences.push(...(await runCheck(pool, check, from, from + ORDERS_AT_ONCE - 1)));
  return differences;
}

/** One statement, so it sees one moment; only rows in doubt leave the server. */
async function runCheck(
  pool: Pool,
  { table, key, sums, doubts }: Check,
  from: number,
  to: number,
): Promise<Difference[]> {
  const told = doubts.map(
    ({ kind, when, expected, found }) =>
      `IF(${when}, ${expected}, NULL) AS expected_${kind}, ${found} AS found_${kind}`,
  );
  const bounds = sums.split('BETWEEN').flatMap((_part, index) => (index === 0 ? [] : [from, to]));
  const [rows] = await pool.query<RowDataPacket[]>(
    `SELECT ${[...key, ...told].join(', ')} FROM (${sums}) sums
     WHERE ${doubts.map(({ when }) => `(${when})`).join(' OR ')} ORDER BY ${key.join(', ')}`,
    bounds,
  );
  return rows.flatMap((row) =>
    doubts
      .filter(({ kind }) => row[`expected_${kind}`] !== null)
      .map(({ kind }) => ({
        kind,
        table,
        recordId: key.map((column) => row[column]).join('~'),
        expected: String(row[`expected_${kind}`]),
        found: String(row[`found_${kind}`]),
      })),
  );
}
