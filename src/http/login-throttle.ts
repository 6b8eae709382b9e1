import { createHash } from 'node:crypto';
import type { Pool } from '../database/pool.ts';
import { normalizeEmail } from './accounts.ts';
import { addressKey, createAttemptCounter, deleteExpiredAttempts } from './attempt-counter.ts';

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

/** Counts failed sign-ins by account and by address, so that all nodes count together. */
export function createLoginThrottle(pool: Pool, schema: string): LoginThrottle {
  const counterOf = (name: string, maxFailures: number) =>
    createAttemptCounter(pool, schema, { name, maxFailures });
  const accounts = counterOf('account', MAX_FAILURES_PER_ACCOUNT);
  const addresses = counterOf('address', MAX_FAILURES_PER_ADDRESS);
  return {
    count: async ({ email, address }) =>
      (await addresses.count(addressKey(address))) ?? (await accounts.count(accountKey(email))),
    forget: async ({ email, address }) => {
      await accounts.forget(accountKey(email));
      await addresses.takeBack(addressKey(address));
    },
    deleteExpired: () => deleteExpiredAttempts(pool),
  };
}

/** Hashed, so that any text fits the column and no address book lies about. */
function accountKey(email: string): string {
  return createHash('sha256').update(normalizeEmail(email)).digest('base64url');
}
