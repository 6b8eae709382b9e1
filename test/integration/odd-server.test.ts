import { afterAll, beforeAll, expect, test } from 'vitest';
import { createChangeFeed } from '../../src/changes/create-change-feed.ts';
import { type EmbeddedServer, startEmbeddedServer } from '../../src/database/embedded-server.ts';
import { migrate } from '../../src/database/migrate.ts';
import { createPool, type Pool, type RowDataPacket, transaction } from '../../src/database/pool.ts';
import { claimOrder } from '../../src/orders/assign-order.ts';
import { reconcileStock } from '../../src/orders/reconcile-stock.ts';
import { createDataDir, type TestDataDir } from '../support/data-dir.ts';
import { StoreRows, ZIX } from '../support/store-rows.ts';

// Each is somebody's good reason, and none of them may reach the panel.
const OPTIONS = [
  '--autocommit=0',
  '--binlog-row-metadata=MINIMAL',
  '--completion-type=RELEASE',
  '--max-connections=6',
  '--default-time-zone=+05:30',
  '--sql-mode=ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PAD_CHAR_TO_FULL_LENGTH,PIPES_AS_CONCAT',
  '--sql-safe-updates',
  '--transaction-isolation=SERIALIZABLE',
  '--wait-timeout=5',
];

let dataDir: TestDataDir;
let server: EmbeddedServer;
let url: string;
let pool: Pool;

beforeAll(async () => {
  dataDir = await createDataDir();
  server = await startEmbeddedServer({ dataDir: dataDir.path, extraOptions: OPTIONS });
  url = server.url('shop');
  const root = createPool(server.url(''), { connectionLimit: 1 });
  await root.query('SET GLOBAL sql_select_limit = 2');
  await root.query('CREATE DATABASE shop CHARACTER SET latin1');
  await root.end();
  await migrate(url);
  pool = createPool(url);
});
afterAll(async () => {
  await pool?.end();
  await server?.stop();
  await dataDir?.remove();
});

test('a store lives on a server with other habits: what is written is kept, whole, and in UTC', async () => {
  const rows = new StoreRows(pool);
  const customerId = await rows.addCustomer('Gax');
  const employeeId = await rows.addEmployee('Zix');
  const titles = ["It's", 'back\\slash', 'say "hi"', 'a || b'];
  for (const title of titles) await rows.addFilm({ stock: 3, title });
  const beside = createPool(url, { connectionLimit: 1 });
  const [films] = await beside.query<RowDataPacket[]>('SELECT id, title FROM movies ORDER BY id');
  expect(films.map(({ title }) => title)).toEqual(titles);
  const orderId = await rows.place(customerId, [{ movieId: films[0]?.id, quantity: 2 }]);
  expect(await claimOrder(pool, ZIX, { orderId, employeeId })).toMatchObject({ ok: true });
  const [[order]] = await beside.query<RowDataPacket[]>('SELECT status, placed_at FROM orders');
  expect(order?.status).toBe('assigned');
  expect(Math.abs(Date.parse(`${order?.placed_at}Z`) - Date.now())).toBeLessThan(60_000);
  expect(await reconcileStock(beside)).toEqual([]);
  await beside.end();
});

test('a first reading of the log warns of nothing, also not of tables that are gone or others now', async () => {
  await pool.query('CREATE TABLE gone (id INT PRIMARY KEY, twice INT AS (id * 2) STORED)');
  await pool.query('INSERT INTO gone (id) VALUES (1), (2)');
  await pool.query('ALTER TABLE gone ADD name VARCHAR(20) FIRST');
  await pool.query("UPDATE gone SET name = 'x'");
  await pool.query('DROP TABLE gone');
  await pool.query('CREATE TABLE turned (id INT PRIMARY KEY, n INT)');
  await pool.query('INSERT INTO turned VALUES (1, 1)');
  await pool.query("ALTER TABLE turned MODIFY n ENUM('a', 'b') NULL, DROP PRIMARY KEY");
  await pool.query('RENAME TABLE turned TO renamed');
  await pool.query("INSERT INTO renamed VALUES (2, 'b')");
  const warnings: string[] = [];
  const warn = (_details: object, message: string) => warnings.push(message);
  const feed = await createChangeFeed({ pool, url, logger: { info: () => undefined, warn } });
  expect(feed.status).toMatchObject({ mode: 'log', connected: true });
  await feed.stop();
  expect(warnings).toEqual([]);
});

test('a connection that idles is not cut off, nor does a commit end it', async () => {
  const connection = createPool(url, { connectionLimit: 1 });
  const findIdentity = async () => {
    const [[row]] = await connection.query<RowDataPacket[]>(
      'SELECT CONNECTION_ID() AS id, @@wait_timeout AS s',
    );
    return row;
  };
  const before = await findIdentity();
  await transaction(connection, async (db) =>
    db.query('UPDATE movies SET price = price + 1 WHERE stock = 3'),
  );
  expect(await findIdentity()).toEqual(before);
  expect(before?.s).toBeGreaterThan(60 * 60);
  await connection.end();
});

test('where more is asked at once than the server has connections, everything is answered', async () => {
  const pools = Array.from({ length: 6 }, () => createPool(url, { connectionLimit: 2 }));
  const answers = await Promise.all(
    pools.map(async (each) => {
      const asked = [1, 2].map(() => each.query<RowDataPacket[]>('SELECT COUNT(*) AS films FROM movies'));
      return Promise.allSettled(asked).finally(() => each.end());
    }),
  );
  expect(answers.flat().map(({ status }) => status)).toEqual(Array(12).fill('fulfilled'));
});
