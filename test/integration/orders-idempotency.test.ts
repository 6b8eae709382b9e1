import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RowDataPacket } from '../../src/database/pool.ts';
import { receiveStock } from '../../src/orders/adjust-stock.ts';
import { claimOrder } from '../../src/orders/assign-order.ts';
import { packOrder } from '../../src/orders/pack-order.ts';
import { placeOrder } from '../../src/orders/place-order.ts';
import { shipOrder } from '../../src/orders/ship-order.ts';
import { createTestStore, type TestStore, ZIX } from '../support/order-book.ts';

let store: TestStore;
beforeAll(async () => {
  store = await createTestStore(20);
});
afterAll(() => store.drop());

const basket = (movieId: number, quantity = 1) => ({
  customerId: store.customerId,
  lines: [{ movieId, quantity }],
  idempotencyKey: crypto.randomUUID(),
});

async function count(sql: string, id: number): Promise<number> {
  const [rows] = await store.pool.query<RowDataPacket[]>(sql, [id]);
  return rows.length;
}

const countOrders = (movieId: number) =>
  count('SELECT order_id FROM order_items WHERE movie_id = ?', movieId);
const countShipments = (orderId: number) => count('SELECT id FROM shipments WHERE order_id = ?', orderId);

async function placePacked(movieId: number): Promise<number> {
  const orderId = await store.order({ movieId, quantity: 2 });
  await claimOrder(store.pool, ZIX, { orderId, employeeId: store.employeeId });
  await packOrder(store.pool, ZIX, { orderId });
  return orderId;
}

/** Runs a command in a process of its own that is killed when its transaction is committed and nobody knows yet. */
async function dieAfterCommit(step: string, input: object): Promise<void> {
  const script = fileURLToPath(new URL('../support/die-after-commit.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, store.url, step, JSON.stringify(input)], {
    stdio: 'inherit',
  });
  const [, signal] = await once(child, 'exit');
  expect(signal).toBe('SIGKILL');
}

test('the same key again: one order, the same answer, even where the film has sold out since', async () => {
  const movieId = await store.addFilm({ stock: 1 });
  const input = basket(movieId);
  const answer = await placeOrder(store.pool, ZIX, input);
  expect(answer).toEqual({ ok: true, orderId: expect.any(Number) });
  expect(await placeOrder(store.pool, ZIX, input)).toEqual(answer);
  expect(await countOrders(movieId)).toBe(1);
});

test('the same key twenty times at once: one order, one answer', async () => {
  const movieId = await store.addFilm({ stock: 50 });
  const input = basket(movieId, 2);
  const answers = await Promise.all(Array.from({ length: 20 }, () => placeOrder(store.pool, ZIX, input)));
  expect(answers[0]).toEqual({ ok: true, orderId: expect.any(Number) });
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  expect(await countOrders(movieId)).toBe(1);
  expect(await store.findFilm(movieId)).toEqual({ stock: 50, reserved: 2, available: 48 });
});

test('the same key for another basket, by another person or for another command is refused', async () => {
  const movieId = await store.addFilm({ stock: 50 });
  const input = basket(movieId);
  const { idempotencyKey } = input;
  const answer = await placeOrder(store.pool, ZIX, input);
  if (!answer.ok) throw new Error(answer.message);
  const others = [
    await placeOrder(store.pool, ZIX, { ...basket(movieId, 2), idempotencyKey }),
    await placeOrder(store.pool, { ...ZIX, id: 8 }, input),
    await packOrder(store.pool, ZIX, { orderId: answer.orderId, idempotencyKey }),
  ];
  for (const other of others) expect(other).toMatchObject({ ok: false, code: 'idempotency_key_reused' });
  expect(await countOrders(movieId)).toBe(1);
});

test('a refused command leaves its key free', async () => {
  const movieId = await store.addFilm({ stock: 0 });
  const input = basket(movieId);
  expect(await placeOrder(store.pool, ZIX, input)).toMatchObject({ code: 'not_enough_stock' });
  await receiveStock(store.pool, ZIX, { movieId, quantity: 1, reason: 'Delivery' });
  expect(await placeOrder(store.pool, ZIX, input)).toMatchObject({ ok: true });
});

test('a process killed between commit and answer of a placement: the retry gets that order', async () => {
  const movieId = await store.addFilm({ stock: 5 });
  const input = basket(movieId, 3);
  await dieAfterCommit('place', input);
  expect(await countOrders(movieId)).toBe(1);
  const answer = await placeOrder(store.pool, ZIX, input);
  const [rows] = await store.pool.query<RowDataPacket[]>(
    'SELECT order_id FROM order_items WHERE movie_id = ?',
    [movieId],
  );
  expect(answer).toEqual({ ok: true, orderId: rows[0]?.order_id });
  expect(await countOrders(movieId)).toBe(1);
  expect(await store.findFilm(movieId)).toEqual({ stock: 5, reserved: 3, available: 2 });
});

test('a process killed between commit and answer of a shipment: the retry ships nothing more', async () => {
  const movieId = await store.addFilm({ stock: 5 });
  const orderId = await placePacked(movieId);
  const lines = [{ movieId, quantity: 1 }];
  const input = {
    orderId,
    carrier: 'GalEx',
    trackingNumber: 'GX',
    lines,
    idempotencyKey: crypto.randomUUID(),
  };
  await dieAfterCommit('ship', input);
  const answer = await shipOrder(store.pool, ZIX, input);
  expect(answer).toEqual({ ok: true, orderId, status: 'partially_shipped', shipmentId: expect.any(Number) });
  expect(await countShipments(orderId)).toBe(1);
  expect(await store.findFilm(movieId)).toEqual({ stock: 4, reserved: 1, available: 3 });
});

test('a shipment with the same key twice at once: one shipment, the same answer', async () => {
  const movieId = await store.addFilm({ stock: 5 });
  const orderId = await placePacked(movieId);
  const lines = [{ movieId, quantity: 1 }];
  const input = {
    orderId,
    carrier: 'GalEx',
    trackingNumber: 'GX',
    lines,
    idempotencyKey: crypto.randomUUID(),
  };
  const answers = await Promise.all([1, 2, 3].map(() => shipOrder(store.pool, ZIX, input)));
  expect(answers[0]).toMatchObject({ ok: true, status: 'partially_shipped' });
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  expect(await countShipments(orderId)).toBe(1);
});
