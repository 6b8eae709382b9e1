import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createPool, type Pool, type RowDataPacket } from '../../src/database/pool.ts';
import { claimOrder } from '../../src/orders/assign-order.ts';
import { cancelOrder } from '../../src/orders/cancel-order.ts';
import { changeLines } from '../../src/orders/change-lines.ts';
import { packOrder } from '../../src/orders/pack-order.ts';
import { placeOrder } from '../../src/orders/place-order.ts';
import { reconcileStock } from '../../src/orders/reconcile-stock.ts';
import { returnLines } from '../../src/orders/return-lines.ts';
import { shipOrder } from '../../src/orders/ship-order.ts';
import { createTestStore, type TestStore, ZIX } from '../support/order-book.ts';

// As many processes would have: each pool lets four buyers of a film in at once.
const POOL_COUNT = 25;

let store: TestStore;
let pools: Pool[];
beforeAll(async () => {
  store = await createTestStore();
  pools = Array.from({ length: POOL_COUNT }, () => createPool(store.url, { connectionLimit: 4 }));
});
afterAll(async () => {
  for (const pool of pools) await pool.end();
  await store.drop();
});

let turn = 0;
const nextPool = () => pools[turn++ % POOL_COUNT] as Pool;

const place = (lines: { movieId: number; quantity: number }[]) =>
  placeOrder(nextPool(), ZIX, { customerId: store.customerId, lines, idempotencyKey: crypto.randomUUID() });

async function placePacked(movieId: number): Promise<number> {
  const orderId = await store.order({ movieId, quantity: 2 });
  expect(await claimOrder(nextPool(), ZIX, { orderId, employeeId: store.employeeId })).toMatchObject({
    ok: true,
  });
  expect(await packOrder(nextPool(), ZIX, { orderId })).toMatchObject({ ok: true });
  return orderId;
}

test('100 buyers of the last piece: one order, 99 refusals that say so', async () => {
  const movieId = await store.addFilm({ stock: 1, title: 'Alien' });
  const answers = await Promise.all(Array.from({ length: 100 }, () => place([{ movieId, quantity: 1 }])));
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  for (const answer of answers.filter((candidate) => !candidate.ok))
    expect(answer).toMatchObject({
      code: 'not_enough_stock',
      message: "None of 'Alien' is available; 1 was asked for.",
    });
  const [orders] = await store.pool.query<RowDataPacket[]>(
    'SELECT order_id FROM order_items WHERE movie_id = ?',
    [movieId],
  );
  expect(orders).toHaveLength(1);
  expect(await store.findFilm(movieId)).toEqual({ stock: 1, reserved: 1, available: 0 });
});

test('two people ship one order at once: one shipment', async () => {
  const movieId = await store.addFilm({ stock: 5 });
  const orderId = await placePacked(movieId);
  const answers = await Promise.all(
    ['GX-1', 'GX-2'].map((trackingNumber) =>
      shipOrder(nextPool(), ZIX, { orderId, carrier: 'GalEx', trackingNumber }),
    ),
  );
  expect(answers.map((answer) => (answer.ok ? 'shipped' : answer.code)).sort()).toEqual([
    'shipped',
    'wrong_status',
  ]);
  const [shipments] = await store.pool.query<RowDataPacket[]>('SELECT id FROM shipments WHERE order_id = ?', [
    orderId,
  ]);
  expect(shipments).toHaveLength(1);
  expect(await store.findFilm(movieId)).toEqual({ stock: 3, reserved: 0, available: 3 });
});

test('two employees claim one order at once: one has it, the other is told who', async () => {
  const movieId = await store.addFilm({ stock: 5 });
  const orderId = await store.order({ movieId, quantity: 1 });
  const answers = await Promise.all(
    [store.employeeId, store.otherEmployeeId].map((employeeId) =>
      claimOrder(nextPool(), ZIX, { orderId, employeeId }),
    ),
  );
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  expect(answers.find((answer) => !answer.ok)).toMatchObject({
    code: 'already_assigned',
    message: expect.stringMatching(/belongs to (Zix|Brill) already\. Ask a supervisor/),
  });
});

test('a deadlock with another program is tried again inside', async () => {
  const [first, second] = [await store.addFilm({ stock: 5 }), await store.addFilm({ stock: 5 })];
  const others: number[] = [];
  while (others.length < 30) others.push(await store.addFilm({ stock: 5 }));
  const outside = await store.pool.getConnection();
  try {
    await outside.query('START TRANSACTION');
    // Having changed more than the placement will, the other program is not the one that the server sacrifices.
    await outside.query('UPDATE movies SET stock = 6 WHERE id IN (?)', [[...others, second]]);
    const placing = place([
      { movieId: first, quantity: 1 },
      { movieId: second, quantity: 1 },
    ]);
    await vi.waitFor(async () => expect(await countLockWaits()).toBe(1), { timeout: 10_000, interval: 200 });
    await outside.query('UPDATE movies SET stock = 6 WHERE id = ?', [first]);
    await outside.query('COMMIT');
    expect(await placing).toMatchObject({ ok: true });
  } finally {
    outside.release();
  }
  expect(await store.findFilm(first)).toEqual({ stock: 6, reserved: 1, available: 5 });
});

/** How many transactions on this schema wait for a lock; the server renews its answer when not asked for 100 ms. */
async function countLockWaits(): Promise<number> {
  const [rows] = await store.pool.query<RowDataPacket[]>(
    `SELECT 1 FROM information_schema.innodb_trx t JOIN information_schema.processlist p ON p.id = t.trx_mysql_thread_id
     WHERE t.trx_state = 'LOCK WAIT' AND p.db = DATABASE()`,
  );
  return rows.length;
}

