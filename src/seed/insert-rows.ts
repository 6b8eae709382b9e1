import { quoteIdentifier } from '../database/identifier.ts';
import type { Queryable, ResultSetHeader } from '../database/pool.ts';

const ROWS_IN_STATEMENT = 2_000;

/**
 * Inserts many rows, `ROWS_IN_STATEMENT` a statement, and returns the generated id of the first. The ids of a
 * statement's rows follow each other, which InnoDB promises where their number is known beforehand.
 */
export async function insertRows(
  db: Queryable,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly unknown[])[],
): Promise<number> {
  const into = `INSERT INTO ${quoteIdentifier(table)} (${columns.map(quoteIdentifier).join(', ')}) VALUES ?`;
  let firstId = 0;
  for (let start = 0; start < rows.length; start += ROWS_IN_STATEMENT) {
    const [result] = await db.query<ResultSetHeader>(into, [rows.slice(start, start + ROWS_IN_STATEMENT)]);
    if (start === 0) firstId = result.insertId;
  }
  return firstId;
}

/** A time as DATETIME(3) takes it; `time` is in milliseconds since 1970. */
export function formatTime(time: number): string {
  return new Date(time).toISOString().slice(0, 23).replace('T', ' ');
}
