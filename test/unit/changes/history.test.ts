import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { History } from '../../../src/changes/history.ts';
import type { Transaction } from '../../../src/changes/transaction.ts';

const transaction = (cursor: string): Transaction => ({
  cursor,
  at: '',
  actor: null,
  changes: [],
  dirty: [],
});
const LIMITS = { transactions: 3, bytes: 100, ageMs: 1_000 };

function createHistory(now: () => number = () => 0): History {
  const history = new History(LIMITS, now);
  history.restart('a');
  return history;
}

const cursors = (transactions: readonly Transaction[] | null) => transactions?.map(({ cursor }) => cursor);

test('what came after a cursor is told in order; nothing after the newest', () => {
  const history = createHistory();
  for (const cursor of ['b', 'c', 'd']) history.add(transaction(cursor), 10);
  expect(cursors(history.since('a'))).toEqual(['b', 'c', 'd']);
  expect(cursors(history.since('c'))).toEqual(['d']);
  expect(history.since('d')).toEqual([]);
  expect(history.head).toBe('d');
});

test.each(['', 'bb', 'e', '0'])('a cursor that is none of its own is not known: %j', (cursor) => {
  const history = createHistory();
  history.add(transaction('b'), 10);
  history.add(transaction('d'), 10);
  expect(history.since(cursor)).toBeNull();
});

test('is bounded by count: the cursor before the oldest kept one is still known', () => {
  const history = createHistory();
  for (const cursor of ['b', 'c', 'd', 'e', 'f']) history.add(transaction(cursor), 1);
  expect(history.since('b')).toBeNull();
  expect(cursors(history.since('c'))).toEqual(['d', 'e', 'f']);
});

test('is bounded by bytes, even by those of one transaction', () => {
  const history = createHistory();
  history.add(transaction('b'), 60);
  history.add(transaction('c'), 60);
  expect(history.since('a')).toBeNull();
  expect(cursors(history.since('b'))).toEqual(['c']);
  history.add(transaction('d'), 101);
  expect([history.since('c'), history.since('d'), history.head]).toEqual([null, [], 'd']);
});

test('is bounded by age, and stays at its head when nothing is left', () => {
  let nowMs = 0;
  const history = createHistory(() => nowMs);
  history.add(transaction('b'), 1);
  nowMs = 900;
  history.add(transaction('c'), 1);
  nowMs = 1_500;
  expect(history.since('a')).toBeNull();
  expect(cursors(history.since('b'))).toEqual(['c']);
  nowMs = 5_000;
  expect([history.since('b'), history.since('c'), history.head]).toEqual([null, [], 'c']);
});

test('tells what was received since a moment, and the cursor before it', () => {
  let nowMs = 0;
  const history = createHistory(() => nowMs);
  history.add(transaction('b'), 1);
  nowMs = 500;
  history.add(transaction('c'), 1);
  const since = (timeMs: number, limit: number) => {
    const { before, transactions } = history.receivedSince(timeMs, limit);
    return [before, cursors(transactions)];
  };
  expect([since(0, 9), since(1, 9), since(501, 9), since(0, 1)]).toEqual([
    ['a', ['b', 'c']],
    ['b', ['c']],
    ['c', []],
    ['b', ['c']],
  ]);
});

test('begun anew, it knows nothing from before', () => {
  const history = createHistory();
  history.add(transaction('b'), 1);
  history.restart('0');
  expect([history.since('b'), history.since('0'), history.head]).toEqual([null, [], '0']);
});

test('keeps nothing of what it dropped', async () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const history = createHistory();
  const kept = ['b', 'c', 'd', 'e'].map((cursor) => {
    const added = transaction(cursor);
    history.add(added, 60);
    return new WeakRef(added);
  });
  // What a WeakRef was made of lives until the end of the task.
  await new Promise(setImmediate);
  collectGarbage();
  expect(kept.map((entry) => entry.deref()?.cursor)).toEqual([undefined, undefined, undefined, 'e']);
});
