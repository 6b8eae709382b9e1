import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../../src/database/migrate.ts';
import { cancelOrder } from '../../src/orders/cancel-order.ts';
import { changeLines } from '../../src/orders/change-lines.ts';
import type { OrderStep } from '../../src/orders/order-status.ts';
import { reconcileStock } from '../../src/orders/reconcile-stock.ts';
import { returnLines } from '../../src/orders/return-lines.ts';
import { runOrderStep } from '../../src/orders/run-order-step.ts';
import { shipOrder } from '../../src/orders/ship-order.ts';
import { asLoader } from '../support/as-loader.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { REWRITES, rewriteHistory, toSql } from '../support/history-rewrites.ts';
import { OrderLives } from '../support/order-lives.ts';
import { ZIX } from '../support/store-rows.ts';

const RULES = ['store/0005_history.sql', 'store/0006_returned_total.sql'];

let old: TestDatabase;
let lives: OrderLives;
let dir: string;
const ids: Record<string, number> = {};
beforeAll(async () => {
  old = await createTestDatabase();
  dir = await mkdtemp(join(tmpdir(), 'store-migrations-'));
  await cp('migrations', dir, { recursive: true });
  for (const name of RULES) await rm(join(dir, name));
  await migrate(old.url, { migrationsDir: dir });
  lives = new OrderLives(old.pool);
  await lives.begin();
  await bend();
});
afterAll(async () => {
  await rm(dir, { recursive: true });
  await old.drop();
});

async function bend(): Promise<void> {
  ids.rewritten = await lives.live('claim', 'pack', 'ship', 'deliver');
  ids.sound = await lives.live('claim', 'pack', 'ship', 'deliver');
  ids.free = await lives.live('claim');
  ids.reopened = await lives.live('claim', 'pack', 'ship', 'deliver');
  ids.lost = await lives.live('claim', 'pack', 'shipOne');
  ids.parcel = await lives.live('claim', 'pack', 'ship');
  ids.held = await lives.live('claim', 'pack', 'ship');
  ids.back = await lives.live('claim', 'pack', 'ship', 'return');
  const write = (sql: string) => old.pool.query(sql);
  await write(
    `UPDATE order_items SET movie_id = ${lives.brazil + 1}, unit_price = 9999.99
     WHERE order_id = ${ids.rewritten} AND movie_id = ${lives.alien}`,
  );
  await write(`UPDATE orders SET total = 0 WHERE id = ${ids.free}`);
  await write(`UPDATE orders SET status = 'placed' WHERE id = ${ids.reopened}`);
  await write(
    `DELETE FROM shipment_items WHERE shipment_id IN (SELECT id FROM shipments WHERE order_id = ${ids.lost})`,
  );
  await write(`DELETE FROM shipments WHERE order_id = ${ids.lost}`);
  await write(
    `UPDATE shipment_items SET quantity = 7 WHERE movie_id = ${lives.alien}
     AND shipment_id = (SELECT id FROM shipments WHERE order_id = ${ids.parcel})`,
  );
  await write(`UPDATE orders SET on_hold = TRUE, hold_reason = 'x' WHERE id = ${ids.held}`);
}

const line = (name: string, movieId: number) => ({
  table: 'order_items',
  recordId: `${ids[name]}~${movieId}`,
});

test('data made before the rules is changed in nothing by the migration, and what is off is named', async () => {
  const before = await lives.copy();
  expect(await migrate(old.url)).toEqual(RULES);
  const [orders = [], ...others] = await lives.copy();
  const kept = orders.map(({ returned_total: _added, ...order }) => order);
  expect([kept, ...others]).toEqual(before);
  const returned = orders.filter(({ returned_total }) => Number(returned_total) !== 0);
  expect(returned).toMatchObject([{ id: ids.back, returned_total: '49.95' }]);
  const { alien, brazil } = lives;
  const contact = brazil + 1;
  const order = (name: string) => ({ table: 'orders', recordId: String(ids[name]) });
  const history = { kind: 'shipped_is_not_in_parcels' };
  const moved = { kind: 'shipped_is_not_its_movements' };
  const found = await reconcileStock(old.pool);
  expect(found).toHaveLength(10);
  expect(found).toEqual(
    expect.arrayContaining([
      { ...order('free'), kind: 'total_is_not_its_lines', expected: '49.95', found: '0.00' },
      { ...order('reopened'), kind: 'status_is_not_its_lines', expected: 'shipped', found: 'placed' },
      { ...line('rewritten', alien), ...history, expected: '3', found: '0' },
      { ...line('rewritten', alien), ...moved, expected: '3', found: '0' },
      {
        ...line('rewritten', alien),
        kind: 'parcels_hold_more_than_ordered',
        expected: '0',
        found: '3',
      },
      { ...line('rewritten', contact), ...history, expected: '0', found: '3' },
      { ...line('rewritten', contact), ...moved, expected: '0', found: '3' },
      { ...line('lost', alien), ...history, expected: '0', found: '1' },
      { ...line('parcel', alien), ...history, expected: '7', found: '3' },
      { ...line('parcel', alien), kind: 'parcels_hold_more_than_ordered', expected: '3', found: '7' },
    ]),
  );
});

