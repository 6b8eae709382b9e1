import { expect, test } from 'vitest';
import { releaseMemory } from '../../src/release-memory.ts';

const COUNT = 1_000_000;
const LEAST_BYTES_EACH = 16;

test('what is no longer used takes no memory after it was released', () => {
  let numbers: object[] | null = Array.from({ length: COUNT }, (_, number) => ({ number }));
  const usedBytes = process.memoryUsage().heapUsed;
  expect(numbers).toHaveLength(COUNT);
  numbers = null;
  releaseMemory();
  expect(process.memoryUsage().heapUsed).toBeLessThan(usedBytes - COUNT * LEAST_BYTES_EACH);
});
