import { describe, expect, test } from 'vitest';
import type { LiveTransaction, SubscribeAnswer, SubscribeRequest } from '../../../../src/live/protocol.ts';
import { TopicStreams } from '../../../../src/ui/live/topic-streams.ts';

interface Asked extends SubscribeRequest {
  answer(answer: SubscribeAnswer | null): void;
}

function createPage() {
  const asked: Asked[] = [];
  const unsubscribed: string[] = [];
  const waiting: (() => void)[] = [];
  const streams = new TopicStreams({
    subscribe: (request, done) => asked.push({ ...request, answer: done }),
    unsubscribe: (topic) => unsubscribed.push(topic),
    later: (run) => waiting.push(run),
  });
  const next = () => asked.shift() as Asked;
  const live = (cursor: string) => next().answer({ ok: true, cursor, mode: 'live' });
  return { streams, asked, unsubscribed, waiting, next, live };
}

function createListener() {
  const told: string[] = [];
  return {
    told,
    onTransaction: ({ cursor, changes }: LiveTransaction) =>
      told.push(`${cursor} ${changes.map(({ table, id }) => `${table}:${id}`).join(' ')}`),
    onResync: (reason: string) => told.push(`resync ${reason}`),
    onLive: () => told.push('live'),
  };
}

function transactionOf(cursor: string, ...rows: string[]): LiveTransaction {
  const changes = rows.map((row) => {
    const [table = '', id = ''] = row.split(':');
    return { table, id, kind: 'update' as const, before: {}, after: {} };
  });
  return { cursor, at: '2026-01-01T00:00:00.000Z', actor: null, changes };
}

describe('one topic', () => {
  test('is told from its answer on, its own changes alone, each transaction once', () => {
    const { streams, live } = createPage();
    const listener = createListener();
    streams.subscribe('films', listener);
    streams.connect();
    live('c2');
    streams.take(transactionOf('c1', 'films:1'));
    streams.take(transactionOf('c3', 'films:1', 'orders:1'));
    streams.take(transactionOf('c3', 'films:1', 'orders:1'));
    streams.take(transactionOf('c4', 'orders:1'));
    expect(listener.told).toEqual(['live', 'c3 films:1']);
  });

  test('is taken up after a break from the newest cursor that was told, replays first', () => {
    const { streams, live, next } = createPage();
    const listener = createListener();
    streams.subscribe('films', listener);
    streams.connect();
    live('c1');
    streams.take(transactionOf('c2', 'films:1'));
    streams.disconnect();
    streams.connect();
    const request = next();
    expect(request).toMatchObject({ topic: 'films', since: 'c2' });
    streams.take(transactionOf('c3', 'films:2'));
    streams.take(transactionOf('c4', 'films:3'));
    expect(listener.told).toEqual(['live', 'c2 films:1']);
    request.answer({ ok: true, cursor: 'c4', mode: 'replayed' });
    streams.take(transactionOf('c5', 'films:4'));
    expect(listener.told.slice(2)).toEqual(['c3 films:2', 'c4 films:3', 'live', 'c5 films:4']);
  });

  test('that was lost for good is read anew, and followed from there', () => {
    const { streams, live, next } = createPage();
    const listener = createListener();
    streams.subscribe('films', listener);
    streams.connect();
    live('c5');
    streams.disconnect();
    streams.connect();
    next().answer({ ok: true, cursor: 'c2', mode: 'resync' });
    streams.take(transactionOf('c3', 'films:1'));
    streams.takeResync({ topic: 'films', reason: 'truncated' });
    streams.takeResync({ topic: 'orders', reason: 'truncated' });
    expect(listener.told).toEqual(['live', 'resync behind', 'live', 'c3 films:1', 'resync truncated']);
  });

  test('of another log is told whatever the cursors of the one before', () => {
    const { streams, live } = createPage();
    const listener = createListener();
    streams.subscribe('films', listener);
    streams.connect();
    live('c5');
    streams.take(transactionOf('c6', 'films:1'));
    streams.takeResync({ topic: 'films', reason: 'log_lost' });
    streams.take(transactionOf('c1', 'films:2'));
    streams.take(transactionOf('c1', 'films:2'));
    streams.take(transactionOf('c2', 'films:3'));
    expect(listener.told).toEqual(['live', 'c6 films:1', 'resync log_lost', 'c1 films:2', 'c2 films:3']);
  });

  test('of two requests under way, an answer to the one before the break counts for nothing', () => {
    const { streams, next, asked } = createPage();
    const listener = createListener();
    streams.subscribe('films', listener, 'c1');
    streams.connect();
    const stale = next();
    streams.disconnect();
    streams.connect();
    stale.answer({ ok: true, cursor: 'c9', mode: 'live' });
    streams.take(transactionOf('c2', 'films:1'));
    next().answer({ ok: true, cursor: 'c2', mode: 'replayed' });
    expect(listener.told).toEqual(['c2 films:1', 'live']);
    expect(asked).toEqual([]);
  });

  test('is asked for again where no answer came or too many asked, and not where it was refused', () => {
    const { streams, next, waiting, asked } = createPage();
    streams.subscribe('films', createListener());
    streams.connect();
    next().answer(null);
    waiting.shift()?.();
    next().answer({ ok: false, code: 'too_many_requests', message: '' });
    waiting.shift()?.();
    next().answer({ ok: false, code: 'unknown_topic', message: '' });
    expect({ asked, waiting }).toEqual({ asked: [], waiting: [] });
  });
});

