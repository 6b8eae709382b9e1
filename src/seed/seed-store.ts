import type { Pool, PoolConnection, RowDataPacket } from '../database/pool.ts';
import { type Refusal, refuse } from '../errors.ts';
import { loadInBulk, withSeedLock } from './bulk-load.ts';
import { insertCustomers, insertEmployees, insertFilms } from './insert-catalogue.ts';
import { insertActivities, insertMovements, insertOrders, insertShipments } from './insert-orders.ts';
import { planStore, type StorePlan } from './plan-store.ts';

export interface SeedOptions {
  /** How many orders; 3,000 when not told. */
  readonly orders?: number;
  /** The moment the story ends at. */
  readonly now?: Date;
  /** Told how many of the steps are done, and what comes next. */
  readonly onProgress?: (done: number, total: number, label: string) => void;
}

/** How much was written. */
export interface Seeded {
  readonly ok: true;
  readonly movies: number;
  readonly customers: number;
  readonly employees: number;
  readonly orders: number;
}

const ORDERS = 3_000;

/**
 * Fills an empty, migrated store with films, people and orders, in one transaction; the same every time, but for the
 * dates, which end at `now`. Refuses with `already_seeded` where the store holds anything.
 */
export async function seedStore(pool: Pool, options: SeedOptions = {}): Promise<Seeded | Refusal> {
  const { orders = ORDERS, now = new Date(), onProgress } = options;
  return withSeedLock(pool, () =>
    loadInBulk(pool, async (connection) => {
      if (!(await isEmpty(connection)))
        return refuse('already_seeded', 'The store holds data already: only an empty one is seeded.');
      const plan = planStore(orders, now.getTime());
      await insertStore(connection, plan, onProgress);
      return {
        ok: true,
        movies: plan.films.length,
        customers: plan.customers.length,
        employees: plan.employees.length,
        orders: plan.orders.length,
      };
    }),
  );
}

async function isEmpty(connection: PoolConnection): Promise<boolean> {
  const [rows] = await connection.query<RowDataPacket[]>(
    `SELECT EXISTS (SELECT 1 FROM movies) OR EXISTS (SELECT 1 FROM actors) OR EXISTS (SELECT 1 FROM customers)
      OR EXISTS (SELECT 1 FROM employees) OR EXISTS (SELECT 1 FROM orders) AS filled`,
  );
  return rows[0]?.filled === 0;
}

async function insertStore(
  db: PoolConnection,
  { films, customers, employees, orders, changes }: StorePlan,
  onProgress: SeedOptions['onProgress'],
): Promise<void> {
  const steps: [label: string, run: () => Promise<void>][] = [
    ['films', () => insertFilms(db, films)],
    ['customers', () => insertCustomers(db, customers)],
    ['employees', () => insertEmployees(db, employees)],
    ['orders', () => insertOrders(db, orders, 1)],
    ['shipments', () => insertShipments(db, orders, 1)],
    ['stock movements', () => insertMovements(db, orders, changes)],
    ['timelines', () => insertActivities(db, orders, changes)],
  ];
  for (const [index, [label, run]] of steps.entries()) {
    onProgress?.(index, steps.length, label);
    await run();
  }
  onProgress?.(steps.length, steps.length, 'done');
}
