import { findEnds, type PageEnds } from './page-ends.ts';
import type { Queryable, RowDataPacket } from './pool.ts';
import { decodeRow, type Row, type RowConditions } from './read-rows.ts';
import { findStretch, valuesOf } from './read-stretch.ts';
import {
  beyondSql,
  type Place,
  type RowOrder,
  resolveOrder,
  reverseOrder,
  type Sort,
  type Stretch,
  sharingSql,
} from './row-order.ts';
import type { Column, Table } from './table.ts';

export interface PageQuery extends RowConditions {
  readonly order: RowOrder;
  readonly limit: number;
  readonly place: Place;
}

/** Rows in the list's order, and whether more follow in the direction of reading. */
export interface PageOfRows extends PageEnds {
  readonly rows: readonly Row[];
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
  const read = { db, table, columns, conditions: query, order };
  const found: RowDataPacket[] = [];
  for (const { stretch, offset, most } of stretchesOf(order, place)) {
    const wanted = Math.min(limit + 1 - found.length, most);
    if (wanted > 0) found.push(...(await findStretch(read, stretch, offset, wanted)));
  }
  const shown = found.slice(0, limit);
  if (isBackward) shown.reverse();
  const ends = await findEnds(
    read,
    place,
    shown.map((row) => valuesOf(order, row)),
  );
  return { rows: shown.map((row) => decodeRow(columns, row)), ...ends, hasMore: found.length > limit };
}

/** A range to be read, how many of its rows are passed over first, and how many are read at most. */
interface PartOfPage {
  readonly stretch: Stretch;
  readonly offset: number;
  readonly most: number;
}

function stretchesOf(order: RowOrder, place: Place): PartOfPage[] {
  const part = (stretch: Stretch, offset = 0, most = Infinity) => ({ stretch, offset, most });
  const whole = { where: null, order };
  if ('offset' in place) return [part(whole, place.offset)];
  if ('offsetFromEnd' in place) return [part(whole, place.offsetFromEnd)];
  const position = 'after' in place ? place.after : place.before;
  const beyond = beyondSql(order, position).map((stretch) => part(stretch));
  if (order.isTotal) return beyond;
  const sharing = sharingSql(order, position);
  return [
    'after' in place ? part(sharing, position.number) : part(sharing, 0, position.number - 1),
    ...beyond,
  ];
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
  return [...rows];
}
