import { expect, test } from 'vitest';
import { createOrderTimes, DAY_MS, HOUR_MS } from '../../../src/seed/order-times.ts';
import { createRandom } from '../../../src/seed/random.ts';

const until = Date.UTC(2026, 10, 22, 12);
const from = until - 84 * DAY_MS;
const times = createOrderTimes(createRandom(1), 5_000, from, until);

const countWhere = (test: (time: Date) => boolean) => times.filter((time) => test(new Date(time))).length;

test('there are as many times as wanted, within the bounds and in order', () => {
  expect(times).toHaveLength(5_000);
  expect(times[0]).toBeGreaterThanOrEqual(from);
  expect(times.at(-1)).toBeLessThan(until);
  expect(times.toSorted((a, b) => a - b)).toEqual(times);
  expect(until - (times.at(-1) as number)).toBeLessThan(6 * HOUR_MS);
});

test('evenings are busier than nights, Saturdays than Tuesdays', () => {
  const evening = countWhere((time) => time.getUTCHours() === 20);
  expect(evening).toBeGreaterThan(4 * countWhere((time) => time.getUTCHours() === 3));
  expect(countWhere((time) => time.getUTCDay() === 6)).toBeGreaterThan(
    1.3 * countWhere((time) => time.getUTCDay() === 2),
  );
});
