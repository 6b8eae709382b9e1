import { expect, test } from 'vitest';
import { allowedSteps, decideStep, describeStatus, ORDER_STEPS } from '../../../src/orders/order-status.ts';
import { OPEN_STATUSES, ORDER_STATUSES, type OrderStatus } from '../../../src/orders/order-statuses.ts';

const order = (status: OrderStatus, holdReason: string | null = null) => ({
  id: 12,
  status,
  onHold: holdReason !== null,
  holdReason,
});

test('every state can be reached from a placed order, and the steps lead to known states alone', () => {
  const reached = new Set<OrderStatus>(['placed']);
  for (const status of reached)
    for (const { moves } of Object.values(ORDER_STEPS))
      for (const next of moves[status] ?? []) reached.add(next);
  expect([...reached].sort()).toEqual([...ORDER_STATUSES].sort());
});

test('a state in which nothing can be done but write a note is an end: cancelled and returned', () => {
  const ends = ORDER_STATUSES.filter((status) => allowedSteps(order(status)).join() === 'note');
  expect(ends).toEqual(['cancelled', 'returned']);
});

test('every open state can be held, and on hold allows release, cancel and note alone', () => {
  for (const status of OPEN_STATUSES) {
    expect(allowedSteps(order(status))).toContain('hold');
    expect(allowedSteps(order(status, 'Address unclear'))).toEqual(['release', 'cancel', 'note']);
  }
});

test.each([
  ['placed', 'pack', 'Order 12 is placed: only an assigned order can be packed. Assign it first.'],
  [
    'assigned',
    'ship',
    'Order 12 is assigned: only a packed or partially shipped order can be shipped. Pack it first.',
  ],
  [
    'partially_shipped',
    'deliver',
    'Order 12 is partially shipped: only a shipped order can be marked delivered. Ship or cancel what is left first.',
  ],
  [
    'shipped',
    'ship',
    'Order 12 is shipped: only a packed or partially shipped order can be shipped. Look at its page for what can be done now.',
  ],
] as const)('%s → %s is refused in words that say what to do', (status, step, message) => {
  expect(decideStep(order(status), step)).toMatchObject({ ok: false, code: 'wrong_status', message });
});

test('a hold is refused and told with its reason', () => {
  expect(decideStep(order('assigned', 'Address unclear'), 'pack')).toMatchObject({
    code: 'on_hold',
    message: 'Order 12 is on hold (Address unclear). Release it first.',
  });
  expect(decideStep(order('assigned'), 'release')).toMatchObject({ code: 'not_on_hold' });
});

test('statuses have words', () => {
  expect(describeStatus('partially_shipped')).toBe('partially shipped');
});
