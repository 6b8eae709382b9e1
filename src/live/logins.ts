import type { IncomingMessage } from 'node:http';
import type { Transaction } from '../changes/transaction.ts';
import type { Viewer } from './viewer.ts';

/** What lets somebody listen: a session, or the like. */
export interface Login {
  /** One and the same for every socket of a session. */
  readonly key: string;
  readonly viewer: Viewer;
  /** When it ends by itself, in ms since 1970; null: never. */
  readonly expiresAtMs: number | null;
  /** What it is after a transaction; null: it has ended. */
  after(transaction: Transaction): Login | null;
}

/** Whoever owns the sessions, or another kind of login. */
export interface LoginSource {
  /** The tables in which the logins lie. */
  readonly tables: readonly string[];
  /** `auth`: what the client gave at the handshake. Null: not one of its own, or ended. */
  authenticate(request: IncomingMessage, auth: Readonly<Record<string, unknown>>): Promise<Login | null>;
  /** Those of the logins that still hold, by key, as they are now; for when no log tells. */
  findCurrent(logins: readonly Login[]): Promise<ReadonlyMap<string, Login>>;
}
