import type { Pool, PoolConnection } from '../../src/database/pool.ts';

/** Runs `work` on a connection of its own for which the order book's rules rest, as a bulk loader does. */
export async function asLoader<T>(pool: Pool, work: (loader: PoolConnection) => Promise<T>): Promise<T> {
  const loader = await pool.getConnection();
  try {
    await loader.query('SET @stock_movement_recorded = 1');
    return await work(loader);
  } finally {
    loader.destroy();
  }
}
