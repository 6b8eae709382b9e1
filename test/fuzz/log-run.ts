import { type Connection, createConnection } from 'mysql2';
import type { ChangeFeed } from '../../src/changes/change-feed.ts';
import { createChangeFeed } from '../../src/changes/create-change-feed.ts';
import type { Transaction } from '../../src/changes/transaction.ts';
import { parseConnectionUrl } from '../../src/database/connection-url.ts';
import { introspect } from '../../src/database/introspect.ts';
import { CONNECTION_OPTIONS, createPool, type Pool, type ResultSetHeader } from '../../src/database/pool.ts';
import { Replica, readState } from '../support/replica.ts';
import { createTcpProxy, databaseTarget, proxiedUrl, type TcpProxy } from '../support/tcp-proxy.ts';
import { LOG_TABLES, type LogStep, MARIADB_TABLES } from './log-steps.ts';

const SCHEMA = 'films';
const SESSIONS = 3;
const STEPS_BETWEEN_LOOKS = 8;
const SETTLE_LIMIT_MS = 30_000;
/** Of what a setting of the log says that it cannot be told, or that a link broke on purpose. */
const EXPECTED_WARNING =
  /log cannot be read now|changed schema cannot be read|cannot compute|no longer holds/;

/** What becomes of a transaction before it is heard; null: it is lost. */
export type Hearing = (transaction: Transaction) => Transaction | null;

/**
 * Runs steps on fresh schemas of one or two servers; throws where the feed does not tell what a query gives. `hear` puts a
 * defect between the feed and what is compared.
 */
export async function runLogSteps(
  serverUrls: readonly string[],
  steps: readonly LogStep[],
  hear: Hearing = (transaction) => transaction,
): Promise<void> {
  const run = await LogRun.open(serverUrls, hear);
  try {
    for (const [index, step] of steps.entries()) {
      await run.take(step);
      if (index % STEPS_BETWEEN_LOOKS === STEPS_BETWEEN_LOOKS - 1) await run.look();
    }
    await run.look();
  } finally {
    await run.close();
  }
}

class LogRun {
  private readonly urls: readonly string[];
  private readonly pools: readonly Pool[];
  private readonly replica = new Replica();
  private readonly feedPool: Pool;
  private readonly proxy: TcpProxy;
  private readonly feed: ChangeFeed;
  private current: { index: number };
  private sessions: Connection[] = [];
  private untaken: Transaction[] = [];
  private warnings: string[];

  private constructor(
    urls: readonly string[],
    pools: readonly Pool[],
    way: {
      proxy: TcpProxy;
      current: { index: number };
      feed: ChangeFeed;
      feedPool: Pool;
      warnings: string[];
    },
    hear: Hearing,
  ) {
    this.urls = urls;
    this.pools = pools;
    this.proxy = way.proxy;
    this.current = way.current;
    this.feed = way.feed;
    this.feedPool = way.feedPool;
    this.warnings = way.warnings;
    this.feed.onTransaction((transaction) => {
      const heard = hear(transaction);
      if (heard) this.untaken.push(heard);
    });
  }

  static async open(serverUrls: readonly string[], hear: Hearing): Promise<LogRun> {
    const urls = await Promise.all(serverUrls.map(createSchema));
    const current = { index: 0 };
    const proxy = await createTcpProxy(() => databaseTarget(urls[current.index] as string));
    const url = proxiedUrl(urls[0] as string, proxy);
    const warnings: string[] = [];
    const warn = (details: object, message: string) =>
      warnings.push(`${message}: ${String((details as { err?: Error }).err?.message ?? '')}`);
    const feedPool = createPool(url);
    const feed = await createChangeFeed({ pool: feedPool, url, logger: { info: () => undefined, warn } });
    warnings.length = 0;
    const pools = urls.map((one) => createPool(one, { connectionLimit: 2 }));
    const run = new LogRun(urls, pools, { proxy, current, feed, feedPool, warnings }, hear);
    run.openSessions();
    await run.replica.read(feed);
    return run;
  }

