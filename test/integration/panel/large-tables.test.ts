import { afterAll, beforeAll, expect, test } from 'vitest';
import { introspect } from '../../../src/database/introspect.ts';
import type { RowDataPacket } from '../../../src/database/pool.ts';
import { createPool } from '../../../src/database/pool.ts';
import { findPage } from '../../../src/database/read-page.ts';
import { type Place, type Position, resolveOrder } from '../../../src/database/row-order.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { startPanel, type TestPanel } from '../../support/panel.ts';

// Traps 10 and 11: what a list reads does not grow with the table.
const ROWS = 30_000;

let database: TestDatabase;
let panel: TestPanel;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'panel' });
  const { pool } = database;
  await pool.query(
    'CREATE TABLE owners (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(80), about VARCHAR(2000)) DEFAULT CHARSET = utf8mb4',
  );
  await pool.query("INSERT INTO owners (name, about) VALUES ('Somebody', REPEAT('x', 2000))");
  await pool.query(
    `CREATE TABLE events (id INT AUTO_INCREMENT PRIMARY KEY, at DATETIME NOT NULL, owner_id INT NOT NULL, label VARCHAR(80),
       KEY (at, id), FOREIGN KEY (owner_id) REFERENCES owners (id)) DEFAULT CHARSET = utf8mb4`,
  );
  await pool.query("INSERT INTO events (at, owner_id, label) VALUES ('2026-01-01', 1, 'first')");
  for (let count = 1; count < ROWS; count *= 2)
    await pool.query(
      "INSERT INTO events (at, owner_id, label) SELECT at + INTERVAL ? SECOND, 1, CONCAT('event ', id) FROM events LIMIT ?",
      [count, ROWS - count],
    );
  await pool.query(
    `CREATE TABLE letters (id INT AUTO_INCREMENT PRIMARY KEY, subject VARCHAR(80), body MEDIUMTEXT, facts JSON,
       note VARCHAR(2000), owner_id INT, FOREIGN KEY (owner_id) REFERENCES owners (id)) DEFAULT CHARSET = utf8mb4`,
  );
  await pool.query(
    `INSERT INTO letters (subject, body, facts, note, owner_id)
     SELECT 'Dear reader', REPEAT('x', 1000000), CONCAT('["', REPEAT('x', 1000000), '"]'), REPEAT('x', 2000), 1
     FROM events LIMIT 25`,
  );
  panel = await startPanel(database, [
    { table: 'letters', list: { columns: ['subject', 'owner_id'] }, can: { list: true, show: true } },
    { table: 'events', list: { sort: { column: 'at', direction: 'desc' } }, can: { list: true, show: true } },
  ]);
});

afterAll(async () => {
  await panel?.stop();
  await database?.drop();
});

test('a count goes no further than it is shown', async () => {
  const { body } = await panel.as('employee').get('/resources/events/actions/list');
  expect(body.meta).toMatchObject({ total: 10_001, hasNext: true, page: 1, perPage: 25 });
});

test('a page of 50 rows carries no row of another table', async () => {
  const { body } = await panel.as('employee').get('/resources/events/actions/list?perPage=50');
  expect(body.records).toHaveLength(50);
  expect(JSON.stringify(body).length).toBeLessThan(60_000);
});

test('reading on from a row gives the same page as counting to it, and reads that page alone', async () => {
  const table = (await introspect(database.pool)).find(({ name }) => name === 'events');
  if (!table) throw new Error('events is not there');
  const pool = createPool(database.url, { connectionLimit: 1 });
  const order = resolveOrder(table, table.columns, { column: 'at', direction: 'desc' });
  const query = { filters: [], order, limit: 50 };
  const read = (place: Place) => findPage(pool, table, table.columns, { ...query, place });
  const before = await read({ offset: 24_950 });
  const counted = await read({ offset: 25_000 });
  await pool.query('FLUSH STATUS');
  expect(await read({ after: before.last as Position })).toEqual(counted);
  const [status] = await pool.query<RowDataPacket[]>("SHOW SESSION STATUS LIKE 'Handler_read%'");
  await pool.end();
  const readCount = status.reduce((sum, { Value }) => sum + Number(Value), 0);
  expect(readCount).toBeLessThan(500);
});

test.for(['list', 'search', 'rows?ids=1,2,3,4,5'])(
  'a %s of rows with long texts carries none that it does not show',
  async (action) => {
    const { body } = await panel.as('employee').get(`/resources/letters/actions/${action}`);
    expect(body.records?.length).toBeGreaterThan(4);
    expect(JSON.stringify(body).length).toBeLessThan(60_000);
  },
);

test("a row's own page carries its long texts whole", async () => {
  const { body } = await panel.as('employee').get('/resources/letters/records/1/show');
  expect(body.record?.params.body).toHaveLength(1_000_000);
});
