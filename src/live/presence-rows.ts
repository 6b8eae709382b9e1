import type { RowImage } from '../changes/transaction.ts';
import type { Queryable, ResultSetHeader, RowDataPacket } from '../database/pool.ts';
import type { PresenceMode, PresentPerson } from './protocol.ts';

export const PRESENCE_TABLE = 'panel_presence';

/** One connection that has one record open. */
export interface PresenceRow {
  readonly nodeId: string;
  readonly socketId: string;
  readonly table: string;
  readonly recordId: string;
  readonly person: PresentPerson;
}

/** What was not seen for so long is of a program that ended without a word. */
const STALE_SECONDS = 90;
const BATCH_ROWS = 200;
/** What the table takes. */
export const MAX_RECORD_ID_LENGTH = 255;

/** Writes that these records are open, and seen now; throws where a row cannot be written, or none. */
export async function writePresence(db: Queryable, rows: readonly PresenceRow[]): Promise<void> {
  if (rows.length === 0) return;
  const values = rows.map(({ nodeId, socketId, table, recordId, person }) => [
    nodeId,
    socketId,
    table,
    recordId,
    person.id,
    person.name,
    person.role,
    person.mode,
  ]);
  await db.query(
    `INSERT INTO panel_presence
       (node_id, socket_id, table_name, record_id, account_id, account_name, account_role, mode)
     VALUES ? ON DUPLICATE KEY UPDATE mode = VALUES(mode), seen_at = UTC_TIMESTAMP(3)`,
    [values],
  );
}

/** The same for any number of rows: one that cannot be written keeps no other from it, and is told. */
export async function refreshPresence(
  db: Queryable,
  rows: readonly PresenceRow[],
  onError: (error: unknown) => void,
): Promise<void> {
  for (let begin = 0; begin < rows.length; begin += BATCH_ROWS) {
    const batch = rows.slice(begin, begin + BATCH_ROWS);
    const isWritten = await writePresence(db, batch).then(
      () => true,
      () => false,
    );
    if (!isWritten) for (const row of batch) await writePresence(db, [row]).catch(onError);
  }
}

/** Takes out what a node wrote: of one record and connection, of a connection, or all of it. */
export async function deletePresence(
  db: Queryable,
  { nodeId, socketId, table, recordId }: Pick<PresenceRow, 'nodeId'> & Partial<PresenceRow>,
): Promise<void> {
  const given = { node_id: nodeId, socket_id: socketId, table_name: table, record_id: recordId };
  const known = Object.entries(given).filter(([, value]) => value !== undefined);
  const condition = known.map(([column]) => `${column} = ?`).join(' AND ');
  await db.query(
    `DELETE FROM panel_presence WHERE ${condition}`,
    known.map(([, value]) => value),
  );
}

/** Takes out what nodes left behind that ended without a word; tells how many rows that were. */
export async function deleteStalePresence(db: Queryable): Promise<number> {
  const [result] = await db.query<ResultSetHeader>(
    'DELETE FROM panel_presence WHERE seen_at < UTC_TIMESTAMP(3) - INTERVAL ? SECOND',
    [STALE_SECONDS],
  );
  return result.affectedRows;
}

/** Who has a record open on other nodes; of no record given, of all. */
export async function findPresence(
  db: Queryable,
  nodeId: string,
  record?: Pick<PresenceRow, 'table' | 'recordId'>,
): Promise<PresenceRow[]> {
  const condition = record ? 'table_name = ? AND record_id = ? AND' : '';
  const [rows] = await db.query<RowDataPacket[]>(
    `SELECT * FROM panel_presence WHERE ${condition} node_id <> ? AND seen_at >= UTC_TIMESTAMP(3) - INTERVAL ? SECOND`,
    [...(record ? [record.table, record.recordId] : []), nodeId, STALE_SECONDS],
  );
  return rows.map((row) => decodePresenceRow(row as RowImage));
}

/** A row of the table, as a query or the change feed gives it. */
export function decodePresenceRow(row: RowImage): PresenceRow {
  return {
    nodeId: String(row.node_id),
    socketId: String(row.socket_id),
    table: String(row.table_name),
    recordId: String(row.record_id),
    person: {
      id: Number(row.account_id),
      name: String(row.account_name),
      role: String(row.account_role),
      mode: row.mode as PresenceMode,
    },
  };
}
