import { expect, test } from 'vitest';
import type { LiveChange, LiveRow } from '../../../../src/live/protocol.ts';
import { describeEvents } from '../../../../src/ui/supervisor/order-events.ts';

const ROW: LiveRow = { id: 7, status: 'placed', on_hold: false, employee_id: null, total: '9.99' };
const EMPLOYEES = { 3: { name: 'Brill', isActive: true } };
const ZIX = { id: 1, name: 'Zix', role: 'employee' };

const update = (after: LiveRow, before: LiveRow = {}): LiveChange => ({
  table: 'orders',
  id: '7',
  kind: 'update',
  before: { ...ROW, ...before },
  after: { ...ROW, ...before, ...after },
});
const insert = (table: string, after: LiveRow): LiveChange => ({
  table,
  id: '1',
  kind: 'insert',
  before: null,
  after,
});
const tell = (...changes: LiveChange[]) =>
  describeEvents({ cursor: 'c', at: '2026-11-22T17:43:29.279Z', actor: ZIX, changes }, EMPLOYEES).map(
    ({ orderId, orderCount, deed, employeeName }) =>
      `${orderId}${orderCount > 1 ? ` of ${orderCount}` : ''} ${deed}${employeeName ? ` to ${employeeName}` : ''}`,
  );

test.each([
  ['7 placed', [insert('orders', ROW), update({ total: '12.00' })]],
  ['7 assigned to Brill', [update({ status: 'assigned', employee_id: 3 })]],
  ['7 unassigned', [update({ status: 'placed', employee_id: null }, { status: 'assigned', employee_id: 3 })]],
  ['7 put on hold', [update({ on_hold: true })]],
  ['7 released', [update({ on_hold: false }, { on_hold: true })]],
  ['7 lines changed', [update({ total: '1.00' })]],
  ['7 part shipped', [insert('shipments', { id: 1, order_id: 7 })]],
  [
    '7 part shipped',
    [
      insert('shipments', { id: 1, order_id: 7 }),
      update({ status: 'partially_shipped' }, { status: 'packed' }),
    ],
  ],
  [
    '7 shipped',
    [update({ status: 'shipped' }, { status: 'packed' }), insert('shipments', { id: 1, order_id: 7 })],
  ],
  [
    '7 shipped',
    [insert('shipments', { id: 1, order_id: 7 }), update({ status: 'shipped' }, { status: 'packed' })],
  ],
  [
    '7 rest cancelled',
    [update({ total: '1.00' }), update({ status: 'shipped' }, { status: 'partially_shipped' })],
  ],
  ['7 part taken back', [insert('stock_movements', { id: 1, order_id: 7, reason: 'returned' })]],
  [
    '7 taken back',
    [
      insert('stock_movements', { id: 1, order_id: 7, reason: 'returned' }),
      update({ status: 'returned' }, { status: 'shipped' }),
    ],
  ],
  ['7 deleted', [{ table: 'orders', id: '7', kind: 'delete', before: ROW, after: null }]],
] as [string, LiveChange[]][])('%s', (told, changes) => {
  expect(tell(...changes)).toEqual([told]);
});

test('the stock that an order reserves is no deed of its own', () => {
  expect(tell(insert('stock_movements', { id: 1, order_id: 7, reason: 'reserved' }))).toEqual([]);
  expect(tell(insert('stock_movements', { id: 1, order_id: null, reason: 'written_off' }))).toEqual([]);
});

test('what was done with many orders at once is one event', () => {
  const cancel = (id: number) => update({ id, status: 'cancelled' });
  expect(tell(cancel(1), cancel(2), cancel(3))).toEqual(['3 cancelled', '2 cancelled', '1 cancelled']);
  expect(tell(...[1, 2, 3, 4].map(cancel), update({ id: 9, on_hold: true }))).toEqual([
    '9 put on hold',
    '1 of 4 cancelled',
  ]);
});
