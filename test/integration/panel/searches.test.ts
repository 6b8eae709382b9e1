import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createBoundedReads, isOvertime } from '../../../src/database/bounded-reads.ts';
import { introspect } from '../../../src/database/introspect.ts';
import { createPool, type Pool, type RowDataPacket } from '../../../src/database/pool.ts';
import type { RowQuery } from '../../../src/database/read-page.ts';
import { resolveOrder } from '../../../src/database/row-order.ts';
import type { Table } from '../../../src/database/table.ts';
import { TableReader } from '../../../src/panel/table-reader.ts';
import { createTableViews } from '../../../src/panel/table-view.ts';
import type { ResourceConfig } from '../../../src/resources/define.ts';
import { resolveResources } from '../../../src/resources/resolve.ts';
import { encodeTable } from '../../../src/table-address.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { startPanel, type TestPanel } from '../../support/panel.ts';

const OWNERS = 40;
const EVERYBODY = { list: true, show: true } as const;
/** Tables whose rows are called after their keys. */
const NAMED: readonly ResourceConfig[] = [
  'inventories',
  'rentals',
  'parts',
  'A%b',
  'stamps',
  'zones',
  'readings',
  'notes',
].map((table) => ({ table, can: EVERYBODY }));
const CONFIGS: readonly ResourceConfig[] = [
  { table: 'events', can: EVERYBODY },
  { table: 'owners', can: EVERYBODY },
  { table: 'seats', can: EVERYBODY },
  { table: 'endless', can: EVERYBODY },
  { table: 'tickets', can: EVERYBODY },
  ...NAMED,
];

let database: TestDatabase;
let panel: TestPanel;
/** One connection, whose reads are counted. */
let counted: Pool;
let readers: (table: string) => { readonly reader: TableReader; readonly table: Table };

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'panel' });
  const { pool } = database;
  await pool.query(
    'CREATE TABLE owners (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(80) NOT NULL, KEY (name))',
  );
  const names = Array.from({ length: OWNERS }, (_, index) => [index === 7 ? 'Zorblax' : `Somebody ${index}`]);
  await pool.query('INSERT INTO owners (name) VALUES ?', [names]);
  await pool.query(
    `CREATE TABLE events (id INT AUTO_INCREMENT PRIMARY KEY, owner_id INT NOT NULL, other_id INT NULL, note INT NULL,
       FOREIGN KEY (owner_id) REFERENCES owners (id), FOREIGN KEY (other_id) REFERENCES owners (id))`,
  );
  await pool.query('CREATE TABLE digits (d INT PRIMARY KEY)');
  await pool.query('INSERT INTO digits VALUES (0),(1),(2),(3),(4),(5),(6),(7),(8),(9)');
  await pool.query(
    `INSERT INTO events (owner_id, other_id) SELECT 1, 2 FROM digits a, digits b, digits c, digits d, digits e
     WHERE a.d < 3`,
  );
  await pool.query('UPDATE events SET owner_id = 8, other_id = 8 WHERE id IN (5, 29000)');
  await pool.query(
    `CREATE TABLE seats (line INT, place INT, owner_id INT NOT NULL, PRIMARY KEY (line, place),
       FOREIGN KEY (owner_id) REFERENCES owners (id))`,
  );
  await pool.query('INSERT INTO seats VALUES (1, 1, 1), (1, 2, 8), (2, 1, 8)');
  await pool.query(
    'CREATE TABLE tickets (id INT PRIMARY KEY, owner_id INT NULL, FOREIGN KEY (owner_id) REFERENCES owners (id))',
  );
  await pool.query('INSERT INTO tickets VALUES (17, NULL), (18, 8)');
  await pool.query(
    `CREATE VIEW endless AS SELECT a.id, CONCAT(a.id, b.id, c.id) AS words
     FROM events a JOIN events b JOIN events c WHERE a.id + b.id + c.id < 0`,
  );
  await makeNamed(pool);
  panel = await startPanel(database, CONFIGS);
  counted = createPool(database.url, { connectionLimit: 1 });
  const views = createTableViews(resolveResources(await introspect(pool), CONFIGS), 'employee');
  readers = (table) => {
    const view = views.get(table);
    if (!view) throw new Error(`no view of ${table}`);
    return { reader: new TableReader(counted, views, view), table: view.table };
  };
});

