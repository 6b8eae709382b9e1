import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ChangeFeed } from '../../../src/changes/change-feed.ts';
import type { Transaction } from '../../../src/changes/transaction.ts';
import { LoginWatch } from '../../../src/live/login-watch.ts';
import type { Login, LoginSource } from '../../../src/live/logins.ts';
import type { Member } from '../../../src/live/member.ts';

/** The logins of the database, by key; null: it does not answer. */
let stored: Map<string, Login> | null;
let readings: number[];
const source: LoginSource = {
  tables: ['sessions'],
  authenticate: async () => null,
  findCurrent: (logins) => {
    readings.push(logins.length);
    return stored ? Promise.resolve(new Map(stored)) : new Promise(() => undefined);
  },
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

const holeIn = (table: string): Transaction => ({
  ...deletionOf('orders', '1', [{ table, reason: 'statement' }]),
  changes: [],
});

let watch: LoginWatch;
let members: Set<Member>;
let isHeld: boolean;

beforeEach(() => {
  vi.useFakeTimers();
  stored = new Map([[login.key, login]]);
  readings = [];
  members = new Set();
  isHeld = false;
  watch = new LoginWatch({
    feed: { status: { mode: 'log' } } as ChangeFeed,
    sources: [source],
    members,
    end: (member) => members.delete(member),
    hold: () => {
      isHeld = true;
    },
    release: () => {
      isHeld = false;
    },
    onError: () => undefined,
  });
});

function connect(startedAtMs = Date.now(), connected = login): Member {
  const member = { login: connected, source } as unknown as Member;
  members.add(member);
  watch.begin(member, startedAtMs);
  return member;
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

afterEach(() => {
  watch.stop();
  vi.useRealTimers();
});

test('a login that ended while it was read is none', () => {
  const startedAtMs = Date.now();
  watch.take(deletionOf('sessions', 's2'));
  watch.take(deletionOf('orders', 's1'));
  expect(watch.settle(login, startedAtMs)).toBe(login);
  vi.advanceTimersByTime(2_000);
  watch.take(deletionOf('sessions', 's1'));
  expect(watch.settle(login, startedAtMs)).toBeNull();
});

test('nor is one whose end was told just before, as its row may have been readable still', () => {
  watch.take(deletionOf('sessions', 's1'));
  vi.advanceTimersByTime(4_000);
  expect(watch.settle(login, Date.now())).toBeNull();
  vi.advanceTimersByTime(2_000);
  expect(watch.settle(login, Date.now())).toBe(login);
});

test('nor is one that took too long to read', () => {
  const startedAtMs = Date.now();
  vi.advanceTimersByTime(11_000);
  expect(watch.settle(login, startedAtMs)).toBeNull();
  expect(watch.settle(login, Date.now())).toBe(login);
});

describe('where logins changed in a way that is not told', () => {
  test('they are read at once, those that hold stay, and those that ended go before anything is told', async () => {
    const kept = connect();
    stored?.set('s2', { ...login, key: 's2' });
    connect(Date.now(), { ...login, key: 's2' });
    stored?.delete('s2');
    watch.take(holeIn('sessions'));
    expect({ isHeld, readings }).toEqual({ isHeld: true, readings: [2] });
    await pass(0);
    expect({ isHeld, members: [...members] }).toEqual({ isHeld: false, members: [kept] });
  });

  test('all are read once a second while it goes on, and until no row can turn up late', async () => {
    connect();
    for (let hole = 0; hole < 14; hole++) {
      watch.take(holeIn('sessions'));
      await pass(200);
    }
    expect(readings).toHaveLength(3);
    await pass(60_000);
    expect(readings).toHaveLength(6);
    expect(members.size).toBe(1);
  });

  test('holes in tables of others are none of theirs', async () => {
    connect();
    watch.take(holeIn('orders'));
    await pass(10_000);
    expect({ isHeld, readings }).toEqual({ isHeld: false, readings: [] });
  });

  test('one that connects meanwhile is let in, and read with the others', async () => {
    const startedAtMs = Date.now();
    watch.take(holeIn('sessions'));
    await pass(6_000);
    expect(watch.settle(login, startedAtMs)).toBe(login);
    stored?.clear();
    connect(startedAtMs);
    await pass(0);
    expect(members.size).toBe(0);
  });

  test('one whose role or account is another one has ended', async () => {
    for (const changed of [{ role: 'employee' }, { accountId: 2 }]) {
      connect();
      stored?.set(login.key, { ...login, viewer: { ...login.viewer, ...changed } });
      watch.take(holeIn('sessions'));
      await pass(6_000);
      expect(members.size).toBe(0);
    }
  });

  test('one whose end was put off untold goes on', async () => {
    const endsAt = (expiresAtMs: number): Login => ({ ...login, expiresAtMs, after: () => null });
    const member = connect(Date.now(), endsAt(Date.now() + 500));
    stored?.set(login.key, endsAt(Date.now() + 500));
    watch.take(holeIn('sessions'));
    await pass(100);
    stored?.set(login.key, endsAt(Date.now() + 60_000));
    watch.take(holeIn('sessions'));
    await pass(30_000);
    expect(members.has(member)).toBe(true);
    await pass(40_000);
    expect(members.has(member)).toBe(false);
  });

  test('a database that does not answer keeps others waiting for a second, and closes no socket', async () => {
    connect();
    stored = null;
    watch.take(holeIn('sessions'));
    await pass(999);
    expect(isHeld).toBe(true);
    await pass(1);
    expect(isHeld).toBe(false);
    await pass(9_000);
    expect(isHeld).toBe(true);
    await pass(60_000);
    expect({ isHeld, size: members.size }).toEqual({ isHeld: true, size: 1 });
    stored = new Map([[login.key, login]]);
    await pass(11_000);
    expect({ isHeld, size: members.size }).toEqual({ isHeld: false, size: 1 });
  });
});
