import { quoteIdentifier } from '../database/identifier.ts';
import type { Queryable, ResultSetHeader, RowDataPacket } from '../database/pool.ts';

const ROWS_IN_STATEMENT = 2_000;

/**
 * Inserts many rows, some thousands a statement, and returns the ids that the database gave them, if it gave any: the
 * rows of one statement get ids that follow each other, which InnoDB promises where their number is known beforehand.
 */
export async function insertRows(
  db: Queryable,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly unknown[])[],
): Promise<number[]> {
  const into = `INSERT INTO ${quoteIdentifier(table)} (${columns.map(quoteIdentifier).join(', ')}) VALUES ?`;
  const batches = [];
  for (let start = 0; start < rows.length; start += ROWS_IN_STATEMENT)
    batches.push(rows.slice(start, start + ROWS_IN_STATEMENT));
  // All are sent at once, so that one is put together while the server works on another.
  const [[settings], ...results] = await Promise.all([
    db.query<RowDataPacket[]>('SELECT @@auto_increment_increment AS step'),
    ...batches.map((batch) => db.query<ResultSetHeader>(into, [batch])),
  ]);
  const step: number = settings[0]?.step;
  return results.flatMap(([{ insertId, affectedRows }]) =>
    Array.from({ length: affectedRows }, (_, index) => insertId + index * step),
  );
}

/** A time as DATETIME(3) takes it; `time` is in milliseconds since 1970. */
export function formatTime(time: number): string {
  return new Date(time).toISOString().slice(0, 23).replace('T', ' ');
}
