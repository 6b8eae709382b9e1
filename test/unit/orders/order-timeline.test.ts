import { expect, test } from 'vitest';
import { decideTimeline, describeActivity } from '../../../src/orders/order-timeline.ts';

const titles = new Map([[1, 'Alien']]);
const zix = { name: 'Zix', role: 'employee' };

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

test('the moment of placing comes first where nobody of ours placed the order', () => {
  const claimed = {
    at: '2026-01-02 00:00:00.000',
    actor: zix,
    action: 'order_claimed',
    details: { lines: [] },
  };
  const placed = { ...claimed, at: '2026-01-01 00:00:00.000', action: 'order_placed' };
  const times = (entries: (typeof claimed)[]) =>
    decideTimeline('2026-01-01 00:00:00.000', entries, titles).map(({ action, actor }) => [
      action,
      actor?.name,
    ]);
  expect(times([claimed])).toEqual([
    ['order_placed', undefined],
    ['order_claimed', 'Zix'],
  ]);
  expect(times([placed, claimed])).toEqual([
    ['order_placed', 'Zix'],
    ['order_claimed', 'Zix'],
  ]);
});
