import { AsyncLocalStorage } from 'node:async_hooks';
import pLimit, { type LimitFunction } from 'p-limit';
import { RefusedRequestError, refuse } from '../errors.ts';
import type { Pool } from './pool.ts';
import { findServerKind, type ServerKind } from './server-kind.ts';

/** How long one statement may read for a person who waits for it. */
const READ_LIMIT_MS = 5_000;
/** Of the pool's connections, as many as one account's reads take at once. */
const READS_AT_ONCE = 4;
/** Beyond these an account is asked to wait, instead of its requests. */
const MOST_WAITING = 200;

/** ER_QUERY_TIMEOUT of MySQL, ER_STATEMENT_TIMEOUT of MariaDB. */
const OVERTIME_ERRNOS = new Set([3024, 1969]);

/** A pool for what people read, and whose share of it a piece of work counts to. */
export interface BoundedReads {
  /** Its `query` bounds plain SELECTs in time and number; connections taken out for transactions are as ever. */
  readonly pool: Pool;
  runFor<T>(account: string | number, work: () => T): T;
}

/**
 * Bounds the reads of a pool: a SELECT ends after `limitMs` with an error that {@link isOvertime} knows, and an account
 * holds few connections at once. Throws {@link RefusedRequestError} where too many reads of one account wait.
 */
export async function createBoundedReads(pool: Pool, limitMs = READ_LIMIT_MS): Promise<BoundedReads> {
  const { flavour } = await findServerKind(pool);
  const shares = new Map<string | number, LimitFunction>();
  const current = new AsyncLocalStorage<LimitFunction>();
  const query = (sql: unknown, ...values: []) => {
    const bounded = boundSql(sql, flavour, Math.min(limitMs, tighter.getStore() ?? limitMs));
    const run = () => pool.query(bounded as string, ...values);
    const share = current.getStore();
    if (!share) return run();
    if (share.pendingCount >= MOST_WAITING) throw tooManyReads();
    return share(run);
  };
  return {
    pool: Object.assign(Object.create(pool) as Pool, { query }),
    runFor: (account, work) => {
      const share = shares.get(account) ?? pLimit(READS_AT_ONCE);
      shares.set(account, share);
      return current.run(share, work);
    },
  };
}

const tighter = new AsyncLocalStorage<number>();

/** Gives the bounded reads of a piece of work less time than others have. */
export function readWithin<T>(limitMs: number, work: () => T): T {
  return tighter.run(limitMs, work);
}

/** Whether an error says that a statement took longer than it may. */
export function isOvertime(error: unknown): boolean {
  return OVERTIME_ERRNOS.has((error as { errno?: number } | null)?.errno ?? 0);
}

function boundSql(sql: unknown, flavour: ServerKind['flavour'], limitMs: number): unknown {
  if (typeof sql !== 'string' || !sql.startsWith('SELECT ')) return sql;
  return flavour === 'mysql'
    ? addHint(sql, `MAX_EXECUTION_TIME(${limitMs})`)
    : `SET STATEMENT max_statement_time = ${limitMs / 1000} FOR ${sql}`;
}

/** MySQL reads the first comment of hints alone. */
function addHint(sql: string, hint: string): string {
  return sql.startsWith('SELECT /*+ ')
    ? sql.replace('SELECT /*+ ', `SELECT /*+ ${hint} `)
    : sql.replace('SELECT ', `SELECT /*+ ${hint} */ `);
}

function tooManyReads(): RefusedRequestError {
  const message = 'Too many lists of yours are being read just now. Please wait a moment and try again.';
  return new RefusedRequestError(refuse('too_many_requests', message), 429);
}
