import { setTimeout as delay } from 'node:timers/promises';
import { createChange, type FanOut, Listeners, openLiveFanOut } from './fan-out.ts';
import type { Ratio } from './ratio.ts';

const SOCKETS = 50;
const MESSAGES = 120;
const INTERVAL_MS = 10;
const ROUNDS = 8;
/** Large enough to fill the stalled socket's network in the first rounds. */
const NOTES = 'x'.repeat(10_000);
const MOST_RATIO = 1.2;

/** What one socket that reads nothing costs the others: the 95th percentile of how long a message takes to them. */
export async function measureStalled(): Promise<Ratio> {
  const sides = await Promise.all(
    [0, 1].map(async (stalled) => {
      const fanOut = await openLiveFanOut();
      const listeners = await Listeners.open({ origin: fanOut.origin, count: SOCKETS, stalled });
      return { fanOut, listeners };
    }),
  );
  const best = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < ROUNDS; round++)
    for (const [index, { fanOut, listeners }] of sides.entries())
      best[index] = Math.min(best[index] ?? 0, await measureRound(fanOut, listeners));
  for (const { listeners, fanOut } of sides) {
    listeners.close();
    await fanOut.stop();
  }
  const [without = 0, beside = 0] = best;
  const text = `p95 to ${SOCKETS} sockets: ${beside.toFixed(2)} ms beside a stalled one, ${without.toFixed(2)} ms without`;
  const ratio = beside / without;
  return { text, ratio, isGood: ratio <= MOST_RATIO, bound: `≤ ${MOST_RATIO}` };
}

async function measureRound(fanOut: FanOut, listeners: Listeners): Promise<number> {
  const { delaysMs } = await listeners.report(MESSAGES, async () => {
    for (let message = 0; message < MESSAGES; message++) {
      fanOut.tell(createChange(NOTES));
      await delay(INTERVAL_MS);
    }
  });
  const sorted = [...delaysMs].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.95)] ?? 0;
}
