import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PacedRun, RESYNC_PACE } from '../../../../src/ui/live/paced-run.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** Notes when it was run, and takes so long. */
function createRun(takesMs = 0) {
  const beginMs = performance.now();
  const runs: number[] = [];
  const paced = new PacedRun({
    run: () => {
      runs.push(performance.now() - beginMs);
      return new Promise((resolve) => setTimeout(resolve, takesMs));
    },
    later: (run, delayMs) => {
      const timer = setTimeout(run, delayMs);
      return () => clearTimeout(timer);
    },
  });
  const lose = async (times: number, everyMs: number) => {
    for (let count = 0; count < times; count++) {
      paced.ask(RESYNC_PACE);
      await vi.advanceTimersByTimeAsync(everyMs);
    }
  };
  return { paced, runs, lose };
}

test('what is lost is read at once, then once a second, the last of it never missed, and all once more', async () => {
  const { runs, lose } = createRun();
  await lose(14, 200);
  expect(runs).toEqual([0, 1_000, 2_000]);
  await vi.advanceTimersByTimeAsync(60_000);
  // 1.5 s after it was lost last.
  expect(runs).toEqual([0, 1_000, 2_000, 3_000, 4_101]);
  await lose(1, 100);
  expect(runs).toHaveLength(6);
});

test('one that takes long is followed by one more, however often that was asked for, and by the last', async () => {
  const { runs, lose } = createRun(2_500);
  await lose(10, 200);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(runs).toEqual([0, 2_501, 5_002]);
});

test('one that never ends keeps the next one waiting for ten seconds', async () => {
  const { runs, lose } = createRun(3_600_000);
  await lose(2, 200);
  await vi.advanceTimersByTimeAsync(11_000);
  expect(runs).toEqual([0, 10_001]);
});

test('of two paces the sooner one counts', async () => {
  const { paced, runs } = createRun();
  paced.runNow();
  await vi.advanceTimersByTimeAsync(0);
  paced.ask({ afterMs: 0, everyMs: 5_000 });
  paced.ask(RESYNC_PACE);
  paced.ask({ afterMs: 0, everyMs: 5_000 });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(runs).toEqual([0, 1_000, 2_000]);
});

test('what was stopped is run no more', async () => {
  const { paced, runs, lose } = createRun();
  await lose(2, 200);
  paced.stop();
  await lose(2, 2_000);
  expect(runs).toEqual([0]);
});
