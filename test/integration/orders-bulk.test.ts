import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { runBulk } from '../../src/orders/bulk.ts';
import { cancelOrder } from '../../src/orders/cancel-order.ts';
import { findOrderView } from '../../src/orders/order-view.ts';
import { previewBulk } from '../../src/orders/preview-bulk.ts';
import { createTestStore, type TestStore, ZIX } from '../support/order-book.ts';
import { createTestReader } from '../support/reader.ts';

let store: TestStore;
beforeAll(async () => {
  store = await createTestStore();
});
afterAll(() => store.drop());

async function placeMany(count: number, movieId: number): Promise<number[]> {
  const orderIds: number[] = [];
  while (orderIds.length < count) orderIds.push(await store.order({ movieId, quantity: 1 }));
  return orderIds;
}

test('50 orders of which 3 cannot be assigned: the preview and the run say 47 and 3', async () => {
  const movieId = await store.addFilm({ stock: 100, title: 'Alien' });
  const scarceId = await store.addFilm({ stock: 1, title: 'Brazil' });
  const orderIds = await placeMany(48, movieId);
  const cancelledId = orderIds[10] as number;
  await cancelOrder(store.pool, ZIX, { orderId: cancelledId });
  const shortId = await store.addOutsideOrder([{ movieId: scarceId, quantity: 2 }]);
  const missingId = 4_000_000;
  const selection = [...orderIds, shortId, missingId];
  const input = { employeeId: store.employeeId };

  const preview = await previewBulk(store.pool, ZIX, 'assign', selection, input);
  expect(preview).toMatchObject({ ok: true, doneCount: 47, refusedCount: 3 });
  expect(await store.findOrder(orderIds[0] as number)).toMatchObject({ status: 'placed', employee_id: null });

  const onProgress = vi.fn();
  const report = await runBulk(store.pool, ZIX, 'assign', selection, input, { onProgress });
  expect(report).toEqual(preview);
  if (!report.ok) throw new Error(report.message);
  expect(report.results.filter((result) => !result.ok)).toMatchObject([
    {
      orderId: cancelledId,
      ok: false,
      code: 'wrong_status',
      message: `Order ${cancelledId} is cancelled: only a placed, assigned, packed or partially shipped order can be assigned. Look at its page for what can be done now.`,
    },
    {
      orderId: shortId,
      ok: false,
      code: 'not_enough_stock',
      message: "Only 1 of 'Brazil' is available; 2 were asked for.",
    },
    {
      orderId: missingId,
      ok: false,
      code: 'unknown_order',
      message: `There is no order ${missingId}. It may have been deleted.`,
    },
  ]);
  expect(onProgress.mock.calls.length).toBe(50);
  expect(onProgress).toHaveBeenLastCalledWith(50, 50);
  for (const orderId of orderIds.filter((id) => id !== cancelledId))
    expect(await store.findOrder(orderId)).toMatchObject({
      status: 'assigned',
      employee_id: store.employeeId,
    });
});

test('assign, pack, ship and cancel many; the same key again has no second effect', async () => {
  const movieId = await store.addFilm({ stock: 10 });
  const orderIds = await placeMany(3, movieId);
  const run = async (step: 'assign' | 'pack' | 'ship' | 'cancel', input: object) => {
    const preview = await previewBulk(store.pool, ZIX, step, orderIds, input);
    const report = await runBulk(store.pool, ZIX, step, orderIds, input);
    expect(report).toEqual(preview);
    return report;
  };
  expect(await run('assign', { employeeId: store.employeeId })).toMatchObject({ doneCount: 3 });
  expect(await run('pack', {})).toMatchObject({ doneCount: 3, results: [{ status: 'packed' }, {}, {}] });
  const trackingNumbers = Object.fromEntries(orderIds.map((id) => [id, `GX-${id}`]));
  const shipping = { carrier: 'GalEx', trackingNumbers, idempotencyKey: 'run-1' };
  const shipped = await runBulk(store.pool, ZIX, 'ship', orderIds, shipping);
  expect(shipped).toMatchObject({ doneCount: 3, results: [{ status: 'shipped' }, {}, {}] });
  expect(await runBulk(store.pool, ZIX, 'ship', orderIds, shipping)).toEqual(shipped);
  expect(
    (await findOrderView((await createTestReader(store.pool))(), String(orderIds[0])))?.shipments,
  ).toHaveLength(1);
  expect(await run('cancel', { reason: 'Too late' })).toMatchObject({ doneCount: 0, refusedCount: 3 });
});