test('old data cannot be bent further, and what never left does not come back', async () => {
  for (const name of ['rewritten', 'sound', 'lost', 'parcel']) {
    const orderId = ids[name] ?? 0;
    const model = await lives.model(orderId);
    for (const [film, modelLine] of model.lines)
      for (const rewrite of REWRITES.filter(
        ({ sql, isOne }) => isOne(model, modelLine) && !/shipment/.test(sql),
      )) {
        const sql = toSql(rewrite, orderId, film);
        expect(await rewriteHistory(old.pool, sql), sql).toBe('refused');
      }
  }
  const takeBack = (movieId: number) =>
    returnLines(old.pool, ZIX, {
      orderId: ids.rewritten ?? 0,
      reason: 'because',
      lines: [{ movieId, quantity: 1, disposition: 'restock' }],
    });
  expect(await takeBack(lives.brazil + 1)).toMatchObject({
    code: 'refused_by_database',
    message: expect.stringMatching(/No more of a film can come back than has left/),
  });
  expect(await takeBack(lives.brazil)).toMatchObject({ ok: true });
});

test('old data goes on by the steps of the order book', async () => {
  const { alien, brazil } = lives;
  const step = (name: string, what: OrderStep, input: object = {}) =>
    runOrderStep(old.pool, ZIX, what, { orderId: ids[name], ...input });
  expect(
    await changeLines(old.pool, ZIX, { orderId: ids.free ?? 0, lines: [{ movieId: alien, quantity: 1 }] }),
  ).toMatchObject({ ok: true });
  expect(await lives.findOrder(ids.free ?? 0)).toMatchObject({ total: '29.97' });
  expect(await step('free', 'cancel')).toMatchObject({ ok: true, status: 'cancelled' });
  expect(await step('reopened', 'cancel')).toMatchObject({ ok: true, status: 'cancelled' });
  const shipping = { orderId: ids.lost ?? 0, carrier: 'GalEx', trackingNumber: 'GX2' };
  expect(await shipOrder(old.pool, ZIX, shipping)).toMatchObject({
    code: 'refused_by_database',
    message: expect.stringMatching(/cancel the rest/),
  });
  expect(
    await shipOrder(old.pool, ZIX, { ...shipping, lines: [{ movieId: brazil, quantity: 2 }] }),
  ).toMatchObject({ ok: true });
  expect(await cancelOrder(old.pool, ZIX, { orderId: ids.lost ?? 0 })).toMatchObject({
    ok: true,
    status: 'shipped',
  });
  await old.pool.query('UPDATE orders SET on_hold = FALSE, hold_reason = NULL WHERE id = ?', [ids.held]);
  expect(await step('held', 'deliver')).toMatchObject({ ok: true });
  expect(await step('parcel', 'deliver')).toMatchObject({ ok: true });
});

test('an order of which the total was off is right after its lines changed to what it said', async () => {
  const orderId = await lives.live('claim');
  await asLoader(old.pool, (loader) => loader.query('UPDATE orders SET total = 0 WHERE id = ?', [orderId]));
  expect(await cancelOrder(old.pool, ZIX, { orderId })).toMatchObject({ ok: true });
  expect(await lives.findOrder(orderId)).toMatchObject({ total: '0.00' });
});

test('what came back of an order is told where a loader wrote another sum, and right after the next film came back', async () => {
  const orderId = await lives.live('claim', 'pack', 'ship');
  await asLoader(old.pool, (loader) =>
    loader.query('UPDATE orders SET returned_total = 5 WHERE id = ?', [orderId]),
  );
  const kind = 'returned_total_is_not_its_lines';
  expect(await reconcileStock(old.pool)).toContainEqual({
    kind,
    table: 'orders',
    recordId: String(orderId),
    expected: '0.00',
    found: '5.00',
  });
  const lines = [{ movieId: lives.alien, quantity: 1, disposition: 'restock' as const }];
  expect(await returnLines(old.pool, ZIX, { orderId, reason: 'because', lines })).toMatchObject({ ok: true });
  expect(await lives.findOrder(orderId)).toMatchObject({ returned_total: '9.99' });
});
