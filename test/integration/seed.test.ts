import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { quoteIdentifier } from '../../src/database/identifier.ts';
import { createPool, type Pool, type RowDataPacket } from '../../src/database/pool.ts';
import type { OrderStep } from '../../src/orders/order-status.ts';
import { reconcileStock } from '../../src/orders/reconcile-stock.ts';
import { runOrderStep } from '../../src/orders/run-order-step.ts';
import { growOrders } from '../../src/seed/grow-orders.ts';
import { seedStore } from '../../src/seed/seed-store.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const now = new Date('2026-11-22T12:34:56.789Z');
const KEYS: Readonly<Record<string, string>> = {
  movies: 'id',
  actors: 'id',
  performances: 'movie_id, actor_id, role',
  customers: 'id',
  employees: 'id',
  orders: 'id',
  order_items: 'order_id, movie_id',
  shipments: 'id',
  shipment_items: 'shipment_id, movie_id',
  stock_movements: 'id',
  panel_activity: 'id',
};

const databases: TestDatabase[] = [];
let store: Pool;
beforeAll(async () => {
  store = (await createDatabase()).pool;
  expect(await seedStore(store, { now })).toMatchObject({
    ok: true,
    customers: 500,
    employees: 12,
    orders: 3_000,
  });
});
afterAll(async () => {
  for (const database of databases) await database.drop();
});

async function createDatabase(): Promise<TestDatabase> {
  const database = await createTestDatabase({ migrations: 'all' });
  databases.push(database);
  return database;
}

async function read(pool: Pool, sql: string, values: unknown[] = []): Promise<RowDataPacket[]> {
  const [rows] = await pool.query<RowDataPacket[]>(sql, values);
  return rows;
}

/** A hash of every row of the store. */
async function hashRows(pool: Pool): Promise<string> {
  const hash = createHash('sha256');
  for (const [table, key] of Object.entries(KEYS))
    hash.update(JSON.stringify(await read(pool, `SELECT * FROM ${quoteIdentifier(table)} ORDER BY ${key}`)));
  return hash.digest('hex');
}

async function countRows(pool: Pool): Promise<Record<string, number>> {
  const counts = Object.keys(KEYS).map((table) => `(SELECT COUNT(*) FROM ${table}) AS ${table}`);
  const [row] = await read(pool, `SELECT ${counts.join(', ')}`);
  return { ...row };
}

const countShipmentsThatDiffer = `SELECT COUNT(*) AS count FROM order_items i
  LEFT JOIN (SELECT s.order_id, si.movie_id, SUM(si.quantity) AS quantity
             FROM shipments s JOIN shipment_items si ON si.shipment_id = s.id GROUP BY s.order_id, si.movie_id) sent
    ON sent.order_id = i.order_id AND sent.movie_id = i.movie_id
  WHERE i.shipped_quantity <> COALESCE(sent.quantity, 0)`;

const countTimelinesOfOtherShipments = `SELECT COUNT(*) AS count FROM panel_activity a
  LEFT JOIN shipments s ON s.id = JSON_VALUE(a.details, '$.shipmentId')
    AND s.tracking_number = JSON_VALUE(a.details, '$.trackingNumber') AND s.order_id = a.record_id
  WHERE a.action = 'order_shipped' AND s.id IS NULL`;

const countHeldThatIsNotOpen = `SELECT COUNT(*) AS count FROM order_items
  WHERE held_quantity <> quantity - shipped_quantity - cancelled_quantity`;

const countTooEarly = `SELECT
  (SELECT COUNT(*) FROM orders o JOIN customers c ON c.id = o.customer_id AND c.created_at > o.placed_at) AS customers,
  (SELECT COUNT(*) FROM panel_activity a JOIN employees e ON e.name = a.actor_name AND e.hired_on > a.at) AS employees`;

async function expectConsistent(pool: Pool): Promise<void> {
  expect(await reconcileStock(pool)).toEqual([]);
  for (const sql of [countShipmentsThatDiffer, countTimelinesOfOtherShipments, countHeldThatIsNotOpen])
    expect(await read(pool, sql), sql).toEqual([{ count: 0 }]);
}

test('a seeded store has the films, people and orders that were asked for', async () => {
  const counts = await countRows(store);
  expect(counts).toMatchObject({ customers: 500, employees: 12, orders: 3_000 });
  expect(counts.movies).toBeGreaterThanOrEqual(160);
  expect(counts.actors).toBeGreaterThan(500);
});

test('every figure of a seeded store is the sum of its parts', () => expectConsistent(store));

test('a seeded order has a row in its timeline for every step that it took', async () => {
  const rows = await read(
    store,
    `SELECT o.status, SUM(a.action = 'order_placed') AS placed, SUM(a.action IN ('order_assigned', 'order_claimed')) AS assigned,
       SUM(a.action = 'order_packed') AS packed, SUM(a.action = 'order_delivered') AS delivered,
       SUM(a.action = 'order_placed' AND a.at = o.placed_at) AS at_placing
     FROM orders o JOIN panel_activity a ON a.table_name = 'orders' AND a.record_id = o.id
     WHERE o.status IN ('delivered', 'placed') GROUP BY o.id, o.status`,
  );
  const kinds = new Set(rows.map((row) => JSON.stringify(Object.values(row).map(String))));
  expect([...kinds].sort()).toEqual([
    JSON.stringify(['delivered', '1', '1', '1', '1', '1']),
    JSON.stringify(['placed', '1', '0', '0', '0', '1']),
  ]);
});

test('a second seed is refused and changes nothing', async () => {
  const before = await hashRows(store);
  expect(await seedStore(store, { now })).toMatchObject({ ok: false, code: 'already_seeded' });
  expect(await hashRows(store)).toBe(before);
});

