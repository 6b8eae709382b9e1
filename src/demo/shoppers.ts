import { randomUUID } from 'node:crypto';
import type { Actor } from '../database/activity.ts';
import { type Pool, type ResultSetHeader, transaction } from '../database/pool.ts';
import type { Refusal } from '../errors.ts';
import { placeOrder } from '../orders/place-order.ts';
import type { Random } from '../seed/random.ts';
import { STOREFRONT } from '../seed/record-steps.ts';
import type { Cast } from './cast.ts';

interface Line {
  readonly movieId: number;
  readonly quantity: number;
}

const STOREFRONT_ACTOR: Actor = { id: null, ...STOREFRONT };

/** Places one order: through the storefront, by an employee on the telephone, or through the old storefront's SQL. */
export async function placeSomeOrder(pool: Pool, cast: Cast, random: Random): Promise<Refusal | null> {
  const customerId = cast.chooseCustomer(random);
  const lines = fillBasket(cast, random);
  if (random.chance(0.15)) {
    await placeOutside(pool, customerId, lines);
    return null;
  }
  const actor = random.chance(0.15) ? random.pick(cast.agents).actor : STOREFRONT_ACTOR;
  const placed = await placeOrder(pool, actor, { customerId, lines, idempotencyKey: randomUUID() });
  return placed.ok ? null : placed;
}

/** Sells one piece without an order, as the old storefront's counter does: plain SQL, which names nobody. */
export async function sellOutside(pool: Pool, cast: Cast, random: Random): Promise<void> {
  await pool.query('UPDATE movies SET stock = stock - 1 WHERE id = ? AND available > 0', [
    cast.chooseFilm(random),
  ]);
}

function fillBasket(cast: Cast, random: Random): Line[] {
  const count = random.chance(0.45) ? 1 : random.integer(2, 5);
  const movieIds = new Set(Array.from({ length: count }, () => cast.chooseFilm(random)));
  return [...movieIds].map((movieId) => ({
    movieId,
    quantity: random.chance(0.85) ? 1 : random.integer(2, 4),
  }));
}

async function placeOutside(pool: Pool, customerId: number, lines: readonly Line[]): Promise<void> {
  await transaction(pool, async (connection) => {
    const [{ insertId }] = await connection.query<ResultSetHeader>(
      'INSERT INTO orders (customer_id) VALUES (?)',
      [customerId],
    );
    for (const { movieId, quantity } of lines)
      await connection.query(
        'INSERT INTO order_items (order_id, movie_id, quantity, unit_price) SELECT ?, id, ?, price FROM movies WHERE id = ?',
        [insertId, quantity, movieId],
      );
  });
}
