import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordActivity } from '../../src/database/activity.ts';
import type { Queryable, RowDataPacket } from '../../src/database/pool.ts';
import { addNote } from '../../src/orders/add-note.ts';
import { assignOrder, claimOrder, unassignOrder } from '../../src/orders/assign-order.ts';
import { cancelOrder } from '../../src/orders/cancel-order.ts';
import { changeLines } from '../../src/orders/change-lines.ts';
import { deliverOrder } from '../../src/orders/deliver-order.ts';
import { findPriceChanges } from '../../src/orders/find-price-changes.ts';
import { holdOrder, releaseOrder } from '../../src/orders/hold-order.ts';
import { findOrderSheets } from '../../src/orders/order-sheets.ts';
import { findOrderView } from '../../src/orders/order-view.ts';
import { packOrder } from '../../src/orders/pack-order.ts';
import { returnLines } from '../../src/orders/return-lines.ts';
import { shipOrder } from '../../src/orders/ship-order.ts';
import type { ReadContext } from '../../src/resources/panel-context.ts';
import { createTestStore, type TestStore, ZIX } from '../support/order-book.ts';
import { createTestReader } from '../support/reader.ts';

const ORLA_SEEN = { name: 'Orla', role: 'supervisor' };

let store: TestStore;
let reader: (db?: Queryable) => ReadContext;
let alien: number;
let brazil: number;
let casablanca: number;
beforeAll(async () => {
  store = await createTestStore();
  reader = await createTestReader(store.pool);
  alien = await store.addFilm({ stock: 10, title: 'Alien', price: '0.10' });
  brazil = await store.addFilm({ stock: 10, title: 'Brazil', price: '20.05' });
  casablanca = await store.addFilm({ stock: 10, title: 'Casablanca', price: '3.33' });
});
afterAll(() => store.drop());

test("an order's life, told by its page: lines, shipments, money, steps and who did what in order", async () => {
  const { pool, employeeId, otherEmployeeId } = store;
  const orderId = await store.order(
    { movieId: alien, quantity: 2 },
    { movieId: brazil, quantity: 1 },
    { movieId: alien, quantity: 1 },
  );
  await pool.query('UPDATE movies SET price = 99 WHERE id = ?', [alien]);
  const supervisor = { id: 8, name: 'Orla', role: 'supervisor' };
  const answers = [
    await changeLines(pool, ZIX, {
      orderId,
      lines: [
        { movieId: casablanca, quantity: 1 },
        { movieId: alien, quantity: 2 },
      ],
    }),
    await claimOrder(pool, ZIX, { orderId, employeeId }),
    await unassignOrder(pool, ZIX, { orderId }),
    await assignOrder(pool, supervisor, { orderId, employeeId: otherEmployeeId }),
    await holdOrder(pool, ZIX, { orderId, reason: 'Address unclear' }),
    await addNote(pool, ZIX, { orderId, note: 'Called the customer.' }),
    await releaseOrder(pool, ZIX, { orderId, reason: 'Address found' }),
    await packOrder(pool, ZIX, { orderId }),
    await shipOrder(pool, ZIX, {
      orderId,
      carrier: 'GalEx',
      trackingNumber: 'GX-1',
      lines: [{ movieId: alien, quantity: 2 }],
    }),
    await cancelOrder(pool, supervisor, { orderId, reason: 'Customer moved' }),
    await deliverOrder(pool, ZIX, { orderId }),
    await returnLines(pool, ZIX, {
      orderId,
      reason: 'Scratched',
      lines: [{ movieId: alien, quantity: 1, disposition: 'write_off' }],
    }),
  ];
  expect(answers.filter((answer) => !answer.ok)).toEqual([]);

  const view = await findOrderView(reader(), String(orderId));
  expect(view).toMatchObject({
    id: orderId,
    status: 'delivered',
    onHold: false,
    customer: { name: 'Gax', planet: 'Ork' },
    employee: { id: otherEmployeeId, name: 'Brill' },
    lines: [
      {
        title: 'Alien',
        quantity: 2,
        unitPrice: '0.10',
        lineTotal: '0.20',
        shipped: 2,
        returned: 1,
        open: 0,
        available: 8,
      },
      { title: 'Brazil', quantity: 1, cancelled: 1, lineTotal: '0.00', open: 0 },
      { title: 'Casablanca', quantity: 1, cancelled: 1, unitPrice: '3.33' },
    ],
    shipments: [
      {
        carrier: 'GalEx',
        trackingNumber: 'GX-1',
        deliveredAt: expect.stringMatching(/^\d{4}-/),
        items: [{ movieId: alien, title: 'Alien', quantity: 2 }],
      },
    ],
    money: { ordered: '23.58', cancelled: '23.38', total: '0.20', shipped: '0.20', returned: '0.10' },
  });
  expect((await store.findOrder(orderId)).total).toBe(view?.money?.total);
  expect(view?.timeline.map(({ actor, sentence }) => `${actor?.name}: ${sentence}`)).toEqual([
    'Zix: Placed with 3 × Alien, 1 × Brazil.',
    'Zix: Changed the lines: Alien 3 → 2, Casablanca 0 → 1.',
    'Zix: Claimed.',
    'Zix: Put back among the unassigned.',
    'Orla: Assigned to Brill.',
    'Zix: Put on hold: Address unclear',
    'Zix: Noted: Called the customer.',
    'Zix: Released: Address found',
    'Zix: Packed.',
    'Zix: Part shipped 2 × Alien with GalEx, tracking number GX-1; 2 left to ship.',
    'Orla: Cancelled the rest, 1 × Brazil, 1 × Casablanca: Customer moved',
    'Zix: Delivered.',
    'Zix: Took back 1 × Alien (written off): Scratched',
  ]);
});

