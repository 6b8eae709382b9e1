import { setImmediate as nextTurn } from 'node:timers/promises';

/** So long may work of one socket keep everybody else waiting. */
const TURN_MS = 8;

/** Work that can pause wherever it yields. */
export type Pausable<Result> = Generator<undefined, Result>;

/** Does the work in turns, between which everything else goes on. */
export async function inTurns<Result>(work: Pausable<Result>): Promise<Result> {
  let begunAtMs = performance.now();
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    if (performance.now() - begunAtMs < TURN_MS) continue;
    await nextTurn();
    begunAtMs = performance.now();
  }
}

/** Does the work without a pause. */
export function atOnce<Result>(work: Pausable<Result>): Result {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}
