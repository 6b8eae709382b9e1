import { createHash, randomBytes } from 'node:crypto';
import { type Actor, recordActivity } from '../database/activity.ts';
import type { PoolConnection, Queryable, ResultSetHeader, RowDataPacket } from '../database/pool.ts';
import { type Refusal, refuse } from '../errors.ts';

export const DISPLAYS_TABLE = 'panel_displays';

/** A screen that shows the wallboard by a link of its own. */
export interface Display {
  readonly id: number;
  readonly name: string;
  readonly isRevoked: boolean;
}

const TOKEN_BYTES = 32;
const MAX_NAME_LENGTH = 120;
const SEEN_INTERVAL_S = 4 * 60;

/**
 * Creates a display and the secret of its link, which is told this once and not kept. Call it inside a transaction.
 * Refuses with `invalid` where the name is missing or too long.
 */
export async function createDisplay(
  connection: PoolConnection,
  actor: Actor,
  name: string,
): Promise<{ ok: true; id: number; token: string } | Refusal> {
  const trimmed = name.trim();
  if (trimmed === '' || trimmed.length > MAX_NAME_LENGTH)
    return refuse('invalid', 'Please give the display a name.', {
      name: `A name has 1 to ${MAX_NAME_LENGTH} characters.`,
    });
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const [{ insertId: id }] = await connection.query<ResultSetHeader>(
    'INSERT INTO panel_displays (name, token_hash, created_by) VALUES (?, ?, ?)',
    [trimmed, hashToken(token), actor.name],
  );
  const activity = { action: 'display_created', table: DISPLAYS_TABLE, recordId: String(id) };
  await recordActivity(connection, actor, { ...activity, details: { name: trimmed } });
  return { ok: true, id, token };
}

/** Ends a display's link for good. Call it inside a transaction. Refuses with `already_revoked`. */
export async function revokeDisplay(
  connection: PoolConnection,
  actor: Actor,
  id: number,
): Promise<{ ok: true } | Refusal> {
  const [{ affectedRows }] = await connection.query<ResultSetHeader>(
    'UPDATE panel_displays SET revoked_at = UTC_TIMESTAMP(3) WHERE id = ? AND revoked_at IS NULL',
    [id],
  );
  if (affectedRows === 0) return refuse('already_revoked', 'This display is already revoked.');
  await recordActivity(connection, actor, {
    action: 'display_revoked',
    table: DISPLAYS_TABLE,
    recordId: String(id),
  });
  return { ok: true };
}

/** The display that a link's secret belongs to, or null. */
export async function findDisplayByToken(db: Queryable, token: string): Promise<Display | null> {
  const [rows] = await db.query<RowDataPacket[]>(
    'SELECT id, name, revoked FROM panel_displays WHERE token_hash = ?',
    [hashToken(token)],
  );
  return rows.map(toDisplay)[0] ?? null;
}

export async function findDisplaysByIds(db: Queryable, ids: readonly number[]): Promise<Display[]> {
  if (ids.length === 0) return [];
  const [rows] = await db.query<RowDataPacket[]>(
    'SELECT id, name, revoked FROM panel_displays WHERE id IN (?)',
    [ids],
  );
  return rows.map(toDisplay);
}

/** Notes that a display is in use; written every few minutes at most. */
export async function noteDisplaySeen(db: Queryable, { id }: Display): Promise<void> {
  await db.query(
    `UPDATE panel_displays SET last_seen_at = UTC_TIMESTAMP(3)
     WHERE id = ? AND (last_seen_at IS NULL OR last_seen_at < UTC_TIMESTAMP(3) - INTERVAL ? SECOND)`,
    [id, SEEN_INTERVAL_S],
  );
}

function toDisplay({ id, name, revoked }: RowDataPacket): Display {
  return { id, name, isRevoked: revoked === 1 };
}

/** A random secret of 256 bits needs no salt and no slow hash. */
function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
