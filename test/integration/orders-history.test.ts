import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ResultSetHeader, RowDataPacket } from '../../src/database/pool.ts';
import { ORDER_STEPS } from '../../src/orders/order-status.ts';
import { ORDER_STATUSES, type OrderStatus } from '../../src/orders/order-statuses.ts';
import { reconcileStock } from '../../src/orders/reconcile-stock.ts';
import { asLoader } from '../support/as-loader.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { REWRITES, rewriteHistory, toSql } from '../support/history-rewrites.ts';
import { type LifeStep, OrderLives } from '../support/order-lives.ts';
import { startPanel, type TestPanel } from '../support/panel.ts';

let database: TestDatabase;
let store: OrderLives;
beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'all' });
  store = new OrderLives(database.pool);
  await store.begin();
});
afterAll(() => database.drop());

describe('plain SQL cannot rewrite', () => {
  test.each([
    ['an order that was placed', []],
    ['a packed order', ['claim', 'pack']],
    ['a held order', ['claim', 'pack', 'hold']],
    ['a partly shipped order', ['claim', 'pack', 'shipOne']],
    ['an order of which the rest was cancelled', ['claim', 'pack', 'shipOne', 'cancel']],
    ['a shipped order', ['claim', 'pack', 'ship']],
    ['a delivered order', ['claim', 'pack', 'shipOne', 'ship', 'deliver']],
    ['a returned order', ['claim', 'pack', 'ship', 'return']],
    ['a cancelled order', ['claim', 'cancel']],
  ] as [string, LifeStep[]][])('%s', async (_title, steps) => {
    const orderId = await store.live(...steps);
    const model = await store.model(orderId);
    const before = await store.copy();
    for (const film of [store.alien, store.brazil, store.brazil + 1])
      for (const rewrite of REWRITES.filter(({ isOne }) => isOne(model, model.lines.get(film)))) {
        const sql = toSql(rewrite, orderId, film);
        expect(await rewriteHistory(store.pool, sql), sql).toBe('refused');
      }
    expect(await store.copy()).toEqual(before);
    expect(await reconcileStock(store.pool)).toEqual([]);
  });
});

describe('an order goes from state to state as the order book says, whoever writes', () => {
  const leads = (from: OrderStatus, to: OrderStatus) =>
    Object.values(ORDER_STEPS).some(({ moves }) => moves[from]?.includes(to));
  test.each(ORDER_STATUSES)('from %s', async (from) => {
    const id = await asLoader(store.pool, async (loader) => {
      const sql = 'INSERT INTO orders (customer_id, status) VALUES (?, ?)';
      const [{ insertId }] = await loader.query<ResultSetHeader>(sql, [store.customerId, from]);
      return insertId;
    });
    for (const to of ORDER_STATUSES.filter((status) => status !== from)) {
      const write = store.pool.query('UPDATE orders SET status = ? WHERE id = ?', [to, id]);
      const said = await write.then(
        () => 'done',
        (error: Error) => error.message,
      );
      if (leads(from, to)) expect(said, `${from} to ${to}`).toMatch(/done|has not left|has not come back/);
      else expect(said, `${from} to ${to}`).toMatch(/does not go from this state to that one/);
      await asLoader(store.pool, (loader) =>
        loader.query('UPDATE orders SET status = ? WHERE id = ?', [from, id]),
      );
    }
    await store.pool.query('DELETE FROM orders WHERE id = ?', [id]);
  });
});

test('a shipment is told once when it arrived, by whomever', async () => {
  const orderId = await store.live('claim', 'pack', 'ship');
  const arrive = 'UPDATE shipments SET delivered_at = UTC_TIMESTAMP(3) WHERE order_id = ?';
  await store.pool.query(arrive, [orderId]);
  await expect(store.pool.query(arrive.replace('UTC_TIMESTAMP(3)', 'NULL'), [orderId])).rejects.toThrow(
    /only the time it arrived is set, once/,
  );
});

