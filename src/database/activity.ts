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

/** The column of an activity row that holds values of other tables' rows: nobody looks for rows by it. */
export const ACTIVITY_DETAILS = 'details';

/** The columns of a table that may be seen; null: the table itself may not. */
export type ReadableColumns = (table: string) => readonly string[] | null;

/**
 * An activity row as it may be shown to somebody: of its details, the values before and after of the columns that he may
 * read, and whatever else is no column's value (a reason, the lines). Nothing of a table that he may not see.
 */
export function projectActivity<T extends JsonValue | undefined>(
  row: Readonly<Record<string, T>>,
  readableOf: ReadableColumns,
): Readonly<Record<string, T | string | null>> {
  if (!Object.hasOwn(row, ACTIVITY_DETAILS)) return row;
  const readable = readableOf(String(row.table_name));
  const details = readable && projectDetails(row[ACTIVITY_DETAILS], new Set(readable));
  return { ...row, [ACTIVITY_DETAILS]: details && JSON.stringify(details) };
}

function projectDetails(text: unknown, readable: ReadonlySet<string>): Record<string, unknown> | null {
  const details = parseDetails(text);
  if (!details) return null;
  const { before, after, ...facts } = details;
  const images = Object.entries({ before, after }).filter(
    ([, image]) => typeof image === 'object' && image !== null,
  );
  return {
    ...facts,
    ...Object.fromEntries(images.map(([name, image]) => [name, pickReadable(image as object, readable)])),
  };
}

function pickReadable(image: object, readable: ReadonlySet<string>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(image).filter(([name]) => readable.has(name)));
}

function parseDetails(text: unknown): Record<string, unknown> | null {
  try {
    const details: unknown = JSON.parse(String(text));
    return typeof details === 'object' && details !== null && !Array.isArray(details) ? { ...details } : null;
  } catch {
    return null;
  }
}

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
