import { expect, test } from 'vitest';
import { describeActivity } from '../../../src/orders/order-timeline.ts';

const titles = new Map([[1, 'Alien']]);

test('what the generic screens and other programs record is told by its name', () => {
  expect(describeActivity('updated', { lines: [] }, titles)).toBe('Updated.');
  expect(describeActivity('price_changed_by_hand', { lines: [] }, titles)).toBe('Price changed by hand.');
});

test('a film that is gone is told by its number, a cancelled order without lines as a whole', () => {
  const lines = [
    { movieId: 1, quantity: 2 },
    { movieId: 9, quantity: 1 },
  ];
  expect(describeActivity('order_placed', { lines }, titles)).toBe('Placed with 2 × Alien, 1 × film 9.');
  expect(describeActivity('order_cancelled', { lines: [] }, titles)).toBe('Cancelled everything.');
});

test('what may not be read of an activity is left out of its sentence', () => {
  const tell = (action: string, facts = {}) => describeActivity(action, { lines: [], ...facts }, titles);
  expect(tell('order_placed')).toBe('Placed.');
  expect(tell('order_lines_changed')).toBe('Changed the lines.');
  expect(tell('order_assigned')).toBe('Assigned.');
  expect(tell('order_shipped')).toBe('Shipped.');
  expect(tell('order_shipped', { trackingNumber: 'GX-1' })).toBe('Shipped, tracking number GX-1.');
  expect(tell('order_lines_returned')).toBe('Took back films.');
});

test.each([
  ['order_placed', {}, 'Placed with 2 × Mars Attacks!'],
  ['order_lines_changed', {}, 'Changed the lines: 2 × Mars Attacks!'],
  ['order_shipped', { trackingNumber: 'GX-1.' }, 'Shipped 2 × Mars Attacks!, tracking number GX-1.'],
  ['order_assigned', { employeeName: 'Zorg Inc.' }, 'Assigned to Zorg Inc.'],
])('a name that ends like a sentence takes no second full stop: %s', (action, facts, expected) => {
  const lines = [{ movieId: 2, quantity: 2 }];
  expect(describeActivity(action, { lines, ...facts }, new Map([[2, 'Mars Attacks!']]))).toBe(expected);
});