test('a new order begins open and with nothing in it', async () => {
  const insert = 'INSERT INTO orders (customer_id, status, total) VALUES (?, ?, 500)';
  await expect(store.pool.query(insert, [store.customerId, 'delivered'])).rejects.toThrow(
    /A new order is placed/,
  );
  const [{ insertId }] = await store.pool.query<ResultSetHeader>(insert, [store.customerId, 'assigned']);
  expect((await store.findOrder(insertId)).total).toBe('0.00');
});

describe('the panel tells in words what is not rewritten', () => {
  let panel: TestPanel;
  let orderId: number;
  let shipmentId: number;
  beforeAll(async () => {
    orderId = await store.live('claim', 'pack', 'ship', 'deliver');
    const [shipments] = await store.pool.query<RowDataPacket[]>(
      'SELECT id FROM shipments WHERE order_id = ?',
      [orderId],
    );
    shipmentId = shipments[0]?.id;
    const reopen = () => store.pool.query("UPDATE orders SET status = 'packed' WHERE id = ?", [orderId]);
    const run = async () => reopen().then(() => ({ ok: true as const, message: 'reopened' }));
    // Without the store's own resources: the generated forms write every table.
    panel = await startPanel(database, [
      {
        table: 'orders',
        recordActions: [{ name: 'reopen', label: 'Reopen', can: true, run }],
        pages: [{ name: 'reopen_one', label: 'Reopen one', can: true, component: 'PlaceOrder', run }],
        bulkActions: [
          {
            name: 'reopen_many',
            label: 'Reopen',
            can: true,
            preview: async () => ({ ok: true, results: [] }),
            run: async () => reopen().then(() => ({ ok: true, results: [] })),
          },
        ],
      },
    ]);
  });
  afterAll(() => panel?.stop());

  test.each([
    [
      'another film and price on its line',
      'order_items',
      'edit',
      { movie_id: '3', unit_price: '9999.99' },
      /closed/,
    ],
    ['another quantity', 'order_items', 'edit', { quantity: '9' }, /closed/],
    ['its line deleted', 'order_items', 'delete', {}, /has been shipped/],
    ['another customer', 'orders', 'edit', { customer_id: '2' }, /whose it is/],
    ['another total', 'orders', 'edit', { total: '1.00' }, /lines and total stay/],
    ['another state', 'orders', 'edit', { status: 'placed' }, /does not go/],
    ['the order deleted', 'orders', 'delete', {}, /kept as history/],
    ['another tracking number', 'shipments', 'edit', { tracking_number: 'gx1' }, /stays as it left/],
    ['the shipment deleted', 'shipments', 'delete', {}, /never deleted/],
    ['another parcel', 'shipment_items', 'edit', { quantity: '9' }, /stays as it left/],
    ['an action that reopens it', 'orders', 'reopen', {}, /does not go/],
  ] as [string, string, string, Record<string, string>, RegExp][])(
    'of a delivered order: %s',
    async (_title, table, action, fields, message) => {
      const recordId = {
        order_items: `${orderId}~${store.alien}`,
        orders: orderId,
        shipments: shipmentId,
        shipment_items: `${shipmentId}~${store.alien}`,
      }[table];
      const before = await store.copy();
      const path = `/resources/${table}/records/${recordId}/${action}`;
      const { status, body } = await panel.as('admin').post(path, fields);
      expect(body).toMatchObject({ code: 'refused_by_database', message: expect.stringMatching(message) });
      expect(status).toBe(422);
      expect(await store.copy()).toEqual(before);
    },
  );

  test.each(['bulk/reopen_many?recordIds=1', 'actions/reopen_one'])(
    '%s, of a resource file',
    async (path) => {
      const { status, body } = await panel.as('admin').post(`/resources/orders/${path}`, { mode: 'run' });
      expect([status, body.code]).toEqual([422, 'refused_by_database']);
      expect(body.message).toMatch(/does not go/);
    },
  );
});
