import { createHash } from 'node:crypto';
import ipaddr from 'ipaddr.js';
import { RateLimiterMySQL, RateLimiterRes } from 'rate-limiter-flexible';
import type { Pool } from '../database/pool.ts';
import { normalizeEmail } from './accounts.ts';

const WINDOW_S = 15 * 60;
/** Wrong passwords allowed within the window. */
export const MAX_FAILURES_PER_ACCOUNT = 10;
export const MAX_FAILURES_PER_ADDRESS = 30;

/** Who tries to sign in, and from which network address (null: unknown). */
export interface LoginAttempt {
  readonly email: string;
  readonly address: string | null;
}

export interface LoginThrottle {
  /** Counts an attempt, as if it failed; gives the seconds to wait where there were too many, else null. */
  count(attempt: LoginAttempt): Promise<number | null>;
  /** Takes back what {@link count} counted of an attempt that succeeded, and forgets the account's failures. */
  forget(attempt: LoginAttempt): Promise<void>;
  /** Deletes the counters whose window is over. */
  deleteExpired(): Promise<void>;
}

/** Counts failed sign-ins in `panel_login_attempts` of `schema`, so that all nodes count together. */
export function createLoginThrottle(pool: Pool, schema: string): LoginThrottle {
  const options = {
    storeClient: pool.pool,
    storeType: 'pool',
    dbName: schema,
    tableName: 'panel_login_attempts',
    tableCreated: true,
    clearExpiredByTimeout: false,
    duration: WINDOW_S,
  };
  const accounts = new RateLimiterMySQL({
    ...options,
    keyPrefix: 'account',
    points: MAX_FAILURES_PER_ACCOUNT,
  });
  const addresses = new RateLimiterMySQL({
    ...options,
    keyPrefix: 'address',
    points: MAX_FAILURES_PER_ADDRESS,
  });
  return {
    count: async ({ email, address }) =>
      (await consume(addresses, addressKey(address))) ?? (await consume(accounts, accountKey(email))),
    forget: async ({ email, address }) => {
      await accounts.delete(accountKey(email));
      await addresses.reward(addressKey(address));
    },
    deleteExpired: async () => {
      await pool.query('DELETE FROM panel_login_attempts WHERE expire < ?', [Date.now()]);
    },
  };
}

async function consume(limiter: RateLimiterMySQL, key: string): Promise<number | null> {
  try {
    await limiter.consume(key);
    return null;
  } catch (rejection) {
    if (rejection instanceof RateLimiterRes) return Math.max(1, Math.ceil(rejection.msBeforeNext / 1000));
    throw rejection;
  }
}

/** Hashed, so that any text fits the column and no address book lies about. */
function accountKey(email: string): string {
  return createHash('sha256').update(normalizeEmail(email)).digest('base64url');
}

/** One household or machine has a whole /64 of IPv6 to itself, so that is what is counted. */
function addressKey(address: string | null): string {
  if (address === null || !ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  return parsed instanceof ipaddr.IPv6
    ? ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toNormalizedString()}/64`).toString()
    : parsed.toString();
}
