import type { Actor } from '../database/activity.ts';
import type { JsonValue } from '../database/column-value.ts';

/** A row as it stood before or after a change, every column of its table, values as `readValue` gives them. */
export type RowImage = Readonly<Record<string, JsonValue>>;

/** One row's part in a transaction. */
export interface Change {
  readonly table: string;
  /** The record id as in URLs, see record-id.ts; of an update that changes the key: the new one. */
  readonly id: string;
  readonly kind: 'insert' | 'update' | 'delete';
  readonly before: RowImage | null;
  readonly after: RowImage | null;
}

/** A table whose rows changed in a way that the log does not tell row by row. */
export interface DirtyTable {
  readonly table: string;
  readonly reason: DirtyReason;
}

export type DirtyReason =
  | 'cascade'
  | 'truncated'
  | 'schema_changed'
  | 'statement'
  | 'incomplete_row_image'
  | 'undecodable'
  | 'rolled_back_in_part'
  | 'unknown_xa'
  | 'too_large'
  | 'log_lost'
  | 'log_unreadable';

/** What one commit did to the tables of the schema, in the order in which it was done. */
export interface Transaction {
  /** Opaque; ordered as strings as the commits were. */
  readonly cursor: string;
  /** When it was committed: ISO 8601 UTC with milliseconds. */
  readonly at: string;
  /** From the transaction's own activity row; null: written outside the panel. */
  readonly actor: Actor | null;
  readonly changes: readonly Change[];
  /** Tables of which more changed than `changes` tells: whoever shows them must read them anew. */
  readonly dirty: readonly DirtyTable[];
}
