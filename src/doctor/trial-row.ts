import { randomBytes } from 'node:crypto';
import type { Change } from '../changes/transaction.ts';
import type { Pool, ResultSetHeader } from '../database/pool.ts';
import { findRowsById, type Row } from '../database/read-rows.ts';
import type { Table } from '../database/table.ts';

/** A table that the panel looks at on every server, that has a generated column, and whose rows nothing follows from. */
export const TRIAL_TABLE = 'panel_displays';

const CREATED_BY = 'npm run doctor';

/** A row of the doctor's own: a wallboard's link that was revoked before anybody had it. */
export interface TrialRow {
  /** Whether a change is of this row, which the log may tell before the INSERT has answered with its id. */
  isOwn(change: Change): boolean;
  insert(): Promise<void>;
  update(): Promise<void>;
  delete(): Promise<void>;
  /** The row as a query has it now. */
  read(): Promise<Row | null>;
}

/** Prepares a row in {@link TRIAL_TABLE}, and removes those of doctors that were killed. */
export async function createTrialRow(pool: Pool, table: Table): Promise<TrialRow> {
  let id = '';
  const tokenHash = randomBytes(32).toString('hex');
  await pool.query(
    'DELETE FROM panel_displays WHERE created_by = ? AND revoked_at < UTC_TIMESTAMP() - INTERVAL 1 HOUR',
    [CREATED_BY],
  );
  return {
    isOwn: (change) =>
      change.table === TRIAL_TABLE && (change.id === id || change.after?.token_hash === tokenHash),
    insert: async () => {
      const [{ insertId }] = await pool.query<ResultSetHeader>(
        'INSERT INTO panel_displays (name, token_hash, created_by, revoked_at) VALUES (?, ?, ?, UTC_TIMESTAMP(3))',
        ['A trial of the change feed', tokenHash, CREATED_BY],
      );
      id = String(insertId);
    },
    update: async () => {
      await pool.query('UPDATE panel_displays SET last_seen_at = UTC_TIMESTAMP(3) WHERE id = ?', [id]);
    },
    delete: async () => {
      if (id !== '') await pool.query('DELETE FROM panel_displays WHERE id = ?', [id]);
    },
    read: async () => (await findRowsById(pool, table, table.columns, [id]))[0] ?? null,
  };
}
