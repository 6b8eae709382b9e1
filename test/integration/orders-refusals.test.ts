import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RowDataPacket } from '../../src/database/pool.ts';
import { countStock, receiveStock, writeOffStock } from '../../src/orders/adjust-stock.ts';
import { assignOrder, claimOrder, unassignOrder } from '../../src/orders/assign-order.ts';
import { runBulk } from '../../src/orders/bulk.ts';
import { findEmployeeByEmail } from '../../src/orders/employees.ts';
import { findStockMovements } from '../../src/orders/find-films.ts';
import { packOrder } from '../../src/orders/pack-order.ts';
import { type PlaceOrderInput, placeOrder } from '../../src/orders/place-order.ts';
import { previewBulk } from '../../src/orders/preview-bulk.ts';
import { returnLines } from '../../src/orders/return-lines.ts';
import { shipOrder } from '../../src/orders/ship-order.ts';
import { createTestStore, type TestStore, ZIX } from '../support/order-book.ts';
import { createTestReader } from '../support/reader.ts';

let store: TestStore;
let brazil: number;
let casablanca: number;
beforeAll(async () => {
  store = await createTestStore();
  brazil = await store.addFilm({ stock: 100, title: 'Brazil', price: '20.05' });
  casablanca = await store.addFilm({ stock: 10, title: 'Casablanca', price: '3.33' });
});
afterAll(() => store.drop());

test('a placement that is short tells every short film at once and leaves nothing behind', async () => {
  const low = await store.addFilm({ stock: 2, title: 'Dune' });
  const none = await store.addFilm({ stock: 0, title: 'Eraserhead' });
  const count =
    'SELECT (SELECT COUNT(*) FROM orders) AS orders, (SELECT COUNT(*) FROM panel_activity) AS activity';
  const [before] = await store.pool.query<RowDataPacket[]>(count);
  const answer = await placeOrder(store.pool, ZIX, {
    customerId: store.customerId,
    lines: [
      { movieId: none, quantity: 1 },
      { movieId: low, quantity: 3 },
      { movieId: low, quantity: 2 },
      { movieId: brazil, quantity: 1 },
    ],
    idempotencyKey: crypto.randomUUID(),
  });
  expect(answer).toMatchObject({
    ok: false,
    code: 'not_enough_stock',
    message:
      "Only 2 of 'Dune' are available; 5 were asked for. None of 'Eraserhead' is available; 1 was asked for.",
    shortages: [
      { movieId: low, title: 'Dune', available: 2, wanted: 5 },
      { movieId: none, title: 'Eraserhead', available: 0, wanted: 1 },
    ],
  });
  expect((await store.pool.query<RowDataPacket[]>(count))[0]).toEqual(before);
});

test.each([
  ['an unknown customer', { customerId: 4_000_000 }, 'unknown_customer'],
  ['an unknown film', { lines: [{ movieId: 4_000_000, quantity: 1 }] }, 'unknown_film'],
  ['no lines', { lines: [] }, 'bad_input'],
  ['no key', { idempotencyKey: undefined }, 'bad_input'],
  ['half a piece', { lines: [{ movieId: 1, quantity: 0.5 }] }, 'bad_input'],
  ['a text for a film', { lines: [{ movieId: 'x', quantity: 1 }] }, 'bad_input'],
])('a placement with %s is refused', async (_, change, code) => {
  const good: PlaceOrderInput = {
    customerId: store.customerId,
    lines: [{ movieId: brazil, quantity: 1 }],
    idempotencyKey: crypto.randomUUID(),
  };
  expect(await placeOrder(store.pool, ZIX, { ...good, ...(change as object) })).toMatchObject({
    ok: false,
    code,
  });
});

test('numbers may come as a form sends them', async () => {
  const lines = [{ movieId: String(brazil), quantity: '1' }];
  const customerId = String(store.customerId);
  const answer = await placeOrder(store.pool, ZIX, {
    customerId,
    lines,
    idempotencyKey: crypto.randomUUID(),
  });
  expect(answer).toMatchObject({ ok: true });
});

test('an order worth more than its total can hold is refused', async () => {
  const dear = await store.addFilm({ stock: 9_999, price: '999999.99' });
  const dearer = await store.addFilm({ stock: 9_999, price: '999999.99' });
  const lines = [dear, dearer].map((movieId) => ({ movieId, quantity: 9_999 }));
  const { customerId } = store;
  expect(
    await placeOrder(store.pool, ZIX, { customerId, lines, idempotencyKey: crypto.randomUUID() }),
  ).toMatchObject({
    code: 'total_too_large',
  });
});

test('shipping or taking back more than there is names the films', async () => {
  const { pool, employeeId } = store;
  const orderId = await store.order({ movieId: brazil, quantity: 1 });
  await claimOrder(pool, ZIX, { orderId, employeeId });
  await packOrder(pool, ZIX, { orderId });
  const shipping = { orderId, carrier: 'GalEx', trackingNumber: 'GX' };
  const tooMany = [
    { movieId: brazil, quantity: 3 },
    { movieId: casablanca, quantity: 1 },
  ];
  expect(await shipOrder(pool, ZIX, { ...shipping, lines: tooMany })).toMatchObject({
    code: 'more_than_open',
    message: "Of 'Brazil', 1 can still be shipped, not 3. Of 'Casablanca', none can still be shipped, not 1.",
  });
  await shipOrder(pool, ZIX, shipping);
  const lines = [{ movieId: brazil, quantity: 2, disposition: 'restock' as const }];
  expect(await returnLines(pool, ZIX, { orderId, reason: 'Wrong', lines })).toMatchObject({
    code: 'more_than_shipped',
    message: "Of 'Brazil', 1 can come back, not 2.",
  });
});

