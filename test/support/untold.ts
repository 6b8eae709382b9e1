import type { TestDatabase } from './database.ts';

/** Runs a statement that the log holds as its text alone, so that it tells no rows. */
export async function runUntold(
  { pool }: Pick<TestDatabase, 'pool'>,
  statement: string,
  parameters: readonly unknown[] = [],
): Promise<void> {
  const connection = await pool.getConnection();
  try {
    await connection.query('SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ');
    await connection.query('SET SESSION binlog_format = STATEMENT');
    await connection.query(statement, [...parameters]);
  } finally {
    // Never used again: the settings stay with it.
    connection.destroy();
  }
}