test('many orders are shipped with a number each: one that is missing or given twice stays behind', async () => {
  const movieId = await store.addFilm({ stock: 20 });
  const orderIds = await placeMany(6, movieId);
  await runBulk(store.pool, ZIX, 'assign', orderIds, { employeeId: store.employeeId });
  await runBulk(store.pool, ZIX, 'pack', orderIds, {});
  const [good, missing, empty, twice, again, alone] = orderIds as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (const bulk of [previewBulk, runBulk])
    expect(
      await bulk(store.pool, ZIX, 'ship', orderIds, { carrier: 'GalEx', trackingNumber: 'GX-1' }),
    ).toMatchObject({ code: 'bad_input', fields: { trackingNumbers: 'must be given, one for each order' } });
  const trackingNumbers = {
    [good]: 'A 1',
    [empty]: ' ',
    [twice]: 'B-2',
    [again]: 'b -2',
    [alone]: 'C-3',
    999: 'A1 ',
  };
  const input = { carrier: 'GalEx', trackingNumbers };
  const refusals = [
    { orderId: good, ok: false, code: 'tracking_number_repeated' },
    { orderId: missing, ok: false, code: 'no_tracking_number' },
    { orderId: empty, ok: false, code: 'no_tracking_number' },
    {
      orderId: twice,
      ok: false,
      code: 'tracking_number_repeated',
      message: `Tracking number B-2 is given to order ${again}, too. Every parcel has its own.`,
    },
    { orderId: again, ok: false, code: 'tracking_number_repeated' },
  ];
  const results = [...refusals, { orderId: alone, ok: true, status: 'shipped' }];
  expect(await previewBulk(store.pool, ZIX, 'ship', orderIds, input)).toMatchObject({ results });
  // Sent in parts, every part brings all of the numbers.
  expect(await runBulk(store.pool, ZIX, 'ship', [again], input)).toMatchObject({ results: [refusals[4]] });
  expect(await runBulk(store.pool, ZIX, 'ship', orderIds, input)).toMatchObject({ results });
  const [shipments] = await store.pool.query(
    'SELECT order_id, carrier, tracking_number FROM shipments WHERE order_id IN (?)',
    [orderIds],
  );
  expect(shipments).toEqual([{ order_id: alone, carrier: 'GalEx', tracking_number: 'C-3' }]);
});

test('a preview serves scarce stock in the order given, as the run does', async () => {
  const movieId = await store.addFilm({ stock: 3, title: 'Casablanca' });
  const orderIds = [
    await store.addOutsideOrder([{ movieId, quantity: 2 }]),
    await store.addOutsideOrder([{ movieId, quantity: 2 }]),
    await store.addOutsideOrder([{ movieId, quantity: 1 }]),
  ];
  const input = { employeeId: store.employeeId };
  const preview = await previewBulk(store.pool, ZIX, 'assign', orderIds, input);
  expect(preview).toMatchObject({
    results: [{ ok: true }, { ok: false, code: 'not_enough_stock' }, { ok: true }],
  });
  expect(await runBulk(store.pool, ZIX, 'assign', orderIds, input)).toEqual(preview);
});

test('bad input is refused as a whole, before any order', async () => {
  const [orderId = 0] = await placeMany(1, await store.addFilm({ stock: 1 }));
  for (const call of [previewBulk, runBulk]) {
    expect(await call(store.pool, ZIX, 'ship', [orderId], { carrier: ' ' })).toMatchObject({
      code: 'bad_input',
      fields: { carrier: 'must be filled in', trackingNumbers: 'must be given, one for each order' },
    });
    expect(await call(store.pool, ZIX, 'pack', [], {})).toMatchObject({
      fields: { orderIds: 'must name at least one order' },
    });
  }
});

test('a fault in one order stops no other and is told', async () => {
  const orderIds = await placeMany(3, await store.addFilm({ stock: 10 }));
  const broken = orderIds[1] as number;
  // The middle order's activity cannot be written.
  await store.pool.query(
    `CREATE TRIGGER break_one BEFORE INSERT ON panel_activity FOR EACH ROW
     BEGIN IF NEW.record_id = '${broken}' THEN SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 1021, MESSAGE_TEXT = 'disk full'; END IF; END`,
  );
  const onFault = vi.fn();
  const input = { employeeId: store.employeeId };
  const report = await runBulk(store.pool, ZIX, 'assign', orderIds, input, { onFault });
  await store.pool.query('DROP TRIGGER break_one');
  expect(report).toMatchObject({
    doneCount: 2,
    results: [{ ok: true }, { orderId: broken, ok: false, code: 'fault' }, { ok: true }],
  });
  expect(onFault).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ message: 'disk full' }), broken);
});