describe('several listeners', () => {
  test('share one subscription, which ends with the last of them', () => {
    const { streams, live, asked, unsubscribed } = createPage();
    const [first, second] = [createListener(), createListener()];
    const endFirst = streams.subscribe('films', first);
    streams.connect();
    live('c1');
    const endSecond = streams.subscribe('films', second);
    expect(asked).toEqual([]);
    endFirst();
    endFirst();
    streams.take(transactionOf('c2', 'films:1'));
    expect(unsubscribed).toEqual([]);
    endSecond();
    expect(unsubscribed).toEqual(['films']);
    streams.take(transactionOf('c3', 'films:1'));
    expect(first.told).toEqual(['live']);
    expect(second.told).toEqual(['c2 films:1', 'live']);
  });

  test('one that begins at an older cursor is replayed what it misses; the others hear nothing twice', () => {
    const { streams, live, next } = createPage();
    const [first, second] = [createListener(), createListener()];
    streams.subscribe('films', first);
    streams.connect();
    live('c1');
    streams.take(transactionOf('c2', 'films:1'));
    streams.take(transactionOf('c3', 'films:2'));
    streams.subscribe('films', second, 'c1');
    const request = next();
    expect(request).toMatchObject({ since: 'c1' });
    streams.take(transactionOf('c4', 'films:3'));
    for (const [cursor, row] of ['c2 films:1', 'c3 films:2', 'c4 films:3'].map((line) => line.split(' ')))
      streams.take(transactionOf(cursor ?? '', row ?? ''));
    request.answer({ ok: true, cursor: 'c4', mode: 'replayed' });
    expect(first.told).toEqual(['live', 'c2 films:1', 'c3 films:2', 'c4 films:3']);
    expect(second.told).toEqual(['c2 films:1', 'c3 films:2', 'c4 films:3', 'live']);
  });

  test('one with a newer cursor than the request under way waits for no second one', () => {
    const { streams, next, asked } = createPage();
    const [first, second, older] = [createListener(), createListener(), createListener()];
    streams.subscribe('films', first, 'c2');
    streams.connect();
    const request = next();
    streams.subscribe('films', second, 'c3');
    streams.subscribe('films', older, 'c1');
    for (const cursor of ['c3', 'c4']) streams.take(transactionOf(cursor, `films:${cursor}`));
    request.answer({ ok: true, cursor: 'c4', mode: 'replayed' });
    expect(first.told).toEqual(['c3 films:c3', 'c4 films:c4', 'live']);
    expect(second.told).toEqual(['c4 films:c4', 'live']);
    expect(older.told).toEqual([]);
    expect(asked).toMatchObject([{ since: 'c1' }]);
  });
});

describe('several topics of one listener', () => {
  test('give each transaction once and whole, also where only one of them was live when it came', () => {
    const { streams, next } = createPage();
    const listener = createListener();
    streams.subscribe(['films', 'orders', 'films:1'], listener, 'c1');
    streams.connect();
    const [films, orders] = [next(), next()];
    streams.take(transactionOf('c2', 'films:1'));
    films.answer({ ok: true, cursor: 'c2', mode: 'replayed' });
    streams.take(transactionOf('c3', 'films:1'));
    streams.take(transactionOf('c2', 'orders:7'));
    streams.take(transactionOf('c3', 'orders:7'));
    expect(listener.told).toEqual([]);
    orders.answer({ ok: true, cursor: 'c3', mode: 'replayed' });
    streams.take(transactionOf('c4', 'orders:8', 'films:1'));
    expect(listener.told).toEqual([
      'c2 films:1 orders:7',
      'c3 films:1 orders:7',
      'live',
      'c4 films:1 orders:8',
    ]);
  });

  test('of a topic and one that holds it, a listener with both hears each change once; others as they asked', () => {
    const { streams, live } = createPage();
    const [all, table, record] = [createListener(), createListener(), createListener()];
    streams.subscribe(['films', '*', 'films:1'], all);
    streams.subscribe(['films', 'films:1'], table);
    streams.subscribe('films:2', record);
    streams.connect();
    for (let request = 0; request < 3; request++) live('c1');
    streams.take(transactionOf('c2', 'films:1', 'orders:1', 'films:2'));
    expect(all.told[1]).toBe('c2 films:1 orders:1 films:2');
    expect(table.told[1]).toBe('c2 films:1 films:2');
    expect(record.told[1]).toBe('c2 films:2');
  });
});
