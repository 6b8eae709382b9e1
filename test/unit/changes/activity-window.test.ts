import { expect, test } from 'vitest';
import { ActivityWindow } from '../../../src/changes/activity-window.ts';

const MINUTE_MS = 60_000;

function look(window: ActivityWindow, ids: number[], atMs: number): number[] {
  const admitted = ids.filter((id) => id > window.lookAbove && window.admit(id));
  window.finishLook(atMs);
  return admitted;
}

test('ids that come in order are admitted once and need no second look', () => {
  const window = new ActivityWindow(0, [1, 2], 0);
  expect(window.lookAbove).toBe(2);
  expect(look(window, [3, 4], 1_000)).toEqual([3, 4]);
  expect(window.lookAbove).toBe(4);
  expect(look(window, [3, 4], 2_000)).toEqual([]);
});

test('an id that was passed over is looked for during five minutes', () => {
  const window = new ActivityWindow(0, [1, 3], 0);
  expect(look(window, [3, 5], MINUTE_MS)).toEqual([5]);
  expect(window.lookAbove).toBe(1);
  expect(look(window, [2, 3, 5], 4 * MINUTE_MS)).toEqual([2]);
  expect(window.lookAbove).toBe(3);
  expect(look(window, [5, 6], 6 * MINUTE_MS)).toEqual([6]);
  expect(window.lookAbove).toBe(6);
});

test('on a server that gives out every other id, the window moves with the time', () => {
  const window = new ActivityWindow(0, [], 0);
  for (let minute = 1; minute <= 10; minute++) {
    expect(look(window, [minute * 2], minute * MINUTE_MS)).toEqual([minute * 2]);
  }
  expect(window.lookAbove).toBe(10);
});