describe('the price of a film', () => {
  const ORLA = { id: 8, name: 'Orla', role: 'supervisor' };
  const setPrice = async (movieId: number, before: string, after: string) => {
    await store.pool.query('UPDATE movies SET price = ? WHERE id = ?', [after, movieId]);
    const details = { before: { price: before }, after: { price: after } };
    const film = { table: 'movies', recordId: String(movieId), action: 'record_updated' };
    await recordActivity(store.pool, ORLA, { ...film, details });
  };
  const told = async (orderId: number, context = reader()) =>
    (await findOrderView(context, String(orderId)))?.timeline.map(
      ({ actor, sentence }) => `${actor?.name}: ${sentence}`,
    );

  test('changed for one order and set back is told with that order, and on the page of the film', async () => {
    const movieId = await store.addFilm({ stock: 9, title: 'Gattaca', price: '9.00' });
    await setPrice(movieId, '9.00', '9.5');
    await setPrice(movieId, '9.50', '0');
    const orderId = await store.order({ movieId, quantity: 1 });
    await setPrice(movieId, '0.00', '9.50');
    await setPrice(movieId, '9.50', '9.75');
    expect(await told(orderId)).toEqual([
      'Orla: Price of Gattaca changed: 9.50 → 0.00.',
      'Zix: Placed with 1 × Gattaca.',
      'Orla: Price of Gattaca changed: 0.00 → 9.50.',
    ]);
    expect((await findOrderView(reader(), String(orderId)))?.lines).toMatchObject([
      { unitPrice: '0.00', priceNow: '9.75' },
    ]);
    expect(await findPriceChanges(reader(), [movieId])).toMatchObject([
      { from: '9.00', to: '9.50', actor: ORLA_SEEN, at: expect.stringMatching(/Z$/) },
      { from: '9.50', to: '0.00' },
      { from: '0.00', to: '9.50' },
      { from: '9.50', to: '9.75' },
    ]);
  });

  test('changed by another program shows where the next change begins, or the price is', async () => {
    const movieId = await store.addFilm({ stock: 9, price: '5.00' });
    await setPrice(movieId, '5.00', '6.00');
    await setPrice(movieId, '0.01', '7.00');
    await store.pool.query('UPDATE movies SET price = 8 WHERE id = ?', [movieId]);
    expect(await findPriceChanges(reader(), [movieId])).toMatchObject([
      { from: '5.00', to: '6.00', actor: ORLA_SEEN },
      { from: '6.00', to: '0.01', actor: null, at: expect.any(String) },
      { from: '0.01', to: '7.00', actor: ORLA_SEEN },
      { from: '7.00', to: '8.00', actor: null, at: null },
    ]);
  });

  test('a film that came in later is told by the price of that moment', async () => {
    const movieId = await store.addFilm({ stock: 9, title: 'Heat', price: '9.00' });
    const orderId = await store.order({ movieId: casablanca, quantity: 1 });
    await setPrice(movieId, '9.00', '1.00');
    await changeLines(store.pool, ZIX, { orderId, lines: [{ movieId, quantity: 1 }] });
    expect(await told(orderId)).toEqual([
      'Zix: Placed with 1 × Casablanca.',
      'Orla: Price of Heat changed: 9.00 → 1.00.',
      'Zix: Changed the lines: Heat 0 → 1.',
    ]);
  });

  test('is not told to who may not read it', async () => {
    const movieId = await store.addFilm({ stock: 9, price: '9.00' });
    await setPrice(movieId, '9.00', '0.00');
    const orderId = await store.order({ movieId, quantity: 1 });
    const configs = [{ table: 'movies', columns: { price: { read: ['admin' as const] } } }];
    const employee = (await createTestReader(store.pool, { role: 'employee', configs }))();
    expect(await findPriceChanges(employee, [movieId])).toEqual([]);
    expect(await told(orderId, employee)).toHaveLength(1);
    expect((await findOrderView(employee, String(orderId)))?.lines[0]?.priceNow).toBeUndefined();
  });
});