afterAll(async () => {
  await counted?.end();
  await panel?.stop();
  await database?.drop();
});

beforeEach(() => counted.query('FLUSH STATUS'));

const search = (
  name: string,
  text: string,
  { sort = null, limit = 25, offset = 0 }: Partial<RowQuery> = {},
) => {
  const { reader, table } = readers(name);
  const order = resolveOrder(table, table.columns, sort);
  return reader.findPage({ filters: [], search: reader.searchFor(text), order, limit, place: { offset } });
};

async function countReads(): Promise<number> {
  const [status] = await counted.query<RowDataPacket[]>("SHOW SESSION STATUS LIKE 'Handler_read%'");
  return status.reduce((sum, { Value }) => sum + Number(Value), 0);
}

test('a search for what nothing holds leaves the searched table alone', async () => {
  expect(await search('events', 'nobody of this name')).toMatchObject({ rows: [], total: 0, hasNext: false });
  expect(await countReads()).toBeLessThan(10 * OWNERS);
});

test('a search reads what each of its targets finds by its own index, and shows a row once', async () => {
  const { rows, total } = await search('events', 'Zorblax', { sort: { column: 'id', direction: 'desc' } });
  expect([rows.map(({ id }) => id), total]).toEqual([['29000', '5'], 2]);
  expect(await countReads()).toBeLessThan(10 * OWNERS);
});

test('a search for a key and for a name that nearly everything holds finds what it did', async () => {
  expect((await search('events', '17')).rows.map(({ id }) => id)).toContain('17');
  const common = await search('events', 'Somebody', { limit: 3, offset: 3 });
  expect([common.rows.map(({ id }) => id), common.total, common.hasNext]).toEqual([
    ['4', '6', '7'],
    10_001,
    true,
  ]);
});

test('a search pages, sorts and filters as it always has, with keys of several columns too', async () => {
  const sort = { column: 'place', direction: 'asc' as const };
  const seats = await search('seats', 'Zorblax', { sort, limit: 1, offset: 1 });
  expect([seats.rows.map(({ id }) => id), seats.total]).toEqual([['1~2'], 2]);
  const { body } = await panel
    .as('employee')
    .get('/resources/events/actions/list?q=Zorblax&filters.id.to=100');
  expect(body.records?.map(({ id }) => id)).toEqual(['5']);
});

test('what takes too long to be searched is left out and named, and the rest is found', async () => {
  const connection = await database.pool.getConnection();
  try {
    await connection.query('LOCK TABLES owners WRITE');
    const find = async (text: string) =>
      (await panel.as('employee').get(`/resources/tickets/actions/list?q=${text}`)).body;
    const [found, nothing] = await Promise.all([find('17'), find('Zorblax')]);
    expect(found).toMatchObject({ records: [{ id: '17' }], meta: { total: 1, unsearched: ['Owner'] } });
    expect(nothing).toMatchObject({ records: [], meta: { total: 0, unsearched: ['Owner'] } });
  } finally {
    await connection.query('UNLOCK TABLES');
    connection.release();
  }
  const { body } = await panel.as('employee').get('/resources/tickets/actions/list?q=Zorblax');
  expect(body).toMatchObject({ records: [{ id: '18' }], meta: { unsearched: [] } });
});

test('a read that takes too long ends, and the list says what to do', async () => {
  const { status, body } = await panel.as('employee').get('/resources/endless/actions/list');
  expect(status).toBe(503);
  expect(body.notice).toEqual({ type: 'error', message: expect.stringContaining('Narrow') });
  expect(JSON.stringify(body)).not.toMatch(/SELECT|max_statement|execution/i);
});

