import { z } from 'zod';
import { type Actor, recordActivity } from '../database/activity.ts';
import { type Pool, type PoolConnection, type ResultSetHeader, transaction } from '../database/pool.ts';
import { type Refusal, refuse } from '../errors.ts';
import { basketSchema, idempotencyKeySchema, idSchema, parseInput } from './command-input.ts';
import type { Done } from './define-command.ts';
import { throughGates } from './film-gate.ts';
import { answerOnce, createClaim, takeKey } from './idempotency.ts';
import { addUp, type Quantities, toLines } from './line-arithmetic.ts';
import { decideTotal, multiplyMoney } from './money.ts';
import { decideAvailability, lockFilms, recordMovements, toMovements } from './stock-ledger.ts';

const placeOrderSchema = z.object({
  customerId: idSchema,
  lines: basketSchema,
  idempotencyKey: idempotencyKeySchema,
});

export type PlaceOrderInput = z.input<typeof placeOrderSchema>;

/**
 * Places an order: reserves its films at today's prices, or refuses with every film that is short. The films are
 * locked last, so that buyers of one film wait for each other only for three statements and the commit.
 */
export async function placeOrder(
  pool: Pool,
  actor: Actor,
  input: PlaceOrderInput,
): Promise<Done<{ orderId: number }> | Refusal> {
  const parsed = parseInput(placeOrderSchema, input);
  if (!parsed.ok) return parsed;
  const { customerId, lines, idempotencyKey } = parsed.values;
  const claim = createClaim(idempotencyKey, 'place_order', actor, parsed.values);
  const demand = addUp(lines);
  const place = () =>
    transaction(pool, async (connection) => {
      const orderId = await insertOrder(connection, customerId);
      if (orderId === null)
        return refuse('unknown_customer', 'There is no such customer. Choose another one.');
      const answer = { ok: true, orderId } as const;
      await takeKey(connection, claim, answer);
      await recordActivity(connection, actor, {
        action: 'order_placed',
        table: 'orders',
        recordId: String(orderId),
        details: { lines: toLines(demand) },
      });
      return (await reserveLines(connection, actor, orderId, demand)) ?? answer;
    });
  return answerOnce(pool, claim, () => throughGates(pool, demand.keys(), place));
}

async function insertOrder(connection: PoolConnection, customerId: number): Promise<number | null> {
  try {
    const [{ insertId }] = await connection.query<ResultSetHeader>(
      'INSERT INTO orders (customer_id) VALUES (?)',
      [customerId],
    );
    return insertId;
  } catch (error) {
    if ((error as { errno?: number }).errno !== MISSING_REFERENCE_ERRNO) throw error;
    return null;
  }
}

const MISSING_REFERENCE_ERRNO = 1452;

async function reserveLines(
  connection: PoolConnection,
  actor: Actor,
  orderId: number,
  demand: Quantities,
): Promise<Refusal | null> {
  const films = await lockFilms(connection, demand.keys());
  const lineTotals = [...films.values()].map((film) =>
    multiplyMoney(film.price, demand.get(film.movieId) ?? 0),
  );
  const refusal = decideAvailability(demand, films) ?? decideTotal(lineTotals);
  if (refusal) return refusal;
  // Movements first: the lines are then written once, with what they hold.
  await recordMovements(connection, actor, toMovements(demand, 'reserved', { reserved: 1 }), { orderId });
  await connection.query(
    'INSERT INTO order_items (order_id, movie_id, quantity, unit_price, held_quantity) VALUES ?',
    [[...demand].map(([id, quantity]) => [orderId, id, quantity, films.get(id)?.price, quantity])],
  );
  return null;
}