test('every command leaves exactly one row that names who did it', async () => {
  const { pool, employeeId } = store;
  const orderId = await store.order({ movieId: brazil, quantity: 1 });
  await claimOrder(pool, ZIX, { orderId, employeeId });
  await claimOrder(pool, ZIX, { orderId, employeeId });
  await cancelOrder(pool, ZIX, { orderId });
  const [rows] = await pool.query<RowDataPacket[]>(
    "SELECT actor_id, actor_name, actor_role, action FROM panel_activity WHERE table_name = 'orders' AND record_id = ? ORDER BY id",
    [String(orderId)],
  );
  const who = { actor_id: 7, actor_name: 'Zix', actor_role: 'employee' };
  expect(rows).toEqual([
    { ...who, action: 'order_placed' },
    { ...who, action: 'order_claimed' },
    { ...who, action: 'order_cancelled' },
  ]);
});

test('an order from outside begins its timeline with being placed; one that does not exist has no page', async () => {
  const orderId = await store.addOutsideOrder([{ movieId: brazil, quantity: 1 }]);
  const view = await findOrderView(reader(), String(orderId));
  expect(view?.timeline).toEqual([
    { at: view?.placedAt, actor: null, action: 'order_placed', sentence: 'Placed outside the panel.' },
  ]);
  expect(await findOrderView(reader(), '4000000')).toBeNull();
});

test('the papers of many orders take as many statements as those of one', async () => {
  const movieId = await store.addFilm({ stock: 9 });
  const orderIds = [await store.order({ movieId, quantity: 1 }), await store.order({ movieId, quantity: 2 })];
  let queries = 0;
  const query = (sql: string, values: unknown[]) => {
    queries += 1;
    return store.pool.query(sql, values);
  };
  const counting = reader({ query: query as Queryable['query'] });
  await findOrderSheets(counting, orderIds.slice(0, 1));
  const queriesOfOne = queries;
  const sheets = await findOrderSheets(counting, [4_000_000, ...orderIds.reverse()]);
  expect(sheets.map(({ id, lines }) => [id, lines.map((line) => line.open)])).toEqual([
    [orderIds[0], [2]],
    [orderIds[1], [1]],
  ]);
  expect(queries).toBe(2 * queriesOfOne);
});
