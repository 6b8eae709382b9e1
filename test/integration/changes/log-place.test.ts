import { createConnection } from 'mysql2';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ChangeFeed } from '../../../src/changes/change-feed.ts';
import { createChangeFeed } from '../../../src/changes/create-change-feed.ts';
import type { Transaction } from '../../../src/changes/transaction.ts';
import { parseConnectionUrl } from '../../../src/database/connection-url.ts';
import { CONNECTION_OPTIONS, createPool, type Pool, type RowDataPacket } from '../../../src/database/pool.ts';
import { type SpareServer, startSpareServer } from '../../support/spare-server.ts';
import { createTcpProxy, databaseTarget, proxiedUrl, type TcpProxy } from '../../support/tcp-proxy.ts';

const LIMIT_MS = 60_000;

let servers: readonly [SpareServer, SpareServer];
let proxy: TcpProxy;
let urls: readonly [string, string];
let pools: readonly [Pool, Pool];
/** Of the server that the proxy leads to now. */
let current: 0 | 1;
let feed: ChangeFeed;
let told: Transaction[];
let warnings: string[];
let isMariaDb: boolean;

beforeAll(async () => {
  servers = await Promise.all([startSpareServer(), startSpareServer()]);
  urls = [await servers[0].url('films'), await servers[1].url('films')];
  pools = [createPool(urls[0]), createPool(urls[1])];
  for (const pool of pools) await pool.query('CREATE TABLE films (id INT PRIMARY KEY, title LONGTEXT)');
  const [[row]] = await pools[0].query<RowDataPacket[]>('SELECT VERSION() AS version');
  isMariaDb = /mariadb/i.test(String(row?.version));
  proxy = await createTcpProxy(() => databaseTarget(urls[current] as string));
}, LIMIT_MS);
afterAll(async () => {
  await Promise.all(pools?.map((pool) => pool.end()) ?? []);
  await proxy?.stop();
  await Promise.all(servers?.map((server) => server.stop()) ?? []);
}, LIMIT_MS);

beforeEach(async () => {
  current = 0;
  for (const pool of pools) await pool.query('DELETE FROM films');
  await openFeed();
});
afterEach(() => feed.stop());

async function openFeed(): Promise<void> {
  told = [];
  warnings = [];
  const warn = (details: object, message: string) => warnings.push(`${message} ${JSON.stringify(details)}`);
  const url = proxiedUrl(urls[0], proxy);
  const logger = { info: () => undefined, warn };
  // Its own reads go the same way as the log.
  feed = await createChangeFeed({ pool: createFeedPool(url), url, logger });
  feed.onTransaction((transaction) => told.push(transaction));
}

const feedPools: Pool[] = [];
function createFeedPool(url: string): Pool {
  const pool = createPool(url);
  feedPools.push(pool);
  return pool;
}
afterEach(async () => {
  await Promise.all(feedPools.splice(0).map((pool) => pool.end()));
});

const insert = (id: number, bytes = 10) =>
  pools[current].query('INSERT INTO films VALUES (?, ?)', [id, 'x'.repeat(bytes)]);
const ids = () => told.flatMap(({ changes }) => changes.map(({ id }) => id));
const reasons = () => told.flatMap(({ dirty }) => dirty.map(({ table, reason }) => `${table} ${reason}`));
const resetLogs = (pool = pools[0]) => pool.query(isMariaDb ? 'RESET MASTER' : 'RESET BINARY LOGS AND GTIDS');

/** Breaks the link, and waits until the next one has read a row. */
async function followAgain(id: number): Promise<void> {
  proxy.breakAll();
  await expect.poll(() => feed.status.connected).toBe(true);
  await insert(id);
  await expect.poll(ids).toContain(String(id));
}

async function forgetLink(): Promise<void> {
  await proxy.cut();
  await expect.poll(() => feed.status.connected).toBe(false);
  await expect.poll(async () => (await findDumps()).length).toBe(0);
}

async function findDumps(): Promise<RowDataPacket[]> {
  const [rows] = await pools[0].query<RowDataPacket[]>(
    "SELECT id FROM information_schema.processlist WHERE command LIKE 'Binlog Dump%'",
  );
  return rows;
}

describe('a link goes on in the log that was left', () => {
  test('after a break, with nothing told twice', async () => {
    await insert(1);
    await expect.poll(ids).toEqual(['1']);
    await followAgain(2);
    await followAgain(3);
    expect(ids()).toEqual(['1', '2', '3']);
    expect(reasons()).toEqual([]);
  });

  test('after a break at the begin of a new file', async () => {
    await insert(1);
    await pools[0].query('FLUSH BINARY LOGS');
    await followAgain(2);
    expect(ids()).toEqual(['1', '2']);
    expect(reasons()).toEqual([]);
  });
});

describe('a log that is reset while it is read is lost at once', () => {
  test.each([
    ['with nothing written since', 0],
    ['with less than there was', 3],
  ])('%s', async (_title, count) => {
    for (let id = 1; id <= 20; id++) await insert(id);
    await expect.poll(ids).toContain('20');
    await resetLogs();
    for (let id = 21; id <= 20 + count; id++) await insert(id);
    await expect.poll(reasons).toEqual(['films log_lost']);
    await insert(30);
    await expect.poll(ids).toContain('30');
  });
});

