import type { Pool, RowDataPacket } from '../database/pool.ts';
import type { Refusal } from '../errors.ts';
import { receiveStock } from '../orders/adjust-stock.ts';
import type { NotEnoughStock } from '../orders/stock-ledger.ts';
import type { Random } from '../seed/random.ts';
import type { Cast } from './cast.ts';

/** A film of which this many are left, or fewer, is ordered again. */
const REORDERED_AT = 1;

/** Receives more of some films that have nearly run out. */
export async function restockSome(pool: Pool, cast: Cast, random: Random): Promise<void> {
  const [rows] = await pool.query<RowDataPacket[]>(
    'SELECT id FROM movies WHERE low_stock AND available <= ? ORDER BY id LIMIT 20',
    [REORDERED_AT],
  );
  const films = random.shuffle(rows.map(({ id }) => Number(id)));
  for (const movieId of films.slice(0, 3)) await receive(pool, cast, movieId, random.integer(12, 30));
}

/** Receives what an order was refused for the lack of. */
export async function restockFor(pool: Pool, cast: Cast, refusal: Refusal | null): Promise<void> {
  if (refusal?.code !== 'not_enough_stock') return;
  for (const { movieId, wanted } of (refusal as NotEnoughStock).shortages)
    await receive(pool, cast, movieId, wanted + 12);
}

async function receive(pool: Pool, cast: Cast, movieId: number, quantity: number): Promise<void> {
  await receiveStock(pool, cast.keeper.actor, { movieId, quantity, reason: 'Delivery from Earth' });
}
