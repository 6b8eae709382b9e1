import { once } from 'node:events';
import ZongJi from '@vlasky/zongji';
import { io, type Socket } from 'socket.io-client';
import { createChangeFeed } from '../../../src/changes/create-change-feed.ts';
import { findLogFiles, logEnd } from '../../../src/changes/log-extent.ts';
import { parseConnectionUrl } from '../../../src/database/connection-url.ts';
import { quoteIdentifier } from '../../../src/database/identifier.ts';
import { introspect } from '../../../src/database/introspect.ts';
import { CONNECTION_OPTIONS, createPool, type Pool } from '../../../src/database/pool.ts';
import type { LiveTransaction } from '../../../src/live/protocol.ts';
import { createChange, openBareFanOut, serveLive } from './fan-out.ts';
import { type Ratio, SILENT } from './ratio.ts';

const ROUNDS = 1_000;
const MOST_RATIO = 1.5;

/** Something that is done, and how long it took to be heard of, in ms. */
export interface Way {
  measure(): Promise<number>;
  stop(): Promise<void>;
}

/** Where what is heard goes. */
interface Heard {
  done: () => void;
}

/** From before a commit until a browser's socket has it, against the log's bare reader and bare Socket.IO together. */
export async function measureLatency(url: string, customerId: number): Promise<Ratio> {
  const pool = createPool(url, { connectionLimit: 2 });
  const place = () => pool.query('INSERT INTO orders (customer_id) VALUES (?)', [customerId]);
  const ways = [
    await openLive(pool, url, { topic: 'orders', write: place }),
    await openBareLog(pool, url),
    await openBareSocket(),
  ];
  const [live = 0, log = 0, socket = 0] = await takeTurns(ways, ROUNDS);
  await pool.end();
  const ratio = live / (log + socket);
  const text = `commit to browser p95: live ${live.toFixed(2)} ms, bare zongji ${log.toFixed(2)} ms + bare Socket.IO ${socket.toFixed(2)} ms`;
  return { text, ratio, isGood: ratio <= MOST_RATIO, bound: `≤ ${MOST_RATIO}` };
}

/** What is written each time, and the topic under which it is heard of. */
export interface LiveWrite {
  readonly topic: string;
  write(): Promise<unknown>;
}

/** From before a write until a socket of the panel has what it changed. */
export async function openLive(pool: Pool, url: string, { topic, write }: LiveWrite): Promise<Way> {
  const feed = await createChangeFeed({ pool, url, logger: SILENT });
  const live = await serveLive(feed, await introspect(pool));
  const socket = await listenTo(topic, live.origin);
  const heard = hear(socket);
  return {
    measure: () => measure(heard, write),
    stop: async () => {
      socket.disconnect();
      await live.stop();
      await feed.stop();
    },
  };
}

/** Reads a schema of its own, which the feed passes over. */
async function openBareLog(pool: Pool, url: string): Promise<Way> {
  const schema = `${new URL(url).pathname.slice(1)}_bare`;
  const table = `${quoteIdentifier(schema)}.orders`;
  await pool.query(`CREATE DATABASE ${quoteIdentifier(schema)}`);
  await pool.query(`CREATE TABLE ${table} LIKE orders`);
  const { file: filename, offset: position } = logEnd(await findLogFiles(pool));
  const zongji = new ZongJi({ ...parseConnectionUrl(url), ...CONNECTION_OPTIONS });
  zongji.start({ serverId: 990_002, filename, position, includeSchema: { [schema]: true } });
  await once(zongji, 'ready');
  const heard: Heard = { done: () => undefined };
  zongji.on('binlog', (event: { getEventName(): string }) => {
    if (event.getEventName() === 'writerows') heard.done();
  });
  return {
    measure: () => measure(heard, () => pool.query(`INSERT INTO ${table} (customer_id) VALUES (1)`)),
    stop: async () => {
      const stopped = once(zongji, 'stopped');
      zongji.stop();
      await stopped;
      await pool.query(`DROP DATABASE ${quoteIdentifier(schema)}`);
    },
  };
}

async function openBareSocket(): Promise<Way> {
  const { origin, tell, stop } = await openBareFanOut();
  const socket = await listenTo('orders', origin);
  const heard = hear(socket);
  return {
    measure: () => measure(heard, async () => tell(createChange())),
    stop: async () => {
      socket.disconnect();
      await stop();
    },
  };
}

async function listenTo(topic: string, origin: string): Promise<Socket> {
  const socket = io(`${origin}/live`, { transports: ['websocket'], forceNew: true });
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  await socket.emitWithAck('subscribe', { topic });
  return socket;
}

function hear(socket: Socket): Heard {
  const heard: Heard = { done: () => undefined };
  socket.on('transaction', (_transaction: LiveTransaction) => heard.done());
  return heard;
}

async function measure(heard: Heard, act: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  let delayMs = 0;
  const told = new Promise<void>((resolve) => {
    heard.done = () => {
      delayMs = performance.now() - startedAt;
      resolve();
    };
  });
  await Promise.all([told, act()]);
  return delayMs;
}

/** Measures each so often, by turns, and stops them; the 95th percentile of each, in ms. */
export async function takeTurns(ways: readonly Way[], rounds: number): Promise<number[]> {
  const delaysMs: number[][] = ways.map(() => []);
  for (let round = 0; round < rounds; round++)
    for (const [index, way] of ways.entries()) delaysMs[index]?.push(await way.measure());
  for (const way of ways) await way.stop();
  return delaysMs.map(percentile95);
}

function percentile95(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? 0;
}