describe('a log that was reset is another one', () => {
  test.each([
    ['smaller', 10],
    ['grown past the old place', 200_000],
  ])('and %s: everything may have changed, and what follows is told', async (_size, bytes) => {
    await insert(1);
    await expect.poll(ids).toEqual(['1']);
    const [before] = told.map(({ cursor }) => cursor);
    await forgetLink();
    await resetLogs();
    await insert(2, bytes);
    await resetLogs();
    await insert(3, bytes);
    await proxy.restore();
    await expect.poll(reasons).toEqual(['films log_lost']);
    await insert(4);
    await expect.poll(ids).toEqual(['1', '4']);
    expect(feed.since(before ?? '')).toBeNull();
    expect(reasons()).toEqual(['films log_lost']);
  });

  test('also where it grew again to the very same places', async () => {
    await forgetLink();
    await resetLogs();
    await proxy.restore();
    await expect.poll(reasons).toEqual(['films log_lost']);
    await insert(1);
    await expect.poll(ids).toEqual(['1']);
    await forgetLink();
    await resetLogs();
    await insert(2);
    await insert(3);
    await proxy.restore();
    await expect.poll(() => reasons().length).toBe(2);
    await insert(4);
    await expect.poll(ids).toEqual(['1', '4']);
  });

  test('also where nothing was read of it before', async () => {
    await forgetLink();
    await resetLogs();
    await insert(2);
    await proxy.restore();
    await expect.poll(reasons).toEqual(['films log_lost']);
  });
});

describe('another server behind the same address', () => {
  test.each([
    ['a smaller log', 10],
    ['a larger log', 400_000],
  ])('with %s is noticed, and followed at once', async (_size, bytes) => {
    await pools[1].query('INSERT INTO films VALUES (90, ?)', ['x'.repeat(bytes)]);
    await insert(1, 100_000);
    await expect.poll(ids).toEqual(['1']);
    const cursor = told[0]?.cursor ?? '';
    await proxy.cut();
    current = 1;
    await proxy.restore();
    await expect.poll(reasons).toEqual(['films log_lost']);
    await insert(2);
    await expect.poll(ids).toEqual(['1', '2']);
    expect(feed.since(cursor)).toBeNull();
  });

  test('with a log of the very same places is noticed', async () => {
    await forgetLink();
    await Promise.all(pools.map((pool) => resetLogs(pool)));
    await proxy.restore();
    await expect.poll(reasons).toEqual(['films log_lost']);
    await insert(1);
    await pools[1].query('INSERT INTO films VALUES (?, ?)', [2, 'x'.repeat(10)]);
    await pools[1].query('INSERT INTO films VALUES (?, ?)', [3, 'x'.repeat(10)]);
    await expect.poll(ids).toEqual(['1']);
    await proxy.cut();
    current = 1;
    await proxy.restore();
    await expect.poll(() => reasons().length).toBe(2);
    await insert(4);
    await expect.poll(ids).toEqual(['1', '4']);
  });
});

test('each file tells by itself whether its events end with checksums', async () => {
  const [pool] = pools;
  await pool.query('SET GLOBAL binlog_checksum = NONE');
  await insert(1);
  await pool.query('FLUSH BINARY LOGS');
  await pool.query('SET GLOBAL binlog_checksum = CRC32');
  await insert(2);
  await expect.poll(ids).toEqual(['1', '2']);
  await feed.stop();
  await openFeed();
  await insert(3);
  await expect.poll(ids).toEqual(['3']);
  const { data } = await feed.snapshot(
    async (db) => (await db.query<RowDataPacket[]>('SELECT id FROM films'))[0],
  );
  expect(data.map(({ id }) => id)).toEqual([1, 2, 3]);
  expect([...reasons(), ...warnings]).toEqual([]);
  expect(feed.head).toMatch(/^\d{10}-\d{13}-[0-9a-z]+-[0-9a-f]{8}$/);
});

test('a link outlives the time after which the server cuts idle connections', async () => {
  const [pool] = pools;
  await pool.query('SET GLOBAL wait_timeout = 1');
  await proxy.cut();
  await expect.poll(() => feed.status.connected).toBe(false);
  await proxy.restore();
  await expect.poll(() => feed.status.connected).toBe(true);
  const { since } = feed.status;
  for (let cut = 0; cut < 3; cut++) await idleUntilCut(urls[0]);
  expect(feed.status).toMatchObject({ connected: true, since });
  await pool.query('SET GLOBAL wait_timeout = 28800');
});

/** Opens a connection that does nothing, and returns when the server has cut it. */
async function idleUntilCut(url: string): Promise<void> {
  const idle = createConnection({ ...parseConnectionUrl(url), ...CONNECTION_OPTIONS });
  await new Promise((resolve) => idle.once('error', resolve));
  idle.destroy();
}
