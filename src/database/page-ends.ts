// Rows that share a place are told apart by their number there, see row-order.ts. A page that goes on from a place knows
// it; else the rows before it are counted.
import { countStretch, type StretchRead } from './read-stretch.ts';
import {
  beyondSql,
  type Place,
  type Position,
  type RowOrder,
  reverseOrder,
  sharingSql,
} from './row-order.ts';

type Values = Position['values'];

/** The places of a page's first and last row. */
export interface PageEnds {
  readonly first: Position | null;
  readonly last: Position | null;
}

/** The places of a page's first and last row, whose values are told in the list's order. */
export async function findEnds(read: StretchRead, place: Place, rows: readonly Values[]): Promise<PageEnds> {
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last) return { first: null, last: null };
  if (read.order.isTotal) return { first: { values: first, number: 0 }, last: { values: last, number: 0 } };
  const leading = rows.filter((values) => isSame(values, first)).length;
  const trailing = rows.filter((values) => isSame(values, last)).length;
  const isOne = leading === rows.length;
  if ('after' in place || 'offset' in place) {
    const number = await findFirstNumber(read, place, first);
    const lastNumber = isOne ? number + rows.length - 1 : trailing;
    return { first: { values: first, number }, last: { values: last, number: lastNumber } };
  }
  const number = await findLastNumber(read, place, last);
  const firstNumber = isOne ? number - rows.length + 1 : (await countSharing(read, first)) - leading + 1;
  return { first: { values: first, number: firstNumber }, last: { values: last, number } };
}

/** Of a page that is read onwards. */
async function findFirstNumber(
  read: StretchRead,
  place: { after: Position } | { offset: number },
  values: Values,
): Promise<number> {
  if ('after' in place) return isSame(place.after.values, values) ? place.after.number + 1 : 1;
  if (place.offset === 0) return 1;
  return place.offset + 1 - (await countBeyond(read, reverseOrder(read.order), values));
}

/** Of a page that is read backwards. */
async function findLastNumber(
  read: StretchRead,
  place: { before: Position } | { offsetFromEnd: number },
  values: Values,
): Promise<number> {
  if ('before' in place && isSame(place.before.values, values)) return place.before.number - 1;
  const sharing = await countSharing(read, values);
  if ('before' in place || place.offsetFromEnd === 0) return sharing;
  return sharing - place.offsetFromEnd + (await countBeyond(read, reverseOrder(read.order), values));
}

function countSharing(read: StretchRead, values: Values): Promise<number> {
  return countStretch(read, sharingSql(read.order, { values, number: 0 }));
}

async function countBeyond(read: StretchRead, order: RowOrder, values: Values): Promise<number> {
  const stretches = beyondSql(order, { values, number: 0 });
  const counts = await Promise.all(stretches.map((stretch) => countStretch(read, stretch)));
  return counts.reduce((sum, count) => sum + count, 0);
}

function isSame(left: Values, right: Values): boolean {
  return left.every((value, index) => value === right[index]);
}