describe('an order that somebody has', () => {
  const BRILL = { id: 9, name: 'Brill', role: 'employee' };
  const STRANGER = { id: 10, name: 'Nix', role: 'employee' };
  const LEADERS = ['supervisor', 'admin'].map((role, index) => ({ id: 20 + index, name: role, role }));
  const refusal = (orderId: number) => ({
    ok: false,
    code: 'not_your_order',
    message: `Order ${orderId} belongs to Zix. Only Zix or a supervisor can give it away: ask them.`,
  });
  beforeAll(() => store.addAccount(BRILL));

  const orderOfZix = async () => {
    const orderId = await store.order({ movieId: brazil, quantity: 1 });
    await claimOrder(store.pool, ZIX, { orderId, employeeId: store.employeeId });
    return orderId;
  };
  const isStillZixs = async (orderId: number) =>
    expect(await store.findOrder(orderId)).toMatchObject({
      status: 'assigned',
      employee_id: store.employeeId,
    });

  test('is not taken by a colleague: not by unassigning, assigning or claiming, nor by many at once', async () => {
    const { pool, otherEmployeeId: employeeId } = store;
    const orderId = await orderOfZix();
    for (const actor of [BRILL, STRANGER]) {
      expect(await unassignOrder(pool, actor, { orderId })).toMatchObject(refusal(orderId));
      expect(await assignOrder(pool, actor, { orderId, employeeId })).toMatchObject(refusal(orderId));
      expect(await claimOrder(pool, actor, { orderId, employeeId })).toMatchObject({
        code: 'already_assigned',
      });
      for (const bulk of [previewBulk, runBulk])
        expect(await bulk(pool, actor, 'assign', [orderId], { employeeId })).toMatchObject({
          results: [refusal(orderId)],
        });
      expect(await packOrder(pool, actor, { orderId: await orderOfZix() })).toMatchObject({ ok: true });
    }
    await isStillZixs(orderId);
  });

  test('is given away by whoever has it, and by who leads', async () => {
    const { pool, otherEmployeeId: employeeId } = store;
    for (const actor of [ZIX, ...LEADERS]) {
      expect(await unassignOrder(pool, actor, { orderId: await orderOfZix() })).toMatchObject({ ok: true });
      expect(await assignOrder(pool, actor, { orderId: await orderOfZix(), employeeId })).toMatchObject({
        ok: true,
      });
    }
  });
});

test('an employee who left, or does not exist, is given no work', async () => {
  const { pool, otherEmployeeId } = store;
  const orderId = await store.order({ movieId: brazil, quantity: 1 });
  await pool.query('UPDATE employees SET active = FALSE WHERE id = ?', [otherEmployeeId]);
  expect(await assignOrder(pool, ZIX, { orderId, employeeId: otherEmployeeId })).toMatchObject({
    code: 'inactive_employee',
    message: 'Brill no longer works here. Choose another employee.',
  });
  expect(await assignOrder(pool, ZIX, { orderId, employeeId: 4_000_000 })).toMatchObject({
    code: 'unknown_employee',
  });
  expect(await findEmployeeByEmail(pool, 'brill@gorak.example')).toEqual({
    id: otherEmployeeId,
    name: 'Brill',
    active: false,
  });
  expect(await findEmployeeByEmail(pool, 'nobody@gorak.example')).toBeNull();
});

test('stock is received, counted and written off with reasons, never below what orders hold', async () => {
  const { pool } = store;
  const movieId = await store.addFilm({ stock: 5, title: 'Fargo' });
  await store.order({ movieId, quantity: 3 });
  expect(await receiveStock(pool, ZIX, { movieId, quantity: 4, reason: 'Delivery' })).toEqual({
    ok: true,
    movieId,
    stock: 9,
    available: 6,
  });
  expect(await countStock(pool, ZIX, { movieId, counted: 7, reason: 'Inventory' })).toMatchObject({
    stock: 7,
    available: 4,
  });
  expect(await writeOffStock(pool, ZIX, { movieId, quantity: 1, reason: 'Broken' })).toMatchObject({
    stock: 6,
    available: 3,
  });
  expect(await writeOffStock(pool, ZIX, { movieId, quantity: 4, reason: 'Broken' })).toMatchObject({
    code: 'not_enough_stock',
    message: "Only 3 of 'Fargo' are available; 4 were asked for.",
  });
  expect(await countStock(pool, ZIX, { movieId, counted: 2, reason: 'Inventory' })).toMatchObject({
    code: 'reserved_by_orders',
    message: "Open orders hold 3 of 'Fargo'. Change or cancel some of them before correcting its stock to 2.",
  });
  expect(await receiveStock(pool, ZIX, { movieId, quantity: 4, reason: ' ' })).toMatchObject({
    fields: { reason: 'must be filled in' },
  });
  const reader = (await createTestReader(pool))();
  const movements = await findStockMovements(reader, movieId);
  expect(
    movements.map(({ stockDelta, reservedDelta, reason, note, actorName }) => [
      stockDelta,
      reservedDelta,
      reason,
      note,
      actorName,
    ]),
  ).toEqual([
    [-1, 0, 'written_off', 'Broken', 'Zix'],
    [-2, 0, 'counted', 'Inventory', 'Zix'],
    [4, 0, 'received', 'Delivery', 'Zix'],
    [0, 3, 'reserved', null, 'Zix'],
    [5, 0, 'outside', null, null],
  ]);
  expect((await findStockMovements(reader, movieId, 2)).map(({ reason }) => reason)).toEqual([
    'written_off',
    'counted',
  ]);
});
