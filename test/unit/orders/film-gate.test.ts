import { expect, test } from 'vitest';
import type { Pool } from '../../../src/database/pool.ts';
import { throughGates } from '../../../src/orders/film-gate.ts';

/** Work that counts how many of its kind run, and ends when told. */
function createWork() {
  const running: (() => void)[] = [];
  return { running, run: () => new Promise<void>((resolve) => running.push(resolve)) };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('four placements with the same film run at once, others wait and then run', async () => {
  const pool = {} as Pool;
  const { running, run } = createWork();
  const all = Promise.all(Array.from({ length: 6 }, () => throughGates(pool, [1, 2], run)));
  await settled();
  expect(running).toHaveLength(4);
  running[0]?.();
  await settled();
  expect(running).toHaveLength(5);
  running[1]?.();
  await settled();
  expect(running).toHaveLength(6);
  for (const end of running) end();
  await all;
});

test('other films, and the same film on another pool, do not wait', async () => {
  const pool = {} as Pool;
  const { running, run } = createWork();
  const all = [1, 1, 1, 1, 2].map((movieId) => throughGates(pool, [movieId], run));
  all.push(throughGates({} as Pool, [1], run));
  await settled();
  expect(running).toHaveLength(6);
  for (const end of running) end();
  await Promise.all(all);
});

test('work that fails opens the gate again', async () => {
  const pool = {} as Pool;
  const fail = () => Promise.reject(new Error('no'));
  const failed = await Promise.allSettled(Array.from({ length: 9 }, () => throughGates(pool, [1], fail)));
  expect(failed.every(({ status }) => status === 'rejected')).toBe(true);
  expect(await throughGates(pool, [1], async () => 'in')).toBe('in');
});
