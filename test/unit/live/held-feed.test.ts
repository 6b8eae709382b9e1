import { expect, test } from 'vitest';
import type { ChangeFeed } from '../../../src/changes/change-feed.ts';
import type { Transaction } from '../../../src/changes/transaction.ts';
import { HeldFeed } from '../../../src/live/held-feed.ts';

const transactionOf = (cursor: string): Transaction => ({
  cursor,
  at: '2026-01-01T00:00:00.000Z',
  actor: null,
  changes: [],
  dirty: [],
});

/** A feed at a cursor that each commit moves on, held where told. */
function createFeed() {
  const past: Transaction[] = [];
  const source = {
    get head() {
      return past.at(-1)?.cursor ?? 'a';
    },
    since: (cursor: string) => past.filter((transaction) => transaction.cursor > cursor),
  };
  const errors: unknown[] = [];
  const held = new HeldFeed(source as unknown as ChangeFeed, (error) => errors.push(error));
  const told: string[] = [];
  held.onTransaction(({ cursor }) => told.push(cursor));
  const commit = (cursor: string) => {
    const transaction = transactionOf(cursor);
    past.push(transaction);
    held.take(transaction);
  };
  const missed = () => held.since('a')?.map(({ cursor }) => cursor);
  return { held, told, errors, commit, missed };
}

test('what came while a feed was held is told in order once nobody holds it', () => {
  const { held, told, commit } = createFeed();
  commit('b');
  held.hold('one');
  held.hold('other');
  commit('c');
  commit('d');
  held.release('one');
  expect(told).toEqual(['b']);
  held.release('other');
  commit('e');
  expect(told).toEqual(['b', 'c', 'd', 'e']);
});

test('one that is held by a listener tells no more before it is released', () => {
  const { held, told, commit } = createFeed();
  held.hold('one');
  commit('b');
  commit('c');
  held.onTransaction(({ cursor }) => cursor === 'b' && held.hold('listener'));
  held.release('one');
  expect(told).toEqual(['b']);
  held.release('listener');
  expect(told).toEqual(['b', 'c']);
});

test('its head and its past are those that were told', () => {
  const { held, commit, missed } = createFeed();
  commit('b');
  held.hold('one');
  expect(held.head).toBe('b');
  commit('c');
  expect([held.head, missed()]).toEqual(['b', ['b']]);
  held.release('one');
  expect([held.head, missed()]).toEqual(['c', ['b', 'c']]);
});

test('a listener that fails keeps a commit from no other', () => {
  const { held, errors, commit } = createFeed();
  const heard: string[] = [];
  held.onTransaction(() => {
    throw new Error('no');
  });
  held.onTransaction(({ cursor }) => heard.push(cursor));
  commit('b');
  expect([heard, errors.length]).toEqual([['b'], 1]);
});
