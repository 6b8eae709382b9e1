import type { Actor } from '../database/activity.ts';
import type { JsonValue } from '../database/column-value.ts';
import type { Pool, Queryable } from '../database/pool.ts';
import type { Refusal } from '../errors.ts';

/** A row as a role sees it. */
export interface SeenRow {
  /** The record id, as in URLs. */
  readonly id: string;
  /** Its title column, where the role may read that; else 'Order 42'. */
  readonly title: string;
  /** By column; a column that the role may not read is not there. */
  readonly values: Readonly<Record<string, JsonValue>>;
}

/** Which rows are wanted. */
export interface RowSearch {
  /** By column, the value or one of the values that it must have; null: none. */
  readonly where?: Readonly<Record<string, JsonValue | readonly JsonValue[]>>;
  /** Absent, or by a column that the role may not read: in the order of the key. */
  readonly sort?: { readonly column: string; readonly direction: 'asc' | 'desc' };
  /** The first so many; absent: all, and the request is refused where they are more than {@link MOST_ROWS}. */
  readonly limit?: number;
}

/** As many rows as one reading gives. */
export const MOST_ROWS = 100_000;

/** Reads a table as a role sees it, a statement a call; a table that the role may not see has no rows. */
export interface RowReads {
  /** The rows with these record ids, each once, in the order of the ids; missing ones are left out. */
  byIds(ids: readonly (string | number)[]): Promise<SeenRow[]>;
  /** None where `where` names a column that the role may not read. */
  find(search: RowSearch): Promise<SeenRow[]>;
}

/** Something that was done with a row, as panel_activity holds it. */
export interface SeenActivity {
  readonly id: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly actor: Actor;
  /** In the past tense: `order_shipped`. */
  readonly action: string;
  readonly recordId: string;
  /** The facts asked for, and of `before` and `after` the columns, that the role may read. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** Which activity of a table is wanted, and what of its details. */
export interface ActivitySearch {
  /** Absent: of all rows. */
  readonly ids?: readonly (string | number)[];
  /** Absent: every action but those in `except`. */
  readonly action?: string;
  readonly except?: string;
  /** The newest so many, among the last few hundred of all tables where no ids are named; absent: all. */
  readonly newest?: number;
  /** The facts wanted of the details, each with the columns (`'shipments.carrier'`) whose values it repeats. */
  readonly facts?: Readonly<Record<string, readonly string[]>>;
}

/** What may be read: nothing but what a role sees in its lists. */
export interface ReadContext {
  /** Whether the role sees the table, and may read these columns of it. */
  sees(table: string, ...columns: readonly string[]): boolean;
  rows(table: string): RowReads;
  /** Newest first. */
  activity(table: string, search: ActivitySearch): Promise<SeenActivity[]>;
  /**
   * Runs SELECTs for what no reading of rows tells, such as sums. Null where one names a table or a column that the role
   * may not see.
   */
  figure<T>(read: (db: Queryable) => Promise<T>): Promise<T | null>;
}

/** A piece of work that writes in transactions of its own, such as a command of the order book. */
export type Work<I, T extends object> = (pool: Pool, actor: Actor, input: I) => Promise<T | Refusal>;

/** What an action, page, document or queue of a resource file is given. */
export interface PanelContext extends ReadContext {
  /** Whoever is signed in. */
  readonly actor: Actor;
  /**
   * Lets work write. Its answer holds ids and words of its own, never what it read; of a refusal that quotes columns
   * which the role may not read, the other message is given.
   */
  run<I, T extends object>(work: Work<I, T>, input: I): Promise<T | Refusal>;
}
