import type { Pool, RowDataPacket } from '../../src/database/pool.ts';

/**
 * Runs `work` while the server lets only accounts with SUPER create triggers, as it does unless told otherwise. One
 * test at a time: the setting is the whole server's.
 */
export async function withoutTrust(pool: Pool, work: () => Promise<void>): Promise<void> {
  const connection = await pool.getConnection();
  await connection.query("DO GET_LOCK('test_trust', 60)");
  const [[before]] = await connection.query<RowDataPacket[]>(
    'SELECT @@global.log_bin_trust_function_creators AS trust',
  );
  try {
    await connection.query('SET GLOBAL log_bin_trust_function_creators = 0');
    await work();
  } finally {
    await connection.query('SET GLOBAL log_bin_trust_function_creators = ?', [before?.trust]);
    await connection.query("DO RELEASE_LOCK('test_trust')");
    connection.release();
  }
}
