import { quoteIdentifier } from './identifier.ts';
import type { Queryable, RowDataPacket } from './pool.ts';
import { decodeRow, fromSql, type Row, type RowConditions, selectSql } from './read-rows.ts';
import {
  beyondSql,
  exactSql,
  orderSql,
  type Position,
  type RowOrder,
  resolveOrder,
  reverseOrder,
  type Sort,
  type Stretch,
  sharingSql,
} from './row-order.ts';
import type { Column, Table } from './table.ts';

/** Where a page lies: beyond or before a position, or so many rows from the start or from the end. */
export type Place =
  | { readonly after: Position }
  | { readonly before: Position }
  | { readonly offset: number }
  | { readonly offsetFromEnd: number };

export interface PageQuery extends RowConditions {
  readonly order: RowOrder;
  readonly limit: number;
  readonly place: Place;
}

/** Rows in the list's order, each with its place where that is known, and whether more follow in the direction of reading. */
export interface PageOfRows {
  readonly rows: readonly { readonly row: Row; readonly position: Position | null }[];
  readonly hasMore: boolean;
}

/** One page of rows, each with the given columns and its key. */
export async function findPage(
  db: Queryable,
  table: Table,
  columns: readonly Column[],
  query: PageQuery,
): Promise<PageOfRows> {
  const { place, limit } = query;
  const isBackward = 'before' in place || 'offsetFromEnd' in place;
  const order = isBackward ? reverseOrder(query.order) : query.order;
  const found: RowDataPacket[] = [];
  for (const [stretch, offset] of stretchesOf(order, place)) {
    const read = { table, columns, conditions: query, order };
    found.push(...(await findStretch(db, read, stretch, offset, limit + 1 - found.length)));
    if (found.length > limit) break;
  }
  const shown = found.slice(0, limit);
  const positions = positionsOf(order, place, shown);
  const rows = shown.map((row, index) => ({
    row: decodeRow(columns, row),
    position: positions[index] ?? null,
  }));
  return { rows: isBackward ? rows.reverse() : rows, hasMore: found.length > limit };
}

/** In characters, of both servers' identifiers. */
const LONGEST_NAME = 64;

/** The ranges to be read one after another, and how many rows of each are passed over first. */
function stretchesOf(order: RowOrder, place: Place): [stretch: Stretch, offset: number][] {
  const whole = { where: null, order };
  if ('offset' in place) return [[whole, place.offset]];
  if ('offsetFromEnd' in place) return [[whole, place.offsetFromEnd]];
  const position = 'after' in place ? place.after : place.before;
  const beyond = beyondSql(order, position).map((stretch): [Stretch, number] => [stretch, 0]);
  return order.isTotal ? beyond : [[sharingSql(order, position), position.passed], ...beyond];
}

interface StretchRead {
  readonly table: Table;
  readonly columns: readonly Column[];
  readonly conditions: RowConditions;
  /** The whole order, of which each row's place is read. */
  readonly order: RowOrder;
}

async function findStretch(
  db: Queryable,
  { table, columns, conditions, order }: StretchRead,
  stretch: Stretch,
  offset: number,
  limit: number,
): Promise<RowDataPacket[]> {
  const { where } = stretch;
  const from = fromSql(table, conditions);
  const matching = where ? `${from.sql} AND ${where.sql}` : from.sql;
  const parameters = [...from.parameters, ...(where?.parameters ?? []), limit, offset];
  const exact = order.columns.map(
    (column, index) => `${exactSql(column)} AS ${quoteIdentifier(placeName(index))}`,
  );
  const hint = hintSql(table, conditions, order);
  const selected = [...columns.map(selectSql), ...exact].join(', ');
  const ordered = `FROM ${matching} ${orderSql(table, stretch.order)} LIMIT ? OFFSET ?`;
  // The rows passed over are read from the index alone; only the page itself is fetched whole.
  const keys = table.key.map(quoteIdentifier).join(', ');
  const sql =
    offset === 0 || table.key.length === 0
      ? `SELECT ${hint}${selected} ${ordered}`
      : `SELECT ${selected} FROM ${quoteIdentifier(table.name)} JOIN (SELECT ${hint}${keys} ${ordered}) page USING (${keys}) ${orderSql(table, order)}`;
  const [rows] = await db.query<RowDataPacket[]>(sql, parameters);
  return rows;
}

/**
 * Names the index that is in the list's order to MySQL, which else reads another one in the hope of a page's rows. Where
 * there are conditions it knows better; an index that has gone meanwhile is passed over.
 */
function hintSql(table: Table, { filters, search }: RowConditions, { index }: RowOrder): string {
  if (index === null || filters.length > 0 || search) return '';
  const hint = `INDEX(${quoteIdentifier(table.name)} ${quoteIdentifier(index)})`;
  // MariaDB reads no hint, and would end the comment at a name's own '*/'.
  return hint.includes('*/') ? '' : `/*+ ${hint} */ `;
}

/** What a column's exact value is selected as: longer than any column's name. */
function placeName(index: number): string {
  return `place ${index}`.padStart(LONGEST_NAME + 1, '_');
}

/** Rows that share a place are counted, so that those before a page must be known; without a key, only what comes first is. */
function positionsOf(order: RowOrder, place: Place, rows: readonly RowDataPacket[]): Position[] {
  const values = rows.map((row) =>
    order.columns.map((_column, index) => row[placeName(index)] as string | null),
  );
  if (order.isTotal) return values.map((exact) => ({ values: exact, passed: 0 }));
  const start = 'after' in place ? place.after : 'offset' in place && place.offset === 0 ? null : undefined;
  if (start === undefined) return [];
  const counts = new Map(start ? [[JSON.stringify(start.values), start.passed]] : []);
  return values.map((exact) => {
    const text = JSON.stringify(exact);
    const passed = (counts.get(text) ?? 0) + 1;
    counts.set(text, passed);
    return { values: exact, passed };
  });
}

export interface RowQuery extends RowConditions {
  readonly sort: Sort | null;
  readonly limit: number;
  readonly offset: number;
}

/** Rows from a number on, in the order that they have by these columns. */
export async function findRows(
  db: Queryable,
  table: Table,
  columns: readonly Column[],
  { sort, offset, ...query }: RowQuery,
): Promise<Row[]> {
  const order = resolveOrder(table, columns, sort);
  const { rows } = await findPage(db, table, columns, { ...query, order, place: { offset } });
  return rows.map(({ row }) => row);
}
