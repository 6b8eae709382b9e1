import { createPool, type Pool } from './database/pool.ts';
import { type Problem, ProblemsError, type Refusal } from './errors.ts';
import { ensureDemoAccounts, type NewAccount } from './http/demo-accounts.ts';
import { growOrders } from './seed/grow-orders.ts';
import { seedStore } from './seed/seed-store.ts';

const FIRST_ORDERS = 3_000;

export interface FillOptions {
  /** How many orders the store shall have; null or absent: as many as a first start makes. */
  readonly orders?: number | null;
  /** Told one line for each step. */
  readonly onProgress?: (step: string) => void;
  /** Told how far a long step has come. */
  readonly onCount?: (what: string, done: number, total: number) => void;
}

/**
 * Fills a migrated store with films, people and orders, leaving what is there; grows it where more orders are wanted.
 * Throws {@link ProblemsError}.
 */
export async function fillStore(url: string, options: FillOptions): Promise<void> {
  const pool = createPool(url);
  await addOrders(pool, options).finally(() => pool.end());
}

/**
 * Creates those of the three demo accounts that are missing, with `seedPassword` or, where that is null, each with one
 * of its own; returns those.
 */
export async function createDemoAccounts(url: string, seedPassword: string | null): Promise<NewAccount[]> {
  const pool = createPool(url);
  return ensureDemoAccounts(pool, seedPassword).finally(() => pool.end());
}

async function addOrders(pool: Pool, { orders, onProgress, onCount }: FillOptions): Promise<void> {
  onProgress?.('seed the store');
  const seeded = await seedStore(pool, {
    orders: Math.min(orders ?? FIRST_ORDERS, FIRST_ORDERS),
    onProgress: (done, total) => onCount?.('steps', done, total),
  });
  if (!seeded.ok && seeded.code !== 'already_seeded') throw new ProblemsError([describeRefusal(seeded)]);
  onProgress?.(seeded.ok ? `seeded ${seeded.orders} orders` : seeded.message);
  if (!orders) return;
  onProgress?.(`grow the store to ${orders} orders`);
  const grown = await growOrders(pool, {
    target: orders,
    onProgress: (done, total) => onCount?.('orders', done, total),
  });
  if (!grown.ok) throw new ProblemsError([describeRefusal(grown)]);
  onProgress?.(`the store holds ${grown.orders} orders, ${grown.added} of them new`);
}

function describeRefusal({ code, message }: Refusal): Problem {
  return {
    code,
    where: 'npm run seed',
    message,
    fix: 'Look at what the store holds, and run the line again.',
  };
}
