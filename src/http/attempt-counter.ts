import { createHash } from 'node:crypto';
import ipaddr from 'ipaddr.js';
import { RateLimiterMySQL, RateLimiterRes } from 'rate-limiter-flexible';
import { retryWhileBusy } from '../database/busy.ts';
import type { Pool } from '../database/pool.ts';
import { normalizeEmail } from './accounts.ts';

const WINDOW_S = 15 * 60;

/** Counts failed attempts by a key, such as a network address. */
export interface AttemptCounter {
  /** Counts an attempt, as if it failed; gives the seconds to wait where there were too many, else null. */
  count(key: string): Promise<number | null>;
  /** Takes back one that {@link count} counted. */
  takeBack(key: string): Promise<void>;
  /** Forgets all that was counted. */
  forget(key: string): Promise<void>;
}

/** Counts within a quarter of an hour in `panel_login_attempts` of `schema`, so that all nodes count together. */
export function createAttemptCounter(
  pool: Pool,
  schema: string,
  { name, maxFailures }: { name: string; maxFailures: number },
): AttemptCounter {
  const limiter = new RateLimiterMySQL({
    storeClient: pool.pool,
    storeType: 'pool',
    dbName: schema,
    tableName: 'panel_login_attempts',
    tableCreated: true,
    clearExpiredByTimeout: false,
    duration: WINDOW_S,
    keyPrefix: name,
    points: maxFailures,
  });
  return {
    count: async (key) => {
      try {
        await retryWhileBusy(() => limiter.consume(key));
        return null;
      } catch (rejection) {
        if (rejection instanceof RateLimiterRes) return Math.max(1, Math.ceil(rejection.msBeforeNext / 1000));
        throw rejection;
      }
    },
    takeBack: async (key) => {
      await retryWhileBusy(() => limiter.reward(key));
    },
    forget: async (key) => {
      await retryWhileBusy(() => limiter.delete(key));
    },
  };
}

/** Deletes the counters whose window is over. */
export async function deleteExpiredAttempts(pool: Pool): Promise<void> {
  await pool.query('DELETE FROM panel_login_attempts WHERE expire < ?', [Date.now()]);
}

/** The key of an account: hashed, so that any text fits the column and no address book lies about. */
export function accountKey(email: string): string {
  return createHash('sha256').update(normalizeEmail(email)).digest('base64url');
}

/**
 * The key of a network address, null where it is unknown. One household or machine has a whole /64 of IPv6 to itself, so
 * that is what is counted.
 */
export function addressKey(address: string | null): string {
  if (address === null || !ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  return parsed instanceof ipaddr.IPv6
    ? ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toNormalizedString()}/64`).toString()
    : parsed.toString();
}
