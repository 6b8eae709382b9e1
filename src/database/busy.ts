import { setTimeout as delay } from 'node:timers/promises';

/**
 * What the servers say of a transaction that met another one, besides SQLSTATE class 40: none of it was done, and the
 * same again may succeed. Numbers: MySQL's and MariaDB's error references.
 */
const BUSY_ERRNOS: ReadonlySet<number> = new Set([
  // "Record has changed since last read", under MariaDB's innodb_snapshot_isolation, which is on from 11.6.2 on.
  1020,
  // A lock that was not had in time, or at once (NOWAIT); a deadlock.
  1205, 3572, 1213,
  // No room for more locks, or transactions.
  1206, 1637,
  // "Table definition has changed, please retry transaction".
  1412,
]);
/** The server has no room for one more connection, of this account's or at all. */
const FULL_ERRNOS: ReadonlySet<number> = new Set([1040, 1203, 1226]);
const MAX_ATTEMPTS = 12;
/** A lock that was waited for in vain for longer is not waited for again. */
const MAX_RETRIED_MS = 10_000;

/** Whether the server refused a statement only because somebody else was at work on the same rows. */
export function isBusy(error: unknown): boolean {
  const { errno = 0, sqlState = '' } = (error ?? {}) as { errno?: number; sqlState?: string };
  return BUSY_ERRNOS.has(errno) || sqlState.startsWith('40');
}

/**
 * Runs `work` again, after a short and growing pause, while the server is {@link isBusy} or takes no more connections;
 * then throws what it said.
 */
export async function retryWhileBusy<T>(work: () => Promise<T>): Promise<T> {
  const startedAtMs = performance.now();
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const isTooLate = performance.now() - startedAtMs > MAX_RETRIED_MS;
      if (!(isBusy(error) || isFull(error)) || attempt >= MAX_ATTEMPTS || isTooLate) throw error;
    }
    await delay(Math.random() * 5 * 2 ** Math.min(attempt, 6));
  }
}

function isFull(error: unknown): boolean {
  return FULL_ERRNOS.has((error as { errno?: number } | null | undefined)?.errno ?? 0);
}