  async take(step: LogStep): Promise<void> {
    switch (step.kind) {
      case 'write':
        await this.write(this.sessions[step.session] as Connection, step.statements);
        break;
      case 'setting':
        if (step.session === 'server') await this.pool.query(step.sql).catch(() => undefined);
        else await this.write(this.sessions[step.session] as Connection, [step.sql]);
        break;
      case 'break':
        this.proxy.breakAll();
        break;
      case 'rotate':
        await this.pool.query('FLUSH BINARY LOGS');
        break;
      case 'reset':
        // A server may refuse it as long as its log is read.
        await this.pool.query('RESET MASTER').catch(() => undefined);
        await this.pool.query('RESET BINARY LOGS AND GTIDS').catch(() => undefined);
        break;
      case 'exchange':
        await this.exchange();
    }
  }

  /** Compares what the feed told with what a query gives now. */
  async look(): Promise<void> {
    await this.settle();
    for (const transaction of this.untaken.splice(0)) this.replica.apply(transaction);
    if (this.replica.isStale) await this.replica.read(this.feed);
    const tables = await introspect(this.pool);
    const differences = this.replica.differences(await readState(this.pool, tables));
    const wrong = differences.filter((table) => table !== 'markers');
    if (wrong.length > 0) throw new Error(`The feed does not tell what is in ${wrong.join(', ')}.`);
    const unexpected = this.warnings.filter((warning) => !EXPECTED_WARNING.test(warning));
    if (unexpected.length > 0) throw new Error(`The feed warned of ${unexpected.join('; ')}.`);
  }

  async close(): Promise<void> {
    for (const session of this.sessions) session.destroy();
    await this.feed.stop();
    await this.feedPool.end();
    await this.proxy.stop();
    await Promise.all(this.pools.map((pool) => pool.end()));
  }

  private get pool(): Pool {
    return this.pools[this.current.index] as Pool;
  }

  private openSessions(): void {
    for (const session of this.sessions) session.destroy();
    const options = { ...parseConnectionUrl(this.urls[this.current.index] as string), ...CONNECTION_OPTIONS };
    this.sessions = Array.from({ length: SESSIONS }, () => {
      const session = createConnection(options);
      session.on('error', () => undefined);
      return session;
    });
  }

  private async write(session: Connection, statements: readonly string[]): Promise<void> {
    for (const sql of statements)
      await session
        .promise()
        .query(sql)
        .catch(() => undefined);
    for (const sql of ['ROLLBACK', 'COMMIT'])
      await session
        .promise()
        .query(sql)
        .catch(() => undefined);
  }

  private async exchange(): Promise<void> {
    await this.proxy.cut();
    this.current.index = (this.current.index + 1) % this.urls.length;
    this.openSessions();
    await this.proxy.restore();
  }

  /** Returns when a marker written now has come, or everything was told to be lost after it. */
  private async settle(): Promise<void> {
    const deadline = Date.now() + SETTLE_LIMIT_MS;
    for (;;) {
      const [marker] = await this.pool.query<ResultSetHeader>('INSERT INTO markers () VALUES ()');
      if (await this.hears(String(marker.insertId), 500)) return;
      if (Date.now() > deadline) throw new Error('What was committed is not told.');
    }
  }

  private hears(id: string, limitMs: number): Promise<boolean> {
    const isMarker = (transaction: Transaction) =>
      transaction.changes.some((change) => change.table === 'markers' && change.id === id);
    if (this.untaken.some(isMarker)) return Promise.resolve(true);
    return new Promise((resolve) => {
      const limit = setTimeout(() => done(false), limitMs);
      const end = this.feed.onTransaction((transaction) => isMarker(transaction) && done(true));
      const done = (isHeard: boolean) => {
        clearTimeout(limit);
        end();
        resolve(isHeard);
      };
    });
  }
}

async function createSchema(serverUrl: string): Promise<string> {
  const bare = createPool(serverUrl, { connectionLimit: 1 });
  await bare.query(`DROP DATABASE IF EXISTS ${SCHEMA}`);
  await bare.query(`CREATE DATABASE ${SCHEMA}`);
  await bare.query('CREATE DATABASE IF NOT EXISTS elsewhere');
  await bare.query('CREATE TABLE IF NOT EXISTS elsewhere.notes (id INT PRIMARY KEY, body TEXT NULL)');
  await bare.end();
  const url = new URL(serverUrl);
  url.pathname = `/${SCHEMA}`;
  const pool = createPool(url.href, { connectionLimit: 1 });
  await pool.query('CREATE TABLE markers (id INT AUTO_INCREMENT PRIMARY KEY)');
  for (const sql of LOG_TABLES) await pool.query(sql);
  for (const sql of MARIADB_TABLES) await pool.query(sql).catch(() => undefined);
  await pool.end();
  return url.href;
}
