import { z } from 'zod';
import type { Queryable } from '../database/pool.ts';
import { type Refusal, refuse } from '../errors.ts';
import { idSchema, quantitySchema } from './command-input.ts';
import { defineOrderCommand } from './define-order-command.ts';
import { addUp, type OrderLine, openQuantity, type Quantities } from './line-arithmetic.ts';
import { decideTotal, multiplyMoney } from './money.ts';
import { addToLines, type Order } from './order-rows.ts';
import { decideStep } from './order-status.ts';
import {
  decideAvailability,
  type FilmStock,
  lockFilms,
  recordMovements,
  toMovements,
} from './stock-ledger.ts';

const changedLinesSchema = z
  .array(z.object({ movieId: idSchema, quantity: quantitySchema(0) }))
  .min(1, 'must name at least one film')
  .max(200, 'must have at most 200 lines')
  .refine(
    (lines) => new Set(lines.map((line) => line.movieId)).size === lines.length,
    'must name each film once',
  );

/**
 * Sets the quantities of the films it names, before packing: 0 takes a film off, a film that is new to the order comes
 * at today's price, and films that are not named stay. Takes the order in: what its lines need is reserved.
 */
export const changeLines = defineOrderCommand(
  { name: 'change_lines', action: 'order_lines_changed', shape: { lines: changedLinesSchema } },
  async ({ connection, actor, order, input: { lines } }) => {
    const refusal = decideStep(order, 'changeLines');
    if (refusal) return refusal;
    const wanted = new Map(lines.map(({ movieId, quantity }) => [movieId, quantity]));
    const films = await lockFilms(connection, [...order.lines.map((line) => line.movieId), ...wanted.keys()]);
    const change = decideChange(order, films, wanted);
    if (!change.ok) return change;
    const ledger = { orderId: order.id };
    // What is given back goes before the quantities, which a line may not undercut; what is reserved comes after.
    await recordMovements(
      connection,
      actor,
      toMovements(change.released, 'released', { reserved: -1 }),
      ledger,
    );
    await addToLines(connection, order.id, 'quantity', change.added);
    await deleteLines(connection, order.id, change.removedMovieIds);
    await insertLines(connection, order.id, change.inserted, films);
    await recordMovements(
      connection,
      actor,
      toMovements(change.reserved, 'reserved', { reserved: 1 }),
      ledger,
    );
    return { ok: true, status: order.status, details: { lines: change.differences } };
  },
);

/** Everything that a change of lines does. */
interface Change {
  readonly ok: true;
  readonly released: Quantities;
  readonly reserved: Quantities;
  /** What is added to the quantity of lines that stay; negative where it is taken off. */
  readonly added: Quantities;
  readonly removedMovieIds: readonly number[];
  readonly inserted: Quantities;
  readonly differences: readonly { movieId: number; from: number; to: number }[];
}

/** Decides a change to `wanted`, the open quantities of the films named; `films` holds those and the order's own. */
export function decideChange(
  order: Order,
  films: ReadonlyMap<number, FilmStock>,
  wanted: Quantities,
): Change | Refusal {
  const open = new Map(order.lines.map((line) => [line.movieId, openQuantity(line)]));
  const target = new Map([...open, ...wanted]);
  const differences = [...target]
    .map(([movieId, to]) => ({ movieId, from: open.get(movieId) ?? 0, to }))
    .filter(({ from, to }) => from !== to);
  const held = new Map(order.lines.map((line) => [line.movieId, line.held]));
  const toHold = [...target].map(([movieId, to]) => ({ movieId, quantity: to - (held.get(movieId) ?? 0) }));
  const reserved = addUp(toHold);
  const released = addUp(toHold.map(({ movieId, quantity }) => ({ movieId, quantity: -quantity })));
  const inserted = addUp(differences.filter(({ movieId }) => !open.has(movieId)).map(toTarget));
  const removedMovieIds = order.lines.filter((line) => isRemoved(line, target)).map((line) => line.movieId);
  const added = new Map(
    differences
      .filter(({ movieId }) => open.has(movieId) && !removedMovieIds.includes(movieId))
      .map(({ movieId, from, to }) => [movieId, to - from]),
  );
  const refusal =
    decideEffect(order, differences, target) ??
    decideAvailability(reserved, films) ??
    decideTotal(decideWorth(order, films, target));
  return refusal ?? { ok: true, released, reserved, added, removedMovieIds, inserted, differences };
}

const toTarget = ({ movieId, to }: { movieId: number; to: number }) => ({ movieId, quantity: to });

// A line of which something was cancelled stays as a record of that.
function isRemoved(line: OrderLine, target: Quantities): boolean {
  return target.get(line.movieId) === 0 && line.shipped === 0 && line.cancelled === 0;
}

function decideEffect(order: Order, differences: readonly object[], target: Quantities): Refusal | null {
  if ([...target.values()].every((quantity) => quantity === 0))
    return refuse('no_lines', `Order ${order.id} would have no film left. Cancel it instead.`);
  if (differences.length === 0)
    return refuse('nothing_to_change', `Order ${order.id} already has these films and quantities.`);
  return null;
}

function decideWorth(order: Order, films: ReadonlyMap<number, FilmStock>, target: Quantities): string[] {
  const prices = new Map(order.lines.map((line) => [line.movieId, line.unitPrice]));
  return [...target].map(([movieId, quantity]) =>
    multiplyMoney(prices.get(movieId) ?? films.get(movieId)?.price ?? '0', quantity),
  );
}

async function deleteLines(db: Queryable, orderId: number, movieIds: readonly number[]): Promise<void> {
  if (movieIds.length === 0) return;
  await db.query('DELETE FROM order_items WHERE order_id = ? AND movie_id IN (?)', [orderId, movieIds]);
}

async function insertLines(
  db: Queryable,
  orderId: number,
  quantities: Quantities,
  films: ReadonlyMap<number, FilmStock>,
): Promise<void> {
  if (quantities.size === 0) return;
  await db.query('INSERT INTO order_items (order_id, movie_id, quantity, unit_price) VALUES ?', [
    [...quantities].map(([movieId, quantity]) => [orderId, movieId, quantity, films.get(movieId)?.price]),
  ]);
}
