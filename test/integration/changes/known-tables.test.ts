import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openTestFeed, type TestFeed } from '../../support/change-feed.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createTcpProxy, databaseTarget, proxiedUrl, type TcpProxy } from '../../support/tcp-proxy.ts';

const TABLES = 30;

let database: TestDatabase;
let proxy: TcpProxy;
let feed: TestFeed;
/** A server that never answers: what the feed asks anew may be sent there, while its log goes on. */
let silent: Server;
const waiting: Socket[] = [];
let isReachable = true;

beforeAll(async () => {
  database = await createTestDatabase();
  await database.pool.query('CREATE TABLE films (id INT PRIMARY KEY, title VARCHAR(20)) ENGINE=InnoDB');
  silent = createServer((socket) => waiting.push(socket.on('error', () => undefined)));
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', () => resolve()));
  const { port } = silent.address() as AddressInfo;
  proxy = await createTcpProxy(() => (isReachable ? databaseTarget(database.url) : port));
  feed = await openTestFeed(database, proxiedUrl(database.url, proxy));
  // Of a log whose newest file is large nothing old is read, and so the feed is there before its link.
  await vi.waitFor(() => expect(feed.feed.status.connected).toBe(true), { timeout: 20_000 });
  // The tables that the log has told of so far have been read when a snapshot has been taken.
  await feed.feed.snapshot(async () => null);
});
afterAll(async () => {
  await feed?.stop();
  await proxy?.stop();
  silent?.close();
  await database.drop();
});

const told = () =>
  feed.transactions.splice(0).map(({ changes, dirty }) => ({
    changes: changes.map(({ table, kind, after }) => `${kind} ${table} ${JSON.stringify(after)}`),
    dirty: dirty.map(({ table, reason }) => `${table} ${reason}`),
  }));

test('rows of known tables are told while tables that were made are read, all in one reading', async () => {
  const { pool } = database;
  isReachable = false;
  for (let number = 0; number < TABLES; number++)
    await pool.query(`CREATE TABLE made_${number} (id INT PRIMARY KEY, n INT)`);
  await pool.query("INSERT INTO films VALUES (1, 'Gork')");
  await feed.settle();
  expect(told()).toEqual([{ changes: ['insert films {"id":1,"title":"Gork"}'], dirty: [] }]);
  expect(waiting).toHaveLength(1);
  isReachable = true;
  for (const socket of waiting) socket.destroy();
  // What could not be read is read with the next link.
  await pool.query('INSERT INTO made_3 VALUES (1, 7)');
  await feed.settle();
  expect(told()).toEqual([{ changes: ['insert made_3 {"id":1,"n":7}'], dirty: [] }]);
});

test('rows of a table that was made or changed wait for its columns, and those of others behind them', async () => {
  const { pool } = database;
  await pool.query('CREATE TABLE shelves (id INT PRIMARY KEY, n INT)');
  await pool.query('INSERT INTO shelves VALUES (1, 7)');
  await pool.query('DELETE FROM shelves');
  await pool.query("ALTER TABLE shelves MODIFY n ENUM('a', 'seven') NULL");
  await pool.query("INSERT INTO shelves VALUES (2, 'seven')");
  await pool.query("INSERT INTO films VALUES (2, 'Blip')");
  await pool.query('RENAME TABLE shelves TO racks');
  await pool.query("INSERT INTO racks VALUES (3, 'a')");
  await pool.query('DROP TABLE racks');
  await feed.settle();
  const changes = told().flatMap((one) => one.changes);
  expect(changes).toContain('insert films {"id":2,"title":"Blip"}');
  // Each is told whole, or its table as dirty where it was another one again before it could be read.
  for (const change of changes.filter((one) => !one.includes('films')))
    expect(change).toMatch(
      /^(?:insert|delete) (?:shelves|racks) (?:null|\{"id":\d,"n":(?:7|"seven"|"a")\})$/,
    );
});
