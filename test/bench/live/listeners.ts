// A process of its own: many sockets that count what they are told. Tells its parent over the process's channel.
import { io, type Socket } from 'socket.io-client';
import type { LiveTransaction } from '../../../src/live/protocol.ts';

export interface ListenersOrder {
  readonly origin: string;
  readonly count: number;
  /** Sockets more that stop to read as soon as they are connected. */
  readonly stalled: number;
}

/** What is told of a round: when the last delivery came, and how long each took. */
export interface ListenersReport {
  readonly deliveries: number;
  readonly endedAtMs: number;
  readonly delaysMs: readonly number[];
}

/** The same clock in every process of the machine. */
export function clockMs(): number {
  return Number(process.hrtime.bigint() / 1_000n) / 1_000;
}

let delaysMs: number[] = [];
let awaited = 0;

function finish(): void {
  if (awaited === 0 || delaysMs.length < awaited) return;
  const report: ListenersReport = { deliveries: delaysMs.length, endedAtMs: clockMs(), delaysMs };
  delaysMs = [];
  awaited = 0;
  process.send?.(report);
}

async function connect(origin: string): Promise<Socket> {
  const socket = io(`${origin}/live`, { transports: ['websocket'], forceNew: true, reconnection: false });
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject));
  await socket.emitWithAck('subscribe', { topic: 'orders' });
  return socket;
}

async function connectAll({ origin, count, stalled }: ListenersOrder): Promise<void> {
  for (let index = 0; index < count; index++) {
    const socket = await connect(origin);
    socket.on('transaction', ({ at }: LiveTransaction) => {
      delaysMs.push(clockMs() - Number(at));
      finish();
    });
  }
  for (let index = 0; index < stalled; index++) {
    const { io: manager } = await connect(origin);
    (manager.engine.transport as unknown as { ws: { pause(): void } }).ws.pause();
  }
  process.send?.('connected');
}

process.on('message', (message: ListenersOrder | { awaited: number }) => {
  if ('awaited' in message) {
    awaited = message.awaited;
    finish();
  } else void connectAll(message);
});