test.each([
  ['a count', 'SELECT COUNT(*) AS n FROM endless'],
  ['a filter', "SELECT id FROM endless WHERE words LIKE '%x%' LIMIT 1"],
])('%s that takes too long ends as one, and its connection goes on', async (_name, sql) => {
  const reads = await createBoundedReads(counted, 100);
  const error = await reads.pool.query(sql).catch((thrown: unknown) => thrown);
  expect(isOvertime(error)).toBe(true);
  const [rows] = await reads.pool.query<RowDataPacket[]>('SELECT ? AS one', [1]);
  expect(rows).toEqual([{ one: 1 }]);
});

test('a read is ended, a write is not', async () => {
  const reads = await createBoundedReads(counted, 100);
  await reads.pool.query('INSERT INTO events (owner_id, note) SELECT 1, SLEEP(0.3)');
  const [rows] = await reads.pool.query<RowDataPacket[]>('SELECT note FROM events ORDER BY id DESC LIMIT 1');
  expect(rows).toEqual([{ note: 0 }]);
});

test('one account holds four connections at once, and another is served meanwhile', async () => {
  const reads = await createBoundedReads(database.pool, 1_000);
  const slow = reads.runFor(1, () =>
    Array.from({ length: 12 }, () => reads.pool.query('SELECT COUNT(*) AS n FROM endless').catch(() => null)),
  );
  const countSlow = async () => {
    const [[row]] = await reads.runFor(2, () =>
      reads.pool.query<RowDataPacket[]>(
        `SELECT COUNT(*) AS n FROM information_schema.processlist
         WHERE db = DATABASE() AND info LIKE '%AS n FROM endless%' AND id <> CONNECTION_ID()`,
      ),
    );
    return row?.n;
  };
  await expect.poll(countSlow, { interval: 20 }).toBe(4);
  expect(await countSlow()).toBe(4);
  await Promise.all(slow);
});

async function makeNamed(pool: Pool): Promise<void> {
  const made = [
    'CREATE TABLE inventories (id INT AUTO_INCREMENT PRIMARY KEY, amount INT)',
    'INSERT INTO inventories VALUES (45, 1), (451, 1), (4581, 1), (4600, 1), (145, 1)',
    `CREATE TABLE rentals (id BIGINT UNSIGNED PRIMARY KEY, inventory_id INT, FOREIGN KEY (inventory_id) REFERENCES inventories (id))`,
    'INSERT INTO rentals VALUES (1, 45), (2, 4581), (18446744073709551615, NULL)',
    `CREATE TABLE parts (rental_id BIGINT UNSIGNED, owner_id INT, PRIMARY KEY (rental_id, owner_id),
       FOREIGN KEY (rental_id) REFERENCES rentals (id), FOREIGN KEY (owner_id) REFERENCES owners (id))`,
    'INSERT INTO parts VALUES (1, 8), (1, 9), (2, 8)',
    'CREATE TABLE `A%b` (id INT PRIMARY KEY)',
    'INSERT INTO `A%b` VALUES (-1), (-12), (1), (0)',
    'CREATE TABLE stamps (line INT, place INT, PRIMARY KEY (line, place))',
    'INSERT INTO stamps VALUES (-3, 7), (-3, 8), (3, 7), (42, 70)',
    'CREATE TABLE zones (code VARCHAR(20) PRIMARY KEY) CHARACTER SET utf8mb4',
    "INSERT INTO zones VALUES ('north pole'), ('50% ~ off'), ('süd')",
    'CREATE TABLE readings (at DATETIME(3) PRIMARY KEY)',
    "INSERT INTO readings VALUES ('2026-11-24 10:00:00.123'), ('2026-11-24 10:00:00.124')",
    'CREATE TABLE notes (id INT PRIMARY KEY, name VARCHAR(20), KEY (name)) CHARACTER SET utf8mb4',
    "INSERT INTO notes VALUES (12, 'Note 13'), (13, ''), (130, 'none')",
  ];
  for (const sql of made) await pool.query(sql);
}

