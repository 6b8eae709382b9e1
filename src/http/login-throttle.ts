import type { Pool } from '../database/pool.ts';
import { accountKey, addressKey, createAttemptCounter, deleteExpiredAttempts } from './attempt-counter.ts';

/** Wrong passwords allowed within the window: for one account from one network address, */
export const MAX_FAILURES_PER_ACCOUNT_AND_ADDRESS = 10;
/** for one account in one browser where it signed in before, */
export const MAX_FAILURES_PER_DEVICE = 10;
/** for all accounts from one address, */
export const MAX_FAILURES_PER_ADDRESS = 30;
/** and for one account from all addresses together. */
export const MAX_FAILURES_PER_ACCOUNT = 50;

/** Who tries to sign in, and from where. */
export interface LoginAttempt {
  readonly email: string;
  /** The network address, null: unknown. */
  readonly address: string | null;
  /** The browser, where this account signed in in it before; see {@link DeviceCookie}. */
  readonly device: string | null;
}

export interface LoginThrottle {
  /** Counts an attempt, as if it failed; gives the seconds to wait where there were too many, else null. */
  count(attempt: LoginAttempt): Promise<number | null>;
  /** Takes back what {@link count} counted of an attempt that succeeded, and forgets the failures before it. */
  forget(attempt: LoginAttempt): Promise<void>;
  /** Deletes the counters whose window is over. */
  deleteExpired(): Promise<void>;
}

/**
 * Counts failed sign-ins so that all nodes count together, and so that nobody can lock out somebody else: an account's
 * known devices each have a count of their own, and every other attempt counts for its address first.
 */
export function createLoginThrottle(pool: Pool, schema: string): LoginThrottle {
  const counterOf = (name: string, maxFailures: number) =>
    createAttemptCounter(pool, schema, { name, maxFailures });
  const devices = counterOf('device', MAX_FAILURES_PER_DEVICE);
  const addresses = counterOf('address', MAX_FAILURES_PER_ADDRESS);
  const pairs = counterOf('account-address', MAX_FAILURES_PER_ACCOUNT_AND_ADDRESS);
  const accounts = counterOf('account', MAX_FAILURES_PER_ACCOUNT);
  return {
    count: async (attempt) => {
      const { account, address, pair, device } = keysOf(attempt);
      if (device !== null) return devices.count(device);
      // An address that has to wait counts for nobody else any more.
      return (await addresses.count(address)) ?? (await pairs.count(pair)) ?? (await accounts.count(account));
    },
    forget: async (attempt) => {
      const { account, address, pair, device } = keysOf(attempt);
      if (device !== null) return devices.forget(device);
      await addresses.takeBack(address);
      await pairs.forget(pair);
      // The others' failures stay, lest an account that is often used could be guessed at more often.
      await accounts.takeBack(account);
    },
    deleteExpired: () => deleteExpiredAttempts(pool),
  };
}

function keysOf({ email, address: given, device }: LoginAttempt) {
  const [account, address] = [accountKey(email), addressKey(given)];
  return {
    account,
    address,
    pair: `${account} ${address}`,
    device: device === null ? null : `${account} ${device}`,
  };
}
