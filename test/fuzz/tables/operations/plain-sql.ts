import type { Pool, RowDataPacket } from '../../../../src/database/pool.ts';
import { type ExactRow, readExact } from '../rows.ts';
import type { MadeTable } from '../table-sql.ts';

/** What a table would hold after plain statements, which are undone; null where the server refuses them. */
export async function foretell(
  pool: Pool,
  table: MadeTable,
  statements: readonly string[],
): Promise<ExactRow[] | null> {
  const connection = await pool.getConnection();
  try {
    await connection.query('START TRANSACTION');
    for (const sql of statements) await connection.query<RowDataPacket[]>(sql);
    return await readExact(connection, table);
  } catch {
    return null;
  } finally {
    await connection.query('ROLLBACK');
    connection.release();
  }
}
