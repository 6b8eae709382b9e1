import { afterAll, beforeAll, expect, test } from 'vitest';
import { ORDER_STEPS, type OrderStep } from '../../src/orders/order-status.ts';
import { ORDER_STATUSES, type OrderStatus } from '../../src/orders/order-statuses.ts';
import { reconcileStock } from '../../src/orders/reconcile-stock.ts';
import { runOrderStep } from '../../src/orders/run-order-step.ts';
import { createTestStore, type TestStore, ZIX } from '../support/order-book.ts';

let store: TestStore;
let movieId: number;
beforeAll(async () => {
  store = await createTestStore();
  movieId = await store.addFilm({ stock: 10_000 });
});
afterAll(() => store.drop());

const shipping = { carrier: 'GalEx', trackingNumber: 'GX-1' };

/** How each state is reached from a fresh order of three pieces. */
const PATHS: Record<OrderStatus, [OrderStep, object][]> = {
  placed: [],
  assigned: [['claim', {}]],
  packed: [
    ['claim', {}],
    ['pack', {}],
  ],
  partially_shipped: [
    ['claim', {}],
    ['pack', {}],
    ['ship', { ...shipping, pieces: 1 }],
  ],
  shipped: [
    ['claim', {}],
    ['pack', {}],
    ['ship', shipping],
  ],
  delivered: [
    ['claim', {}],
    ['pack', {}],
    ['ship', shipping],
    ['deliver', {}],
  ],
  cancelled: [['cancel', {}]],
  returned: [
    ['claim', {}],
    ['pack', {}],
    ['ship', shipping],
    ['return', { pieces: 3 }],
  ],
};

const INPUTS: Record<OrderStep, object> = {
  changeLines: { pieces: 5 },
  claim: {},
  assign: {},
  unassign: {},
  pack: {},
  ship: shipping,
  deliver: {},
  return: { pieces: 1 },
  hold: {},
  release: {},
  cancel: {},
  note: {},
};

/** Every pair that is possible, with the state it leads to; every other pair is refused. */
const EXPECTED: Record<OrderStatus, Partial<Record<OrderStep, OrderStatus>>> = {
  placed: {
    changeLines: 'placed',
    claim: 'assigned',
    assign: 'assigned',
    hold: 'placed',
    cancel: 'cancelled',
  },
  assigned: {
    changeLines: 'assigned',
    assign: 'assigned',
    unassign: 'placed',
    pack: 'packed',
    hold: 'assigned',
    cancel: 'cancelled',
  },
  packed: { assign: 'packed', ship: 'shipped', hold: 'packed', cancel: 'cancelled' },
  partially_shipped: {
    assign: 'partially_shipped',
    ship: 'shipped',
    hold: 'partially_shipped',
    cancel: 'shipped',
    return: 'partially_shipped',
  },
  shipped: { deliver: 'delivered', return: 'shipped' },
  delivered: { return: 'delivered' },
  cancelled: {},
  returned: {},
};

function take(step: OrderStep, orderId: number, employeeId: number, extra: object) {
  const { pieces, ...rest } = extra as { pieces?: number };
  const lines = pieces && [{ movieId, quantity: pieces, disposition: 'restock' }];
  const text = { reason: 'because', note: 'a note' };
  return runOrderStep(store.pool, ZIX, step, {
    orderId,
    employeeId,
    ...text,
    ...rest,
    ...(lines && { lines }),
  });
}

async function createOrder(status: OrderStatus): Promise<number> {
  const orderId = await store.order({ movieId, quantity: 3 });
  for (const [step, extra] of PATHS[status])
    expect(await take(step, orderId, store.employeeId, extra)).toMatchObject({ ok: true });
  expect(await store.findOrder(orderId)).toMatchObject({ status });
  return orderId;
}

const steps = Object.keys(ORDER_STEPS) as OrderStep[];
const pairs = ORDER_STATUSES.flatMap((status) => steps.map((step) => ({ status, step })));

test.each(pairs)('$step of an order that is $status', async ({ status, step }) => {
  const orderId = await createOrder(status);
  const before = { order: await store.findOrder(orderId), lines: await store.findLines(orderId) };
  const film = await store.findFilm(movieId);
  const answer = await take(step, orderId, store.otherEmployeeId, INPUTS[step]);
  const expected = step === 'note' ? status : EXPECTED[status][step];
  if (expected) {
    expect(answer).toMatchObject({ ok: true, orderId, status: expected });
    expect(await store.findOrder(orderId)).toMatchObject({ status: expected });
  } else {
    expect(answer).toMatchObject({ ok: false, message: expect.stringContaining(`Order ${orderId}`) });
    expect({ order: await store.findOrder(orderId), lines: await store.findLines(orderId) }).toEqual(before);
    expect(await store.findFilm(movieId)).toEqual(film);
  }
});

test.each(pairs.filter(({ status }) => EXPECTED[status].hold))(
  '$step of an order that is $status and on hold',
  async ({ status, step }) => {
    const orderId = await createOrder(status);
    await take('hold', orderId, store.employeeId, {});
    const answer = await take(step, orderId, store.otherEmployeeId, INPUTS[step]);
    const isPossible = ['release', 'cancel', 'note'].includes(step);
    expect(answer.ok, JSON.stringify(answer)).toBe(isPossible);
    expect((await store.findOrder(orderId)).on_hold).toBe(step === 'release' || step === 'cancel' ? 0 : 1);
  },
);

test('of a partly shipped order what left can come back; with the rest cancelled, it is returned', async () => {
  const orderId = await createOrder('partially_shipped');
  const steps: [OrderStep, object, OrderStatus][] = [
    ['return', { pieces: 1 }, 'partially_shipped'],
    ['ship', { ...shipping, pieces: 1 }, 'partially_shipped'],
    ['return', { pieces: 1 }, 'partially_shipped'],
    ['cancel', {}, 'returned'],
  ];
  for (const [step, extra, status] of steps)
    expect(await take(step, orderId, store.employeeId, extra)).toMatchObject({ ok: true, status });
  expect(await store.findLines(orderId)).toMatchObject([
    { quantity: 3, held_quantity: 0, shipped_quantity: 2, cancelled_quantity: 1, returned_quantity: 2 },
  ]);
});

test('the figures agree after all that', async () => {
  expect(await reconcileStock(store.pool)).toEqual([]);
});
