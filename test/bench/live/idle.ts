import { setTimeout as delay } from 'node:timers/promises';
import { io } from 'socket.io-client';
import { createChangeFeed } from '../../../src/changes/create-change-feed.ts';
import { introspect } from '../../../src/database/introspect.ts';
import { createPool } from '../../../src/database/pool.ts';
import { createTcpProxy, databaseTarget, proxiedUrl } from '../../support/tcp-proxy.ts';
import { serveLive } from './fan-out.ts';
import { type Ratio, SILENT } from './ratio.ts';

const IDLE_MS = 10_000;
const TOPICS = ['orders', 'order_items', 'movies', 'stock_movements'];

/** As many as it takes to ask once a second where the log ends: that another one was begun, the server tells nobody. */
const MOST_BYTES_A_SECOND = 64;

/** What a dashboard that is connected and told of no change sends to the database: every query would be some bytes. */
export async function measureIdle(databaseUrl: string, customerId: number): Promise<Ratio> {
  const proxy = await createTcpProxy(() => databaseTarget(databaseUrl));
  const url = proxiedUrl(databaseUrl, proxy);
  const pool = createPool(url);
  const feed = await createChangeFeed({ pool, url, logger: SILENT });
  const live = await serveLive(feed, await introspect(pool));
  const socket = io(`${live.origin}/live`, { transports: ['websocket'], forceNew: true });
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  for (const topic of TOPICS) await socket.emitWithAck('subscribe', { topic });
  // A change that is told shows that the start is over: the log was read up to it.
  const told = new Promise<void>((resolve) => socket.once('transaction', () => resolve()));
  await writeOrder(databaseUrl, customerId);
  await told;
  const before = proxy.bytesFromClients;
  await delay(IDLE_MS);
  const bytes = proxy.bytesFromClients - before;
  socket.disconnect();
  await live.stop();
  await feed.stop();
  await pool.end();
  await proxy.stop();
  const text = `idle dashboard: ${bytes} bytes sent to the database in ${IDLE_MS / 1_000} s`;
  const most = (MOST_BYTES_A_SECOND * IDLE_MS) / 1_000;
  return { text, ratio: bytes / most, isGood: bytes <= most, bound: '≤ 1' };
}

/** Past the proxy. */
async function writeOrder(databaseUrl: string, customerId: number): Promise<void> {
  const pool = createPool(databaseUrl);
  await pool.query('INSERT INTO orders (customer_id) VALUES (?)', [customerId]).finally(() => pool.end());
}
