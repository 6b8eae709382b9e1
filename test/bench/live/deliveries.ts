import { setImmediate as nextTurn } from 'node:timers/promises';
import { createChange, type FanOut, Listeners, openBareFanOut, openLiveFanOut } from './fan-out.ts';
import type { Ratio } from './ratio.ts';

const SOCKETS = 500;
const MESSAGES = 60;
const ROUNDS = 10;
const LEAST_RATIO = 0.9;

/**
 * Deliveries to many sockets of one audience in a second of the server's processor time, against a bare room of
 * Socket.IO that is told the same bytes. The clock on the wall would tell of the clients, which share the machine.
 */
export async function measureDeliveries(): Promise<Ratio> {
  const sides = await Promise.all([openLiveFanOut(), openBareFanOut()].map(openSide));
  const best = [0, 0];
  for (let round = 0; round < ROUNDS; round++)
    for (const [index, side] of sides.entries())
      best[index] = Math.max(best[index] ?? 0, await measureRound(side));
  for (const { listeners, fanOut } of sides) {
    listeners.close();
    await fanOut.stop();
  }
  const [live = 0, bare = 0] = best;
  const text = `deliveries to ${SOCKETS} sockets: live ${live.toFixed(0)}, bare Socket.IO ${bare.toFixed(0)} a processor second`;
  return { text, ratio: live / bare, isGood: live / bare >= LEAST_RATIO, bound: `≥ ${LEAST_RATIO}` };
}

interface Side {
  readonly fanOut: FanOut;
  readonly listeners: Listeners;
}

async function openSide(opening: Promise<FanOut>): Promise<Side> {
  const fanOut = await opening;
  return { fanOut, listeners: await Listeners.open({ origin: fanOut.origin, count: SOCKETS, stalled: 0 }) };
}

async function measureRound({ fanOut, listeners }: Side): Promise<number> {
  const before = process.cpuUsage();
  const { deliveries } = await listeners.report(MESSAGES, async () => {
    for (let message = 0; message < MESSAGES; message++) {
      fanOut.tell(createChange());
      await nextTurn();
    }
  });
  const { user, system } = process.cpuUsage(before);
  return (deliveries / (user + system)) * 1_000_000;
}
