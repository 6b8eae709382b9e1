import type { JsonValue } from './column-value.ts';
import type { Queryable } from './pool.ts';

/** Who does something: a signed-in account, or a program of ours with `id: null`. */
export interface Actor {
  readonly id: number | null;
  readonly name: string;
  readonly role: string;
}

/** What is recorded of a write, in the past tense: `{ action: 'order_shipped', table: 'orders', recordId: '42' }`. */
export interface Activity {
  readonly action: string;
  readonly table: string;
  /** The record id as in URLs, see record-id.ts. */
  readonly recordId: string;
  readonly details?: unknown;
}

export const ACTIVITY_TABLE = 'panel_activity';

/** Who an activity row, as JSON values by column name, says it was. */
export function decodeActor(row: Readonly<Record<string, JsonValue>>): Actor {
  const id = row.actor_id ?? null;
  return { id: id === null ? null : Number(id), name: String(row.actor_name), role: String(row.actor_role) };
}

/** Names the actor of a transaction: call it inside the transaction that makes the change. */
export async function recordActivity(db: Queryable, actor: Actor, activity: Activity): Promise<void> {
  await db.query(
    `INSERT INTO panel_activity (actor_id, actor_name, actor_role, action, table_name, record_id, details)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    [
      actor.id,
      actor.name,
      actor.role,
      activity.action,
      activity.table,
      activity.recordId,
      activity.details === undefined ? null : JSON.stringify(activity.details),
    ],
  );
}
