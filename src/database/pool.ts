import {
  createPool as createMysqlPool,
  type Pool,
  type PoolConnection,
  type PoolOptions,
} from 'mysql2/promise';
import { retryWhileBusy } from './busy.ts';
import { parseConnectionUrl } from './connection-url.ts';

export type { Pool, PoolConnection, ResultSetHeader, RowDataPacket } from 'mysql2/promise';

/** Anything that runs SQL: a pool, or one of its connections inside a transaction. */
export type Queryable = Pick<Pool, 'query'>;

/**
 * How every connection of ours reads and writes values: dates as 'YYYY-MM-DD HH:MM:SS.mmm' strings in UTC, DECIMAL as
 * strings, 64-bit integers as numbers where exact and else as strings.
 */
export const CONNECTION_OPTIONS = {
  charset: 'utf8mb4_unicode_520_ci',
  timezone: 'Z',
  dateStrings: true,
  supportBigNumbers: true,
  bigNumberStrings: false,
  jsonStrings: true,
} as const satisfies PoolOptions;

// What we rely on is said on every connection, as each of these has a default that a server may set otherwise. sql_mode:
// strict, and without NO_BACKSLASH_ESCAPES, on which the escaping relies, nor NO_ZERO_DATE: what tables hold may be asked
// for, and their defaults be written. READ COMMITTED: a plain read before a lock must
// not fix the snapshot, and gap locks would only cause deadlocks here.
const SESSION_VARIABLES = {
  time_zone: "'+00:00'",
  sql_mode: "'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'",
  autocommit: 1,
  completion_type: 0,
  foreign_key_checks: 1,
  unique_checks: 1,
  sql_safe_updates: 0,
  sql_select_limit: '18446744073709551615',
  // Bytes of a text's weights that ORDER BY looks at: those of the longest key on four levels, so that it tells what `>` tells.
  max_sort_length: 8_192,
  // Nobody waits longer at a screen.
  innodb_lock_wait_timeout: 10,
  // One that idles through the night is not cut off.
  wait_timeout: 8 * 60 * 60,
};
const SESSION_STATEMENTS = [
  'SET NAMES utf8mb4 COLLATE utf8mb4_unicode_520_ci',
  `SET SESSION ${Object.entries(SESSION_VARIABLES)
    .map(([name, value]) => `${name} = ${value}`)
    .join(', SESSION ')}`,
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
];

/**
 * Opens a pool on a `mysql://user:password@host:port/schema` address, whose parameters connection-url.ts tells. No
 * connection is made before the first query. A statement is tried again while the server is busy. Ending it works also
 * where the database is gone.
 */
export function createPool(url: string, options: PoolOptions = {}): Pool {
  const pool = createMysqlPool({
    ...parseConnectionUrl(url),
    ...CONNECTION_OPTIONS,
    connectionLimit: 10,
    ...options,
  });
  pool.pool.on('connection', (connection) => {
    // Without a callback, a connection lost here would end the process; one set up by half must not be used.
    const discard = (error: Error | null) => error && connection.destroy();
    for (const statement of SESSION_STATEMENTS) connection.query(statement, discard);
  });
  // A statement that is not part of a transaction is one by itself.
  const query: Pool['query'] = pool.query.bind(pool);
  pool.query = ((...statement: Parameters<Pool['query']>) =>
    retryWhileBusy(() => query(...statement))) as Pool['query'];
  const end = pool.end.bind(pool);
  pool.end = () => end().catch(ignoreLostConnection);
  return pool;
}

// A lost connection has ended, too; to mysql2 it is one that could not say goodbye.
function ignoreLostConnection(error: { fatal?: boolean }): void {
  if (!error.fatal) throw error;
}

/**
 * Runs `work` in one transaction and commits what it did. Rolls back where it returns a Refusal (`ok: false`), or
 * throws, and gives on what it returned or threw. It is tried again while the server is busy, so `work` must have no
 * effect outside its connection.
 */
export async function transaction<T>(
  pool: Pool,
  work: (connection: PoolConnection) => Promise<T>,
): Promise<T> {
  return retryWhileBusy(async () => {
    const connection = await pool.getConnection();
    try {
      await connection.query('START TRANSACTION');
      const result = await work(connection);
      await connection.query(isRefusal(result) ? 'ROLLBACK' : 'COMMIT');
      return result;
    } catch (error) {
      await connection.query('ROLLBACK').catch(() => connection.destroy());
      throw error;
    } finally {
      connection.release();
    }
  });
}

function isRefusal(result: unknown): boolean {
  return typeof result === 'object' && result !== null && 'ok' in result && result.ok === false;
}
