import type { Pool, PoolConnection, RowDataPacket } from '../database/pool.ts';
import { type Refusal, refuse } from '../errors.ts';
import { loadInBulk, withSeedLock } from './bulk-load.ts';
import { loadFilms } from './films.ts';
import { insertCustomers, insertEmployees, insertFilms, type StockedFilm } from './insert-catalogue.ts';
import { insertActivities, insertMovements, insertOrders, insertShipments } from './insert-orders.ts';
import { liveOrder } from './order-life.ts';
import type { OrderPlan } from './order-plan.ts';
import { createOrderTimes, DAY_MS } from './order-times.ts';
import { type Customer, createCustomers, createEmployees, type NewEmployee } from './people.ts';
import { createRandom, type Random } from './random.ts';
import { createShop } from './shop.ts';
import { planStock, type StockChange } from './stock-plan.ts';

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

const SEED = 20_770_525;
const CUSTOMERS = 500;
const ORDERS = 3_000;
const ORDER_DAYS = 90;

/** All that goes into an empty store. */
interface StorePlan {
  readonly films: readonly StockedFilm[];
  readonly customers: readonly Customer[];
  readonly employees: readonly NewEmployee[];
  readonly orders: readonly OrderPlan[];
  readonly changes: readonly StockChange[];
}

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

/** Makes up a whole store; `now` is in milliseconds since 1970. */
export function planStore(orderCount: number, now: number): StorePlan {
  const random = createRandom(SEED);
  const films = loadFilms().map((film, index) => ({ ...film, id: index + 1 }));
  const customers = createCustomers(random, CUSTOMERS, now);
  const employees = createEmployees(now);
  const shop = createShop(random, { films, customers, employees, now });
  const openedAt = now - ORDER_DAYS * DAY_MS;
  const orders = createOrderTimes(random, orderCount, openedAt + 1000, now).map((at) => {
    const order = shop.placeOrder(random, at);
    liveOrder(random, shop, order);
    return order;
  });
  const spares = chooseSpares(random, films);
  const { changes, shelves } = planStock(random, [...spares.keys()], orders, {
    openedAt,
    now,
    actor: employees.find(({ position }) => position === 'Warehouse keeper') as NewEmployee,
    spare: (movieId) => spares.get(movieId) as number,
  });
  const stocked = films.map((film) => ({
    ...film,
    ...(shelves.get(film.id) as { stock: number; reserved: number }),
    lowStockThreshold: random.pick([3, 5, 5, 8]),
    createdAt: openedAt - random.integer(1_100, 1_900) * DAY_MS,
  }));
  return { films: stocked, customers, employees, orders, changes };
}

// Some films are sold out or nearly so.
function chooseSpares(random: Random, films: readonly { id: number }[]): Map<number, number> {
  const rare = random.shuffle(films).slice(0, 12);
  const spares = new Map(films.map(({ id }) => [id, random.integer(9, 45)]));
  for (const [index, { id }] of rare.entries()) spares.set(id, index < 3 ? 0 : random.integer(1, 4));
  return spares;
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
