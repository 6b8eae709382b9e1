import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ChangeFeed } from '../../../src/changes/change-feed.ts';
import type { Transaction } from '../../../src/changes/transaction.ts';
import { LoginWatch } from '../../../src/live/login-watch.ts';
import type { Login, LoginSource } from '../../../src/live/logins.ts';

const source: LoginSource = {
  tables: ['sessions'],
  authenticate: async () => null,
  findCurrent: async () => new Map(),
};

const login: Login = {
  key: 's1',
  viewer: { accountId: 1, name: 'Zorblax', role: 'admin', tables: null },
  expiresAtMs: null,
  after: ({ changes }) => (changes.some(({ id }) => id === 's1') ? null : login),
};

const deletionOf = (table: string, id: string, dirty: Transaction['dirty'] = []): Transaction => ({
  cursor: 'c',
  at: '2026-01-01T00:00:00.000Z',
  actor: null,
  changes: [{ table, id, kind: 'delete', before: {}, after: null }],
  dirty,
});

let watch: LoginWatch;

beforeEach(() => {
  vi.useFakeTimers();
  const feed = { status: { mode: 'log' } } as ChangeFeed;
  const members = new Set<never>();
  watch = new LoginWatch({
    feed,
    sources: [source],
    members,
    end: () => undefined,
    onError: () => undefined,
  });
});

afterEach(() => {
  watch.stop();
  vi.useRealTimers();
});

test('a login that ended while it was read is none', () => {
  const startedAtMs = Date.now();
  watch.take(deletionOf('sessions', 's2'));
  watch.take(deletionOf('orders', 's1'));
  expect(watch.settle(login, source, startedAtMs)).toBe(login);
  vi.advanceTimersByTime(2_000);
  watch.take(deletionOf('sessions', 's1'));
  expect(watch.settle(login, source, startedAtMs)).toBeNull();
});

test('nor is one whose end was told just before, as its row may have been readable still', () => {
  watch.take(deletionOf('sessions', 's1'));
  vi.advanceTimersByTime(4_000);
  expect(watch.settle(login, source, Date.now())).toBeNull();
  vi.advanceTimersByTime(2_000);
  expect(watch.settle(login, source, Date.now())).toBe(login);
});

test('nor is one that was read while its table changed untold, or took too long to read', () => {
  const startedAtMs = Date.now();
  watch.take(deletionOf('orders', '1', [{ table: 'sessions', reason: 'truncated' }]));
  expect(watch.settle(login, source, startedAtMs)).toBeNull();
  vi.advanceTimersByTime(11_000);
  expect(watch.settle(login, source, startedAtMs)).toBeNull();
  expect(watch.settle(login, source, Date.now())).toBe(login);
});
