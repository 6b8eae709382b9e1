import { expect, test } from 'vitest';
import { createPopularity, createRandom } from '../../../src/seed/random.ts';

const draw = (seed: number) => {
  const random = createRandom(seed);
  return Array.from({ length: 20 }, () => random.integer(0, 1_000_000));
};

test('the same seed gives the same chance, neighbouring seeds do not', () => {
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7).filter((value, index) => value === draw(8)[index])).toEqual([]);
});

test('neighbouring seeds begin far from each other', () => {
  const firsts = Array.from({ length: 200 }, (_, seed) => createRandom(seed).fraction());
  expect(Math.min(...firsts)).toBeLessThan(0.1);
  expect(Math.max(...firsts)).toBeGreaterThan(0.9);
});

test('whole numbers and fractions stay within their bounds and reach all of them', () => {
  const random = createRandom(1);
  const numbers = Array.from({ length: 500 }, () => random.integer(3, 6));
  expect([...new Set(numbers)].sort()).toEqual([3, 4, 5, 6]);
  for (let draws = 0; draws < 500; draws++) {
    const fraction = random.fraction();
    expect(fraction).toBeGreaterThanOrEqual(0);
    expect(fraction).toBeLessThan(1);
  }
});

test('chance keeps to its probability', () => {
  const random = createRandom(2);
  const hits = Array.from({ length: 10_000 }, () => random.chance(0.2)).filter(Boolean).length;
  expect(hits).toBeGreaterThan(1_850);
  expect(hits).toBeLessThan(2_150);
});

test('shuffling keeps every item', () => {
  const items = Array.from({ length: 50 }, (_, index) => index);
  const shuffled = createRandom(3).shuffle(items);
  expect(shuffled).not.toEqual(items);
  expect(shuffled.toSorted((a, b) => a - b)).toEqual(items);
});

test('popularity is uneven, and leaves nobody out', () => {
  const items = Array.from({ length: 30 }, (_, index) => index);
  const choose = createPopularity(createRandom(4), items, 2);
  const random = createRandom(5);
  const counts = new Map(items.map((item) => [item, 0]));
  for (let draws = 0; draws < 10_000; draws++) {
    const item = choose(random);
    counts.set(item, (counts.get(item) as number) + 1);
  }
  const sorted = [...counts.values()].sort((a, b) => b - a);
  expect(sorted.at(-1)).toBeGreaterThan(0);
  expect(sorted[0]).toBeGreaterThan(5 * (sorted.at(-1) as number));
});
