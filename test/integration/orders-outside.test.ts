import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RowDataPacket } from '../../src/database/pool.ts';
import { assignOrder, claimOrder } from '../../src/orders/assign-order.ts';
import { cancelOrder } from '../../src/orders/cancel-order.ts';
import { changeLines } from '../../src/orders/change-lines.ts';
import { packOrder } from '../../src/orders/pack-order.ts';
import { reconcileStock, runReconcile } from '../../src/orders/reconcile-stock.ts';
import { shipOrder } from '../../src/orders/ship-order.ts';
import { createTestStore, type TestStore, ZIX } from '../support/order-book.ts';

let store: TestStore;
beforeAll(async () => {
  store = await createTestStore();
});
afterAll(() => store.drop());

const place = (movieId: number, quantity: number) => store.order({ movieId, quantity });

async function findMovements(movieId: number): Promise<RowDataPacket[]> {
  const [rows] = await store.pool.query<RowDataPacket[]>(
    `SELECT stock_delta AS stock, reserved_delta AS reserved, reason, note, order_id AS orderId, actor_name AS actor
     FROM stock_movements WHERE movie_id = ? ORDER BY id`,
    [movieId],
  );
  return rows;
}

const write = (sql: string, values: unknown[]) => store.pool.query(sql, values);
const CHECK = /movies_available_not_negative/;

test('an order from outside is worked on as any other: claimed, packed, shipped', async () => {
  const movieId = await store.addFilm({ stock: 5 });
  const orderId = await store.addOutsideOrder([{ movieId, quantity: 3 }]);
  expect(await store.findFilm(movieId)).toEqual({ stock: 5, reserved: 0, available: 5 });
  expect(await claimOrder(store.pool, ZIX, { orderId, employeeId: store.employeeId })).toMatchObject({
    ok: true,
  });
  expect(await store.findFilm(movieId)).toEqual({ stock: 5, reserved: 3, available: 2 });
  expect(await packOrder(store.pool, ZIX, { orderId })).toMatchObject({ ok: true });
  await write('UPDATE order_items SET quantity = 4 WHERE order_id = ?', [orderId]);
  const shipping = { orderId, carrier: 'GalEx', trackingNumber: 'GX' };
  expect(await shipOrder(store.pool, ZIX, shipping)).toMatchObject({ ok: true, status: 'shipped' });
  expect(await store.findFilm(movieId)).toEqual({ stock: 1, reserved: 0, available: 1 });
});

test('an order from outside that is short is refused until its lines are changed', async () => {
  const movieId = await store.addFilm({ stock: 2, title: 'Brazil' });
  const orderId = await store.addOutsideOrder([{ movieId, quantity: 5 }]);
  const assignment = { orderId, employeeId: store.employeeId };
  expect(await assignOrder(store.pool, ZIX, assignment)).toMatchObject({
    code: 'not_enough_stock',
    message: "Only 2 of 'Brazil' are available; 5 were asked for.",
  });
  expect(await store.findOrder(orderId)).toMatchObject({ status: 'placed', employee_id: null });
  expect(await changeLines(store.pool, ZIX, { orderId, lines: [{ movieId, quantity: 2 }] })).toMatchObject({
    ok: true,
  });
  expect(await assignOrder(store.pool, ZIX, assignment)).toMatchObject({ ok: true, status: 'assigned' });
  expect(await store.findFilm(movieId)).toEqual({ stock: 2, reserved: 2, available: 0 });
});

test('stock that another program changes, and a film created with stock, become movements', async () => {
  const movieId = await store.addFilm({ stock: 5 });
  await write('UPDATE movies SET stock = stock - 2, title = ? WHERE id = ?', ['Renamed', movieId]);
  await write('UPDATE movies SET price = 1 WHERE id = ?', [movieId]);
  const outside = { reserved: 0, reason: 'outside', note: null, orderId: null, actor: null };
  expect(await findMovements(movieId)).toEqual([
    { stock: 5, ...outside },
    { stock: -2, ...outside },
  ]);
});

test('another program cannot lower stock below what orders hold', async () => {
  const movieId = await store.addFilm({ stock: 5 });
  await place(movieId, 4);
  await expect(write('UPDATE movies SET stock = 3 WHERE id = ?', [movieId])).rejects.toThrow(CHECK);
  await write('UPDATE movies SET stock = 4 WHERE id = ?', [movieId]);
  expect(await store.findFilm(movieId)).toEqual({ stock: 4, reserved: 4, available: 0 });
});

test('a refused posting leaves nothing behind: the next change on that connection is recorded', async () => {
  const movieId = await store.addFilm({ stock: 1 });
  const connection = await store.pool.getConnection();
  try {
    const oversold = 'INSERT INTO stock_movements (movie_id, reserved_delta, reason) VALUES (?, 2, ?)';
    await expect(connection.query(oversold, [movieId, 'reserved'])).rejects.toThrow(CHECK);
    await connection.query('UPDATE movies SET stock = 3 WHERE id = ?', [movieId]);
  } finally {
    connection.release();
  }
  expect((await findMovements(movieId)).map(({ stock }) => stock)).toEqual([1, 2]);
});

