import type { Queryable } from '../database/pool.ts';
import type { Transaction } from './transaction.ts';

/** How far the feed can be relied on at this moment. */
export interface FeedStatus {
  /** 'log': every commit on the server; 'panel-only': what the panel itself recorded, as the log cannot be read. */
  readonly mode: 'log' | 'panel-only';
  /** Whether the source is being read now; false while a broken link is mended. */
  readonly connected: boolean;
  /** How long ago the newest change that was received had been committed, when it came; 0 when all was read. */
  readonly lagMs: number;
  /** When mode and connection last changed: ISO 8601 UTC. */
  readonly since: string;
  /** Why the log cannot be read and what mends it; null in log mode. */
  readonly cause: string | null;
}

/** Every committed transaction, in commit order, each once; the newest of them can be replayed. */
export interface ChangeFeed {
  readonly status: FeedStatus;
  /** The cursor up to which everything was handed out. */
  readonly head: string;
  /** The transactions after a cursor, oldest first; null where the cursor is unknown or too old. */
  since(cursor: string): readonly Transaction[] | null;
  /** Listeners run in the order in which they were added, before the next transaction; returns how to end it. */
  onTransaction(listener: (transaction: Transaction) => void): () => void;
  onStatus(listener: (status: FeedStatus) => void): () => void;
  /**
   * Reads from one consistent state of the database, and tells which: every transaction up to `cursor` is in `data`,
   * none after it is.
   */
  snapshot<T>(read: (db: Queryable) => Promise<T>): Promise<{ cursor: string; data: T }>;
  stop(): Promise<void>;
}

/** What the feed tells the operator of: broken links, events that could not be read. */
export interface FeedLogger {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
}
