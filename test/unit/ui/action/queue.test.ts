import { expect, test } from 'vitest';
import { findActiveQueue, hasFilters, type Queue, queueSearch } from '../../../../src/ui/action/queue.ts';

const queue = (name: string, query: Queue['query']): Queue => ({
  name,
  query,
  label: name,
  tone: 'info',
  count: 1,
});
const toPack = queue('to_pack', { 'filters.status': ['assigned'], 'filters.on_hold': 'false' });
const late = queue('late', {
  'filters.status': ['placed', 'packed'],
  'filters.placed_at.to': '2026-11-20T10:00:00.000Z',
});
const queues = [toPack, late];

test('a queue is active on the list that its own link opens', () => {
  expect(findActiveQueue(queues, queueSearch(toPack))).toBe(toPack);
  expect(findActiveQueue(queues, `${queueSearch(late)}&page=2`)).toBe(late);
});

test('a queue of what is late stays active while its moment moves on', () => {
  const earlier = queueSearch(late).replace('2026-11-20', '2026-11-19');
  expect(findActiveQueue(queues, earlier)).toBe(late);
});

test('another filter is no queue', () => {
  expect(findActiveQueue(queues, '?filters.status=assigned')).toBeUndefined();
  expect(findActiveQueue(queues, `${queueSearch(toPack)}&filters.id=3`)).toBeUndefined();
  expect(findActiveQueue(queues, queueSearch(toPack).replace('assigned', 'packed'))).toBeUndefined();
});

test('paging and search words are no filters', () => {
  expect(hasFilters('?page=2&q=alien')).toBe(false);
  expect(hasFilters('?filters.id=3')).toBe(true);
});
