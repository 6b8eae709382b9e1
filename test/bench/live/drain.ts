import ZongJi from '@vlasky/zongji';
import { findLogFiles, logEnd } from '../../../src/changes/log-extent.ts';
import { LogFeed } from '../../../src/changes/log-feed.ts';
import type { LogPosition } from '../../../src/changes/log-position.ts';
import { parseConnectionUrl } from '../../../src/database/connection-url.ts';
import { introspect } from '../../../src/database/introspect.ts';
import { CONNECTION_OPTIONS, createPool, type Pool } from '../../../src/database/pool.ts';
import { type Ratio, SILENT } from './ratio.ts';

/** All of it is read again at a start, and so must not be larger than what that takes of the log. */
const TRANSACTIONS = 300;
const ROWS_EACH = 100;
const ROWS = TRANSACTIONS * ROWS_EACH;
const ROUNDS = 24;
const LEAST_RATIO = 1;

/** Rows a second of a backlog that the feed reads, against the log's bare reader. */
export async function measureDrain(url: string, customerId: number): Promise<Ratio> {
  const pool = createPool(url);
  try {
    const from = await writeBacklog(pool, customerId);
    // Of the undisturbed round: whatever else runs on the machine can only slow one down.
    let [feedRate, bareRate] = [0, 0];
    for (let round = 0; round < ROUNDS; round++) {
      feedRate = Math.max(feedRate, await drainByFeed(pool, url));
      bareRate = Math.max(bareRate, await drainBare(url, from));
    }
    const ratio = feedRate / bareRate;
    const text = `backlog of ${ROWS} rows: feed ${feedRate.toFixed(0)}/s, bare zongji ${bareRate.toFixed(0)}/s`;
    return { text, ratio, isGood: ratio >= LEAST_RATIO, bound: `≥ ${LEAST_RATIO}` };
  } finally {
    await pool.end();
  }
}

/** Returns where it begins: at a file's begin, as the feed goes back by whole files. */
async function writeBacklog(pool: Pool, customerId: number): Promise<LogPosition> {
  await pool.query('FLUSH BINARY LOGS');
  const from = logEnd(await findLogFiles(pool));
  for (let count = 0; count < TRANSACTIONS; count++) {
    const rows = Array.from({ length: ROWS_EACH }, (_, index) => [
      customerId,
      `${count}.${String(index).padStart(2, '0')}`,
    ]);
    await pool.query('INSERT INTO orders (customer_id, total) VALUES ?', [rows]);
  }
  return from;
}

/** From the first row of the backlog to its last one. */
class Stopwatch {
  private rows = 0;
  private startedAt = 0;
  private finish: (rate: number) => void = () => undefined;
  readonly rate = new Promise<number>((resolve) => {
    this.finish = resolve;
  });

  count(rows: number): void {
    if (this.rows === 0) this.startedAt = performance.now();
    this.rows += rows;
    if (this.rows === ROWS) this.finish((ROWS / (performance.now() - this.startedAt)) * 1_000);
  }
}

async function drainByFeed(pool: Pool, url: string): Promise<number> {
  const feed = new LogFeed({
    pool,
    connection: { ...parseConnectionUrl(url), ...CONNECTION_OPTIONS },
    schema: new URL(url).pathname.slice(1),
    tables: await introspect(pool),
    logger: SILENT,
  });
  const watch = new Stopwatch();
  feed.onTransaction(({ changes }) => watch.count(changes.filter(({ table }) => table === 'orders').length));
  await feed.start(0);
  const rate = await watch.rate;
  await feed.stop();
  return rate;
}

async function drainBare(url: string, { file, offset }: LogPosition): Promise<number> {
  const zongji = new ZongJi({ ...parseConnectionUrl(url), ...CONNECTION_OPTIONS });
  const watch = new Stopwatch();
  zongji.on('binlog', (event: { getEventName(): string; rows?: readonly unknown[] }) => {
    if (event.getEventName() === 'writerows') watch.count(event.rows?.length ?? 0);
  });
  zongji.start({
    serverId: 990_001,
    filename: file,
    position: offset,
    includeSchema: { [new URL(url).pathname.slice(1)]: true },
  });
  const rate = await watch.rate;
  await new Promise<void>((resolve) => {
    zongji.once('stopped', () => resolve());
    zongji.stop();
  });
  return rate;
}
