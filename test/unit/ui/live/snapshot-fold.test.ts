import { expect, test } from 'vitest';
import type { LiveTransaction } from '../../../../src/live/protocol.ts';
import type { TopicListener } from '../../../../src/ui/live/live-connection.ts';
import { type Figures, type Snapshot, SnapshotFold } from '../../../../src/ui/live/snapshot-fold.ts';

const transactionOf = (cursor: string): LiveTransaction => ({
  cursor,
  at: '2026-01-01T00:00:00.000Z',
  actor: null,
  changes: [],
});

function createPage(snapshots: (Snapshot<string> | Error)[]) {
  const told: Figures<string>[] = [];
  const subscribed: { listener: TopicListener; since: string | undefined; ended: boolean }[] = [];
  const waiting: { run: () => void; delayMs: number }[] = [];
  const later = (run: () => void, delayMs: number) => {
    const entry = { run, delayMs };
    waiting.push(entry);
    return () => {
      const at = waiting.indexOf(entry);
      if (at >= 0) waiting.splice(at, 1);
    };
  };
  const fold = new SnapshotFold<string>({
    connection: {
      subscribe: (_topics, listener, since) => {
        const entry = { listener, since, ended: false };
        subscribed.push(entry);
        return () => {
          entry.ended = true;
        };
      },
    },
    topics: ['films'],
    readSnapshot: async () => {
      const next = snapshots.shift();
      if (next instanceof Error || !next) throw next;
      return next;
    },
    fold: (data, { cursor }) => `${data} ${cursor}`,
    onChange: (figures) => told.push(figures),
    later,
    retryLater: later,
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { fold, told, subscribed, waiting, settle };
}

test('figures begin with a snapshot, listen from its cursor, and take in each transaction', async () => {
  const { told, subscribed, settle } = createPage([{ cursor: 'c1', data: 'one' }]);
  await settle();
  expect(subscribed).toMatchObject([{ since: 'c1' }]);
  subscribed[0]?.listener.onTransaction(transactionOf('c2'));
  expect(told).toEqual([
    { data: 'one', isStale: false },
    { data: 'one c2', isStale: false },
  ]);
});

test('what was lost is read anew, and what is told meanwhile is shown as stale until then', async () => {
  const { told, subscribed, waiting, settle } = createPage([
    { cursor: 'c1', data: 'one' },
    { cursor: 'c5', data: 'five' },
  ]);
  await settle();
  subscribed[0]?.listener.onResync('truncated');
  subscribed[0]?.listener.onTransaction(transactionOf('c4'));
  subscribed[0]?.listener.onResync('truncated');
  expect(told.at(-1)).toEqual({ data: 'one c4', isStale: true });
  const [again, soon] = waiting.sort((a, b) => b.delayMs - a.delayMs);
  expect(again?.delayMs).toBe(1_500);
  soon?.run();
  await settle();
  expect(told.at(-1)).toEqual({ data: 'five', isStale: false });
  expect(subscribed).toMatchObject([{ ended: true }, { since: 'c5', ended: false }]);
});

test('a snapshot that fails is tried again, ever less often, until it is stopped', async () => {
  const { fold, told, waiting, settle } = createPage(Array.from({ length: 9 }, () => new Error('no')));
  const delays: number[] = [];
  for (let attempt = 0; attempt < 7; attempt++) {
    await settle();
    const next = waiting.shift();
    delays.push(next?.delayMs ?? 0);
    next?.run();
  }
  expect(delays).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  expect(told).toEqual([]);
  await settle();
  fold.stop();
  expect(waiting).toEqual([]);
});
