import type { Pool } from '../../src/database/pool.ts';
import { ORDER_STATUSES } from '../../src/orders/order-statuses.ts';
import type { ModelLine, ModelOrder } from './order-book-model.ts';

/** Plain SQL that would rewrite what has happened; `:order` and `:film` stand for ids. */
interface Rewrite {
  readonly sql: string;
  /** Whether it would rewrite history of this order and its line of the film, and so must be refused. */
  isOne(order: ModelOrder, line: ModelLine | undefined): boolean;
}

const CLOSED = ['shipped', 'delivered', 'cancelled', 'returned'];
const isClosed = ({ status }: ModelOrder) => CLOSED.includes(status);
const hasLeft = ({ lines }: ModelOrder) => [...lines.values()].some(({ shipped }) => shipped > 0);
const isHistory = (order: ModelOrder) => isClosed(order) || hasLeft(order);
const isFixed = (order: ModelOrder, line: ModelLine | undefined) =>
  line !== undefined && (isClosed(order) || line.shipped > 0);
const hasLine = (_order: ModelOrder, line: ModelLine | undefined) => line !== undefined;

/** Where the states lead, apart from src/orders. */
const NEXT: Readonly<Record<string, readonly string[]>> = {
  placed: ['assigned', 'cancelled'],
  assigned: ['placed', 'packed', 'cancelled'],
  packed: ['cancelled'],
  partially_shipped: [],
  shipped: ['delivered'],
  delivered: [],
  cancelled: [],
  returned: [],
};
const OF_LINE = 'WHERE order_id = :order AND movie_id = :film';
const OF_PARCELS = 'WHERE shipment_id IN (SELECT id FROM shipments WHERE order_id = :order)';

const onLine = (assignment: string, isOne: Rewrite['isOne']): Rewrite => ({
  sql: `UPDATE order_items SET ${assignment} ${OF_LINE}`,
  isOne,
});
const onOrder = (assignment: string, isOne: Rewrite['isOne']): Rewrite => ({
  sql: `UPDATE orders SET ${assignment} WHERE id = :order`,
  isOne,
});
const toStatus = (status: string): Rewrite =>
  onOrder(
    `status = '${status}'`,
    (order) => order.status !== status && !NEXT[order.status]?.includes(status),
  );
const whatLeft = (sql: string): Rewrite => ({ sql, isOne: hasLeft });

export const REWRITES: readonly Rewrite[] = [
  onLine('quantity = quantity + 1', isFixed),
  onLine('unit_price = unit_price + 1', isFixed),
  onLine('unit_price = 0, quantity = 9', isFixed),
  onLine('movie_id = movie_id + 1000', isFixed),
  onLine('order_id = order_id + 100000', isFixed),
  onLine('shipped_quantity = shipped_quantity + 1', hasLine),
  onLine('shipped_quantity = 0, returned_quantity = 0', (_order, line) => (line?.shipped ?? 0) > 0),
  onLine('returned_quantity = returned_quantity + 1', hasLine),
  onLine('returned_quantity = 0', (_order, line) => (line?.returned ?? 0) > 0),
  onLine('cancelled_quantity = cancelled_quantity + 1', isFixed),
  onLine('cancelled_quantity = 0', (_order, line) => (line?.cancelled ?? 0) > 0),
  { sql: `DELETE FROM order_items ${OF_LINE}`, isOne: isFixed },
  ...[0, 9.99].map((price) => ({
    sql: `INSERT INTO order_items (order_id, movie_id, quantity, unit_price) VALUES (:order, :film, 1, ${price})`,
    isOne: (order: ModelOrder, line?: ModelLine) => isClosed(order) && line === undefined,
  })),
  {
    sql: `INSERT INTO order_items (order_id, movie_id, quantity, unit_price, shipped_quantity)
      VALUES (:order, :film, 1, 0, 1)`,
    isOne: (_order, line) => line === undefined,
  },
  {
    sql: `REPLACE INTO order_items (order_id, movie_id, quantity, unit_price) VALUES (:order, :film, 9, 0)`,
    isOne: isFixed,
  },
  onOrder('total = total + 1', () => true),
  onOrder('returned_total = returned_total + 1', () => true),
  onOrder('returned_total = 0', ({ lines }) => [...lines.values()].some(({ returned }) => returned > 0)),
  onOrder("placed_at = placed_at - INTERVAL 1 DAY, hold_reason = 'x'", isHistory),
  onOrder('customer_id = customer_id + 1000', isHistory),
  onOrder('employee_id = IF(employee_id IS NULL, (SELECT MIN(id) FROM employees), NULL)', isClosed),
  onOrder("on_hold = TRUE, hold_reason = 'x'", isClosed),
  { sql: 'DELETE FROM orders WHERE id = :order', isOne: (order) => isHistory(order) && order.lines.size > 0 },
  ...ORDER_STATUSES.map(toStatus),
  whatLeft(
    "UPDATE shipments SET tracking_number = LOWER(CONCAT(tracking_number, ' ')) WHERE order_id = :order",
  ),
  whatLeft('UPDATE shipments SET shipped_at = shipped_at + INTERVAL 1 HOUR WHERE order_id = :order'),
  whatLeft('DELETE FROM shipments WHERE order_id = :order'),
  whatLeft(`UPDATE shipment_items SET quantity = quantity + 1 ${OF_PARCELS}`),
  whatLeft(`DELETE FROM shipment_items ${OF_PARCELS}`),
  whatLeft(
    'INSERT INTO shipment_items (shipment_id, movie_id, quantity) SELECT MAX(id), :film, 9 FROM shipments WHERE order_id = :order',
  ),
  {
    sql: "INSERT INTO shipments (order_id, carrier, tracking_number) VALUES (:order, 'GalEx', 'GX')",
    isOne: ({ status, onHold }) => onHold || !['packed', 'partially_shipped'].includes(status),
  },
  {
    sql: `INSERT INTO stock_movements (movie_id, stock_delta, reason, order_id) VALUES (:film, 99, 'returned', :order)`,
    isOne: () => true,
  },
];

/** The statement for an order and a film, with their ids in it. */
export function toSql({ sql }: Rewrite, orderId: number, movieId: number): string {
  return sql.replaceAll(':order', String(orderId)).replaceAll(':film', String(movieId));
}

const REFUSALS = [
  1644, // a trigger's SIGNAL
  3819, // a CHECK, on MySQL
  4025, // and on MariaDB
  1062, // a key that is there
];

/** 'refused' where the database says no as it should; else what it said or did. */
export async function rewriteHistory(pool: Pool, sql: string): Promise<string> {
  const error = await pool.query(sql).then(
    () => ({ errno: 0, message: 'was done' }),
    (reason: { errno: number; message: string }) => reason,
  );
  return REFUSALS.includes(error.errno) ? 'refused' : error.message;
}
