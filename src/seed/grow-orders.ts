import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Pool, PoolConnection, Queryable, RowDataPacket } from '../database/pool.ts';
import { type Refusal, refuse } from '../errors.ts';
import { lockFilms } from '../orders/stock-ledger.ts';
import { loadInBulk, withSeedLock } from './bulk-load.ts';
import { insertActivities, insertMovements, insertOrders, insertShipments } from './insert-orders.ts';
import { liveOrder } from './order-life.ts';
import type { OrderPlan } from './order-plan.ts';
import { createOrderTimes, DAY_MS } from './order-times.ts';
import { createRandom } from './random.ts';
import { STOREFRONT } from './record-steps.ts';
import { createShop, type Shop } from './shop.ts';
import type { Shelf, StockChange } from './stock-plan.ts';

export interface GrowOptions {
  /** How many orders the store shall hold in the end. */
  readonly target: number;
  /** The moment the story ends at. */
  readonly now?: Date;
  /** Told how many orders the store holds, of how many. */
  readonly onProgress?: (done: number, total: number, label: string) => void;
}

/** How far the store has grown. */
export interface Grown {
  readonly ok: true;
  readonly orders: number;
  readonly added: number;
}

const SEED = 42;
const ORDERS_AT_ONCE = 1_000;
const ORDERS_A_TURN = 50;
const PAST_DAYS = 3 * 365;

/**
 * Adds orders of the last three years, most of them long finished, until there are `target`. Each step of a
 * thousand orders is one transaction, so a run that was stopped goes on where it was. What the orders take is received
 * with them: no film's available figure changes. Refuses with `not_seeded` where there is nothing to sell.
 */
export async function growOrders(pool: Pool, options: GrowOptions): Promise<Grown | Refusal> {
  const { target, now = new Date(), onProgress } = options;
  return withSeedLock(pool, async () => {
    const shop = await loadShop(pool, now.getTime());
    if (!shop)
      return refuse('not_seeded', 'There are no films, customers or employees yet: seed the store first.');
    const before = await countOrders(pool);
    let orders = before;
    let chunk = await planChunk(shop, orders, target);
    while (chunk.length > 0) {
      const current = chunk;
      orders += current.length;
      // The next orders are made up while the server writes these.
      [chunk] = await Promise.all([
        planChunk(shop, orders, target),
        loadInBulk(pool, (connection) => insertChunk(connection, current)),
      ]);
      onProgress?.(orders, target, 'orders');
    }
    return { ok: true, orders, added: orders - before };
  });
}

async function countOrders(db: Queryable): Promise<number> {
  const [rows] = await db.query<RowDataPacket[]>('SELECT COUNT(*) AS count FROM orders');
  return rows[0]?.count;
}

/** What there is to sell, and who is there; null where that is nothing. Dates are read as seconds since 1970. */
async function loadShop(db: Queryable, now: number): Promise<Shop | null> {
  const [films] = await db.query<RowDataPacket[]>('SELECT id, price FROM movies ORDER BY id');
  const [customers] = await db.query<RowDataPacket[]>(
    'SELECT id, UNIX_TIMESTAMP(created_at) AS since FROM customers ORDER BY id',
  );
  const [employees] = await db.query<RowDataPacket[]>(
    'SELECT id, name, position, UNIX_TIMESTAMP(hired_on) AS since FROM employees WHERE active ORDER BY id',
  );
  if (films.length === 0 || customers.length === 0 || employees.length === 0) return null;
  return createShop({
    films: films.map(({ id, price }) => ({ id, price })),
    customers: customers.map(({ id, since }) => ({ id, since: Number(since) * 1000 })),
    employees: employees.map(({ id, name, position, since }) => ({
      id,
      name,
      position,
      role: 'employee',
      since: Number(since) * 1000,
      until: Number.POSITIVE_INFINITY,
    })),
    now,
  });
}

/** The next orders of a store that holds `count` of `target`: the nearer to the target, the nearer to now. */
async function planChunk(shop: Shop, count: number, target: number): Promise<OrderPlan[]> {
  const size = Math.max(0, Math.min(ORDERS_AT_ONCE, target - count));
  const random = createRandom(SEED + count);
  const begin = shop.now - PAST_DAYS * DAY_MS;
  const at = (place: number) => begin + (place / target) * (shop.now - begin);
  const orders: OrderPlan[] = [];
  for (const placedAt of createOrderTimes(random, size, at(count), at(count + size))) {
    if (orders.length % ORDERS_A_TURN === 0) await nextTurn();
    const order = shop.placeOrder(random, placedAt);
    liveOrder(random, shop, order);
    orders.push(order);
  }
  return orders;
}

async function insertChunk(connection: PoolConnection, orders: readonly OrderPlan[]): Promise<{ ok: true }> {
  const moved = sumMovements(orders);
  const films = await lockFilms(connection, moved.keys());
  const receivedAt = (orders[0] as OrderPlan).placedAt - 1;
  const receipts = [...moved].flatMap(([movieId, { stock, reserved }]): StockChange[] => {
    const delta = reserved - stock;
    if (delta === 0) return [];
    const onShelf = (films.get(movieId)?.stock ?? 0) + delta;
    return [{ ...RECEIPT, at: receivedAt, movieId, delta, stock: onShelf }];
  });
  await updateFilms(connection, moved);
  await insertOrders(connection, orders, null);
  await insertShipments(connection, orders, null);
  await insertMovements(connection, orders, receipts);
  await insertActivities(connection, orders, receipts);
  return { ok: true };
}

const RECEIPT = {
  cause: 'received',
  reason: 'Bulk delivery from the Earth depot',
  actor: STOREFRONT,
} as const;

function sumMovements(orders: readonly OrderPlan[]): Map<number, Shelf> {
  const sums = new Map<number, Shelf>();
  for (const { movieId, stock, reserved } of orders.flatMap(({ movements }) => movements)) {
    const sum = sums.get(movieId) ?? { stock: 0, reserved: 0 };
    sums.set(movieId, { stock: sum.stock + stock, reserved: sum.reserved + reserved });
  }
  return sums;
}

// The receipt brings in what the orders take and hold, so stock and reserved rise by the same figure.
async function updateFilms(connection: PoolConnection, moved: ReadonlyMap<number, Shelf>): Promise<void> {
  for (const [movieId, { reserved }] of moved) {
    if (reserved === 0) continue;
    await connection.query('UPDATE movies SET stock = stock + ?, reserved = reserved + ? WHERE id = ?', [
      reserved,
      reserved,
      movieId,
    ]);
  }
}