test('two seeds at once make one store, the same as any other', async () => {
  const { pool } = await createDatabase();
  const answers = await Promise.all([seedStore(pool, { now }), seedStore(pool, { now })]);
  expect(answers.map(({ ok }) => ok).sort()).toEqual([false, true]);
  expect(await hashRows(pool)).toBe(await hashRows(store));
});

test('a seed that fails in the middle leaves nothing behind, and can be run again', async () => {
  const { url, pool } = await createDatabase();
  const seeder = createPool(url, { connectionLimit: 2 });
  const onProgress = (_done: number, _total: number, label: string) => {
    if (label === 'timelines') throw new Error('pulled the plug');
  };
  await expect(seedStore(seeder, { now, orders: 50, onProgress })).rejects.toThrow('pulled the plug');
  expect(Object.values(await countRows(pool)).every((count) => count === 0)).toBe(true);
  // On the same connections, the stock ledger is at work again.
  const both = await Promise.all([seeder.getConnection(), seeder.getConnection()]);
  for (const connection of both) {
    const [rows] = await connection.query('SELECT @stock_movement_recorded AS off');
    expect(rows).toEqual([{ off: null }]);
    connection.release();
  }
  expect(await seedStore(seeder, { now, orders: 50 })).toMatchObject({ ok: true, orders: 50 });
  await seeder.end();
});

test('seeded orders can be worked on', async () => {
  const { pool } = await createDatabase();
  await seedStore(pool, { now });
  const take = async (status: string, onHold: boolean, step: OrderStep, input: object = {}) => {
    const found = 'SELECT id FROM orders WHERE status = ? AND on_hold = ? ORDER BY id LIMIT 1';
    const [order] = await read(pool, found, [status, onHold]);
    const actor = { id: null, name: 'Zib Quorl', role: 'employee' };
    return runOrderStep(pool, actor, step, { orderId: order?.id, ...input });
  };
  const parcel = { carrier: 'Comet Courier', trackingNumber: 'CC-1' };
  expect(await take('placed', false, 'assign', { employeeId: 1 })).toMatchObject({ status: 'assigned' });
  expect(await take('assigned', true, 'release', { reason: 'Paid' })).toMatchObject({ ok: true });
  expect(await take('assigned', false, 'pack')).toMatchObject({ status: 'packed' });
  expect(await take('packed', false, 'ship', parcel)).toMatchObject({ status: 'shipped' });
  expect(await take('partially_shipped', false, 'ship', parcel)).toMatchObject({ status: 'shipped' });
  expect(await take('partially_shipped', false, 'cancel', {})).toMatchObject({ status: 'shipped' });
  expect(await take('shipped', false, 'deliver')).toMatchObject({ status: 'delivered' });
  expect(await take('placed', false, 'cancel', {})).toMatchObject({ status: 'cancelled' });
  await expectConsistent(pool);
});

test('a store that was stopped while growing grows on, and stays consistent', async () => {
  const { pool } = await createDatabase();
  await seedStore(pool, { now, orders: 200 });
  const findAvailable = () => read(pool, 'SELECT id, available FROM movies ORDER BY id');
  const available = await findAvailable();

  const onProgress = () => {
    throw new Error('pulled the plug');
  };
  await expect(growOrders(pool, { now, target: 2_500, onProgress })).rejects.toThrow('pulled the plug');
  await expectConsistent(pool);
  expect((await countRows(pool)).orders).toBe(1_200);

  const told: [number, number][] = [];
  const grown = await growOrders(pool, {
    now,
    target: 2_500,
    onProgress: (done, total) => told.push([done, total]),
  });
  expect(grown).toEqual({ ok: true, orders: 2_500, added: 1_300 });
  expect(told).toEqual([
    [2_200, 2_500],
    [2_500, 2_500],
  ]);
  expect((await countRows(pool)).orders).toBe(2_500);
  await expectConsistent(pool);
  expect(await findAvailable()).toEqual(available);
});

test('grown orders lie in the last three years, most of them finished', async () => {
  const { pool } = await createDatabase();
  await seedStore(pool, { now, orders: 100 });
  const answers = await Promise.all([
    growOrders(pool, { now, target: 1_500 }),
    growOrders(pool, { now, target: 1_500 }),
  ]);
  expect(answers.map((answer) => answer.ok && answer.added).sort()).toEqual([0, 1_400]);
  const [orders] = await read(
    pool,
    `SELECT COUNT(*) AS count, SUM(status IN ('delivered', 'cancelled', 'returned')) / COUNT(*) AS finished,
       MIN(placed_at) AS earliest, MAX(placed_at) AS latest FROM orders WHERE id > 100`,
  );
  expect(orders?.count).toBe(1_400);
  expect(Number(orders?.finished)).toBeGreaterThan(0.95);
  expect(orders?.earliest < '2024-03').toBe(true);
  expect(await read(pool, countTooEarly)).toEqual([{ customers: 0, employees: 0 }]);
  expect(orders?.latest > '2026-11-15' && orders?.latest < '2026-11-22 12:34:57').toBe(true);
});

test('a store of enough orders does not grow, and an empty one has nothing to sell', async () => {
  const before = await hashRows(store);
  expect(await growOrders(store, { now, target: 3_000 })).toEqual({ ok: true, orders: 3_000, added: 0 });
  expect(await hashRows(store)).toBe(before);
  const { pool } = await createDatabase();
  expect(await growOrders(pool, { now, target: 10 })).toMatchObject({ ok: false, code: 'not_seeded' });
});
