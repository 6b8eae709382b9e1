import type { Queryable } from '../database/pool.ts';
import { findRowsById, recordIdOf, selectColumns } from '../database/read-rows.ts';
import type { Sight } from './visibility.ts';

/** A topic that is one record. */
export interface RecordTopic {
  readonly table: string;
  readonly id: string;
}

/** Of a text that a column's character set cannot hold, so that it cannot be compared: MariaDB's and MySQL's. */
const INCOMPARABLE_ERRNOS = new Set([1267, 3854]);

/** Whether a record is there, may be seen, and is called by this very id in what is told of it. */
export async function isSeenRecord(
  db: Queryable,
  sight: Sight,
  { table: name, id }: RecordTopic,
): Promise<boolean> {
  const tableSight = sight.get(name);
  if (!tableSight) return false;
  const { table, seesRow } = tableSight;
  const columns = seesRow ? table.columns : selectColumns(table, []);
  const [row] = await findRowsById(db, table, columns, [id]).catch((error: { errno?: number }) => {
    if (INCOMPARABLE_ERRNOS.has(error.errno ?? 0)) return [];
    throw error;
  });
  return row !== undefined && recordIdOf(table, row) === id && (seesRow?.(row) ?? true);
}
