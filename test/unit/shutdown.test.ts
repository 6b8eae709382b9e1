import { expect, test } from 'vitest';
import { createShutdown } from '../../src/shutdown.ts';

test('parts stop in reverse order, also when one of them fails', async () => {
  const shutdown = createShutdown();
  const stopped: string[] = [];
  await shutdown.keep('server', async (part) => stopped.push(part));
  await shutdown.keep('pool', async () => {
    throw new Error('the pool is stuck');
  });
  await shutdown.keep('website', async (part) => stopped.push(part));
  await expect(shutdown.run()).rejects.toThrow('the pool is stuck');
  expect(stopped).toEqual(['website', 'server']);
  await shutdown.run();
  expect(stopped).toHaveLength(2);
});

test('a part that comes up after the end was asked for is stopped at once', async () => {
  const shutdown = createShutdown();
  await shutdown.run();
  expect(shutdown.signal.aborted).toBe(true);
  const stopped: string[] = [];
  await expect(shutdown.keep('late', async (part) => stopped.push(part))).rejects.toThrow('aborted');
  expect(stopped).toEqual(['late']);
});