const ask = async (table: string, action: string, q: string) => {
  const address = `/resources/${encodeTable(table)}/actions/${action}`;
  const { body } = await panel.as('employee').get(`${address}?q=${encodeURIComponent(q)}`);
  return body.records ?? [];
};

test.each(NAMED.map(({ table }) => table))(
  'what rows of %s are called finds each, in the list and as a choice',
  async (table) => {
    const rows = await ask(table, 'list', '');
    expect(rows.length).toBeGreaterThan(1);
    for (const { id, title } of rows)
      for (const action of ['list', 'search'])
        expect(
          (await ask(table, action, title)).map((row) => row.id),
          `${action} of ${title}`,
        ).toContain(id);
  },
);

describe('a row that is called after its key', () => {
  const cases: [asked: string, table: string, action: string, text: string, ids: string[]][] = [
    ['by its whole name alone', 'inventories', 'list', 'Inventory 45', ['45']],
    ['whatever the case', 'inventories', 'list', 'inventory 4581', ['4581']],
    ['by its number', 'inventories', 'list', '#4581', ['4581']],
    ['by both', 'inventories', 'list', 'Inventory #4581', ['4581']],
    ['by the beginning of a choice', 'inventories', 'search', 'Inventory 45', ['45', '451', '4581']],
    ['by the beginning of its number', 'inventories', 'search', '45', ['45', '451', '4581']],
    ['with the largest key there is', 'rentals', 'search', '#184467440737095516', ['18446744073709551615']],
    ['with a key that is less than none', 'A%b', 'list', 'A%b -1', ['-1']],
    ['with the beginning of such a key', 'A%b', 'search', 'A%b -1', ['-12', '-1']],
    ['of zero', 'A%b', 'search', 'A%b 0', ['0']],
    ['with two columns', 'stamps', 'list', 'Stamp -3~7', ['-3~7']],
    ['with the first of two columns', 'stamps', 'search', '#-3', ['-3~7', '-3~8']],
    ['with the beginning of the second', 'stamps', 'search', 'Stamp 42~7', ['42~70']],
    ['of text as it is written', 'zones', 'list', 'Zone north pole', ['north.20pole']],
    ['after what it points at', 'parts', 'list', 'Rental 1 · Zorblax', ['1~8']],
    ['after one of what it points at', 'parts', 'list', 'Rental 1', ['1~8', '1~9']],
    ['where it is pointed at', 'rentals', 'list', 'Inventory 45', ['1']],
    ['for want of a title', 'notes', 'list', 'Note 13', ['13', '12']],
    ['not at all by nothing', 'inventories', 'list', '#', []],
    ['not by a name that is longer', 'inventories', 'list', 'Inventory 45 x', []],
  ];
  test.each(cases)('is found %s', async (_asked, table, action, text, ids) => {
    expect((await ask(table, action, text)).map(({ id }) => id)).toEqual(ids);
  });
});

test('a name with a key reads what the key means alone, and its beginning no more than it finds', async () => {
  expect((await search('events', 'Event 29000')).rows.map(({ id }) => id)).toEqual(['29000']);
  expect(await countReads()).toBeLessThan(10 * OWNERS);
  await counted.query('FLUSH STATUS');
  const { reader, table } = readers('events');
  const found = await reader.findPage({
    filters: [],
    search: reader.searchFor('Event 290', { isChoice: true }),
    order: resolveOrder(table, table.columns, null),
    limit: 50,
    place: { offset: 0 },
  });
  expect(found.rows.map(({ id }) => id).slice(0, 3)).toEqual(['290', '2900', '2901']);
  expect(await countReads()).toBeLessThan(30 * OWNERS);
});
