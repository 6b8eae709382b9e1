import type { Pool, PoolConnection, RowDataPacket } from '../database/pool.ts';
import { transaction } from '../database/pool.ts';
import type { Refusal } from '../errors.ts';

const LOCK_TIMEOUT_SECONDS = 600;

/** Runs `work` while no other seeding of this schema does, in whatever program; waits for it up to ten minutes. */
export async function withSeedLock<T>(pool: Pool, work: () => Promise<T>): Promise<T> {
  const connection = await pool.getConnection();
  const lockName = `CONCAT('store_seed_', LEFT(SHA2(DATABASE(), 256), 40))`;
  try {
    const [rows] = await connection.query<RowDataPacket[]>(`SELECT GET_LOCK(${lockName}, ?) AS locked`, [
      LOCK_TIMEOUT_SECONDS,
    ]);
    if (rows[0]?.locked !== 1) throw new Error('another program has been seeding this schema for too long');
    return await work();
  } finally {
    await connection.query(`DO RELEASE_LOCK(${lockName})`).catch(() => connection.destroy());
    connection.release();
  }
}

/**
 * Runs `work` in one transaction in which the stock ledger's triggers rest: `work` writes movies, order_items and
 * stock_movements itself and answers for the sums (see migrations/store/0003_stock_ledger.sql).
 */
export async function loadInBulk<T>(
  pool: Pool,
  work: (connection: PoolConnection) => Promise<T | Refusal>,
): Promise<T | Refusal> {
  return transaction(pool, async (connection) => {
    await connection.query('SET @stock_movement_recorded = 1');
    try {
      return await work(connection);
    } finally {
      await connection.query('SET @stock_movement_recorded = NULL').catch(() => connection.destroy());
    }
  });
}