test('what is reserved and held, and the ledger itself, can be written by the order book alone', async () => {
  const movieId = await store.addFilm({ stock: 5 });
  const otherId = await store.addFilm({ stock: 5 });
  const orderId = await place(movieId, 2);
  const attempts: [string, unknown[], RegExp][] = [
    ['UPDATE movies SET reserved = 0 WHERE id = ?', [movieId], /reserved follows the orders/],
    ['UPDATE order_items SET held_quantity = 0 WHERE order_id = ?', [orderId], /follows its stock movements/],
    ['UPDATE order_items SET movie_id = ? WHERE order_id = ?', [otherId, orderId], /This line holds stock/],
    ['UPDATE order_items SET quantity = 1 WHERE order_id = ?', [orderId], /order_items_parts_fit/],
    [
      'INSERT INTO order_items (order_id, movie_id, quantity, unit_price, held_quantity) VALUES (?, ?, 1, 1, 1)',
      [orderId, otherId],
      /A new line holds nothing/,
    ],
    ["UPDATE orders SET status = 'cancelled' WHERE id = ?", [orderId], /This order holds stock/],
    ['UPDATE stock_movements SET stock_delta = 9 WHERE movie_id = ?', [movieId], /never changed/],
    ['DELETE FROM stock_movements WHERE movie_id = ?', [movieId], /never deleted/],
    ['UPDATE movies SET stock = 9, reserved = 9 WHERE id = ?', [otherId], /reserved follows the orders/],
  ];
  for (const [sql, values, message] of attempts)
    await expect(write(sql, values), sql).rejects.toThrow(message);
  expect(await store.findFilm(movieId)).toEqual({ stock: 5, reserved: 2, available: 3 });
});

test('deleting a line gives back what it held; a shipped line stays', async () => {
  const movieId = await store.addFilm({ stock: 5 });
  const heldId = await place(movieId, 2);
  await write('DELETE FROM order_items WHERE order_id = ?', [heldId]);
  expect(await store.findFilm(movieId)).toEqual({ stock: 5, reserved: 0, available: 5 });
  expect(await store.findOrder(heldId)).toMatchObject({ total: '0.00' });
  expect((await findMovements(movieId)).at(-1)).toMatchObject({
    reserved: -2,
    reason: 'line_deleted',
    orderId: heldId,
  });
  const orderId = await place(movieId, 2);
  await claimOrder(store.pool, ZIX, { orderId, employeeId: store.employeeId });
  await packOrder(store.pool, ZIX, { orderId });
  await shipOrder(store.pool, ZIX, { orderId, carrier: 'GalEx', trackingNumber: 'GX' });
  await expect(write('DELETE FROM order_items WHERE order_id = ?', [orderId])).rejects.toThrow(
    /has been shipped/,
  );
});

test('an order without lines cannot be packed, and can be cancelled', async () => {
  const orderId = await store.addOutsideOrder([]);
  await assignOrder(store.pool, ZIX, { orderId, employeeId: store.employeeId });
  expect(await packOrder(store.pool, ZIX, { orderId })).toMatchObject({
    code: 'no_lines',
    message: `Order ${orderId} has nothing to ship. Add a film or cancel it.`,
  });
  expect(await cancelOrder(store.pool, ZIX, { orderId })).toMatchObject({ ok: true, status: 'cancelled' });
});

test('the stock check finds every figure that does not add up, and says so with exit code 1', async () => {
  const printed: string[] = [];
  expect(await runReconcile(store.pool, (line) => printed.push(line))).toBe(0);
  expect(printed).toEqual(['Stock, orders and lines agree with their movements and shipments.']);
  const movieId = await store.addFilm({ stock: 5 });
  const orderId = await place(movieId, 2);
  const loader = await store.pool.getConnection();
  try {
    await loader.query('SET @stock_movement_recorded = 1');
    await loader.query('UPDATE movies SET stock = 6, reserved = 3 WHERE id = ?', [movieId]);
    await loader.query("UPDATE orders SET status = 'cancelled', total = 1 WHERE id = ?", [orderId]);
  } finally {
    loader.destroy();
  }
  const film = { table: 'movies', recordId: String(movieId) };
  const order = { table: 'orders', recordId: String(orderId) };
  expect(await reconcileStock(store.pool)).toEqual([
    { kind: 'stock_is_not_its_movements', ...film, expected: '5', found: '6' },
    { kind: 'reserved_is_not_its_movements', ...film, expected: '2', found: '3' },
    { kind: 'reserved_is_not_held', ...film, expected: '2', found: '3' },
    { kind: 'closed_order_holds_stock', ...order, expected: '0', found: '2' },
    { kind: 'total_is_not_its_lines', ...order, expected: '19.98', found: '1.00' },
  ]);
  expect(await runReconcile(store.pool, (line) => printed.push(line))).toBe(1);
  expect(printed.at(1)).toBe(`movies ${movieId}: stock is not its movements: should be 5, is 6`);
  expect(printed.at(-1)).toBe('5 differences.');
});
