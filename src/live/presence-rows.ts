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

/** Writes that these records are open, and seen now. */
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

/** Who has a record open on other nodes. */
export async function findPresence(
  db: Queryable,
  { table, recordId, nodeId }: Pick<PresenceRow, 'table' | 'recordId' | 'nodeId'>,
): Promise<PresenceRow[]> {
  const [rows] = await db.query<RowDataPacket[]>(
    `SELECT * FROM panel_presence WHERE table_name = ? AND record_id = ? AND node_id <> ?
       AND seen_at >= UTC_TIMESTAMP(3) - INTERVAL ? SECOND`,
    [table, recordId, nodeId, STALE_SECONDS],
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
