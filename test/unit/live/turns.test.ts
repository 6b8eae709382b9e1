import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { atOnce, inTurns } from '../../../src/live/turns.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});

afterEach(() => {
  vi.useRealTimers();
});

/** Work of so many steps, each of a millisecond; notes them. */
function* work(steps: number, done: string[] = []): Generator<undefined, number> {
  for (let step = 1; step <= steps; step++) {
    vi.advanceTimersByTime(1);
    done.push(`step ${step}`);
    yield;
  }
  return steps;
}

test('long work lets everything else go on, every few milliseconds', async () => {
  const done: string[] = [];
  const finished = inTurns(work(40, done));
  let others = 0;
  const beat = () => {
    others++;
    done.push('another');
    if (others < 100) setImmediate(beat);
  };
  setImmediate(beat);
  expect(await finished).toBe(40);
  const stretches = done
    .join(' ')
    .split('another')
    .map((steps) => steps.split('step').length - 1);
  // The first turn may be followed by the second before another one was waiting.
  expect(Math.max(...stretches)).toBeLessThanOrEqual(16);
});

test('work of one go is done without a pause', () => {
  const done: string[] = [];
  expect(atOnce(work(40, done))).toBe(40);
  expect(done).toHaveLength(40);
});