const FILM_COUNT = 20;
const BUYER_COUNT = 64;
const FILM_STOCK = 25;

/** What the answers say happened, added up apart from the database. */
interface Tally {
  readonly stock: Map<number, number>;
  readonly reserved: Map<number, number>;
}

function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const add = (figures: Map<number, number>, movieId: number, delta: number) =>
  figures.set(movieId, (figures.get(movieId) ?? 0) + delta);

type Basket = { movieId: number; quantity: number }[];

/** Buys a random basket, or works on an order that another program wrote; then leaves it or takes it further. */
async function shop(
  random: (below: number) => number,
  movieIds: readonly number[],
  tally: Tally,
): Promise<void> {
  const lines = Array.from({ length: 1 + random(4) }, () => ({
    movieId: movieIds[random(movieIds.length)] ?? 0,
    quantity: 1 + random(3),
  }));
  const isOutside = random(5) === 0;
  const begun = isOutside ? await adopt(lines.slice(0, 1)) : await place(lines);
  if (!begun.ok) return expect(begun.code).toBe('not_enough_stock');
  const { orderId } = begun;
  const basket = isOutside ? lines.slice(0, 1) : lines;
  for (const { movieId, quantity } of basket) add(tally.reserved, movieId, quantity);
  await [leave, cancel, shipAndReturn, takeOneMore][random(4)]?.(orderId, basket, tally);
}

async function adopt(lines: Basket) {
  const orderId = await store.addOutsideOrder(lines);
  return claimOrder(nextPool(), ZIX, { orderId, employeeId: store.employeeId });
}

const leave = async () => undefined;

async function cancel(orderId: number, basket: Basket, tally: Tally): Promise<void> {
  expect(await cancelOrder(nextPool(), ZIX, { orderId })).toMatchObject({ ok: true });
  for (const { movieId, quantity } of basket) add(tally.reserved, movieId, -quantity);
}

async function takeOneMore(orderId: number, basket: Basket, tally: Tally): Promise<void> {
  const movieId = basket[0]?.movieId ?? 0;
  const wanted = basket
    .filter((line) => line.movieId === movieId)
    .reduce((sum, line) => sum + line.quantity, 1);
  const answer = await changeLines(nextPool(), ZIX, { orderId, lines: [{ movieId, quantity: wanted }] });
  if (answer.ok) add(tally.reserved, movieId, 1);
  else expect(answer.code).toBe('not_enough_stock');
}

async function shipAndReturn(orderId: number, basket: Basket, tally: Tally): Promise<void> {
  await claimOrder(nextPool(), ZIX, { orderId, employeeId: store.employeeId });
  await packOrder(nextPool(), ZIX, { orderId });
  const shipped = await shipOrder(nextPool(), ZIX, { orderId, carrier: 'GalEx', trackingNumber: 'GX' });
  expect(shipped).toMatchObject({ ok: true, status: 'shipped' });
  const back = { movieId: basket[0]?.movieId ?? 0, quantity: 1, disposition: 'restock' } as const;
  const returned = await returnLines(nextPool(), ZIX, { orderId, lines: [back], reason: 'Wrong planet' });
  expect(returned).toMatchObject({ ok: true });
  for (const { movieId, quantity } of basket) {
    add(tally.reserved, movieId, -quantity);
    add(tally.stock, movieId, -quantity);
  }
  add(tally.stock, back.movieId, 1);
}

// CHECK refused (MySQL, MariaDB): nothing was free. Deadlock: the other program was the victim, and tries no more.
const OUTSIDE_ERRNOS = [3819, 4025, 1213];

/** Another program that lowers stock by plain SQL and knows nothing of reservations. */
async function sellOutside(
  random: (below: number) => number,
  movieIds: readonly number[],
  tally: Tally,
): Promise<void> {
  for (let sale = 0; sale < 60; sale++) {
    const movieId = movieIds[random(movieIds.length)] ?? 0;
    try {
      await store.pool.query('UPDATE movies SET stock = stock - 1 WHERE id = ?', [movieId]);
      add(tally.stock, movieId, -1);
    } catch (error) {
      expect(OUTSIDE_ERRNOS).toContain((error as { errno?: number }).errno);
    }
  }
}

test.each(Array.from({ length: 20 }, (_, index) => index + 1))(
  '64 buyers, 20 films and a plain SQL writer, seed %i',
  async (seed) => {
    const movieIds: number[] = [];
    const tally: Tally = { stock: new Map(), reserved: new Map() };
    while (movieIds.length < FILM_COUNT) movieIds.push(await store.addFilm({ stock: FILM_STOCK }));
    await Promise.all([
      ...Array.from({ length: BUYER_COUNT }, (_, buyer) =>
        shop(createRandom(seed * 1_000 + buyer), movieIds, tally),
      ),
      sellOutside(createRandom(seed * 1_000 + BUYER_COUNT), movieIds, tally),
    ]);
    expect(await reconcileStock(store.pool)).toEqual([]);
    for (const movieId of movieIds) {
      const stock = FILM_STOCK + (tally.stock.get(movieId) ?? 0);
      const reserved = tally.reserved.get(movieId) ?? 0;
      expect(await store.findFilm(movieId)).toEqual({ stock, reserved, available: stock - reserved });
      expect(stock - reserved).toBeGreaterThanOrEqual(0);
    }
  },
);
