import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { introspect } from '../../../src/database/introspect.ts';
import type { RowDataPacket } from '../../../src/database/pool.ts';
import { findPage, findRows } from '../../../src/database/read-page.ts';
import {
  isSortable,
  type Place,
  type Position,
  resolveOrder,
  type Sort,
} from '../../../src/database/row-order.ts';
import type { Table } from '../../../src/database/table.ts';
import type { Role } from '../../../src/resources/role.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { startPanel, type TestPanel } from '../../support/panel.ts';

// Case 4.1: a walk by Next or Previous shows every row once that was there throughout, whatever it is sorted by.

/** Columns with values that share a place, lie at its edges, or are compared otherwise than their text is. */
const KINDS: Readonly<Record<string, readonly [type: string, ...values: string[]]>> = {
  tiny: ['TINYINT', '-128', '-1', '0', '7', '127'],
  wide: ['BIGINT UNSIGNED', '0', '9007199254740993', '9007199254740992', '18446744073709551615'],
  exact: [
    'DECIMAL(65,30)',
    "'0.000000000000000000000000000001'",
    "'-1.5'",
    "'99999999999999999999999999999999999.1'",
  ],
  fraction: ['DECIMAL(1,1)', "'-0.3'", "'0'", "'0.1'", "'-0.9'"],
  whole: ['DECIMAL(65,0)', "'99999999999999999999999999999999999999999999999999999999999999999'", '-3', '0'],
  single: ['FLOAT', '0.1', '16777216', '-0.0', '3.4e38', '0.30000001'],
  // The last ones are longer than what MySQL makes of a double as text.
  twofold: [
    'DOUBLE',
    '0.1',
    '0.30000000000000004',
    '0.3',
    '1e308',
    '-1e-308',
    "'-6.527180315255231e-291'",
    "'-6.52718031525523e-291'",
    "'-2.2250738585072014e-308'",
    "'-1.1288249985461003e174'",
  ],
  flag: ['BOOLEAN', 'TRUE', 'FALSE'],
  bits: ['BIT(9)', "b'0'", "b'111111111'", "b'1'"],
  choice: [
    "ENUM('placed', 'assigned', 'Packed', '10', '9')",
    "'placed'",
    "'assigned'",
    "'Packed'",
    "'10'",
    "'9'",
  ],
  choices: ["SET('land', 'sea', 'air')", "'sea'", "'air,land'", "''", "'land,sea,air'"],
  name: ['VARCHAR(40)', "'b'", "'B'", "'Äpfel'", "'apfel'", "'😀'", "''", "'b '"],
  old: ['VARCHAR(40) CHARACTER SET latin1', "'é'", "'e'", "'Z'", "'ß'", "''"],
  bare: ['VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin', "'b'", "'B'", "'b '", "'😀'"],
  fixed: ['CHAR(12) CHARACTER SET ucs2', "'ž'", "'z'", "''"],
  long: ['VARCHAR(255)', "CONCAT(REPEAT('x', 250), 'a')", "CONCAT(REPEAT('x', 250), 'b')", "'x'"],
  // Alike in their first 2,048 bytes of weights, and as an order counts them.
  larger: [
    'VARCHAR(1000) CHARACTER SET latin1',
    "CONCAT(REPEAT('x', 600), 'a')",
    "CONCAT(REPEAT('x', 600), 'b')",
    "'x'",
  ],
  prose: ['TEXT', "CONCAT(REPEAT('日', 254), 'ab')", "CONCAT(REPEAT('日', 254), 'aa')", "'b'", "''"],
  bytes: ['VARBINARY(20)', "X'00'", "X''", "X'FF00'", "X'FF'"],
  day: ['DATE', "'1000-01-01'", "'2026-11-25'", "'9999-12-31'", "'2026-11-00'", "'0000-00-00'"],
  moment: [
    'DATETIME(6)',
    "'2026-11-25 10:00:00.000001'",
    "'2026-11-25 10:00:00'",
    "'9999-12-31 23:59:59.999999'",
    "'2026-11-00 00:00:00'",
    "'2026-00-25 10:00:00.5'",
  ],
  stamp: ['TIMESTAMP(3) NULL', "'2026-10-25 00:30:00.5'", "'1970-01-02 00:00:00'"],
  span: ['TIME(6)', "'-838:59:59'", "'-00:00:01.5'", "'00:00:00'", "'838:59:58.999999'"],
  year: ['YEAR', '0', '1901', '2155', '2026'],
};
const ROWS = 120;
const RUNS = 2;

let database: TestDatabase;
let tables: readonly Table[];
let panel: TestPanel;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'panel' });
  const columns = Object.entries(KINDS).map(
    ([name, [type]]) => `\`${name}\` ${type}${/NULL$/.test(type) ? '' : ' NULL'}`,
  );
  const run = (sql: string) => database.pool.query(sql);
  const some = ([, ...values]: readonly string[]) =>
    `ELT(1 + FLOOR(RAND() * ${values.length + 1}), ${values.join(', ')})`;
  const names = Object.keys(KINDS).map((name) => `\`${name}\``);
  const picked = Object.values(KINDS).map(some);
  const fill = (table: string, more: string, count: number) =>
    run(`INSERT INTO ${table} SELECT ${more} ${picked.join(', ')} FROM seq LIMIT ${count}`);
  await run('CREATE TABLE seq (n INT PRIMARY KEY)');
  await database.pool.query('INSERT INTO seq VALUES ?', [[...Array(ROWS).keys()].map((n) => [n])]);
  await run(
    `CREATE TABLE kinds (id INT AUTO_INCREMENT PRIMARY KEY, ${columns.join(', ')}, KEY (choice, moment), KEY (name), KEY (exact), KEY (moment, wide)) DEFAULT CHARSET = utf8mb4`,
  );
  await run(
    `CREATE TABLE pairs (place VARCHAR(20), number FLOAT, ${columns.join(', ')}, PRIMARY KEY (place, number), KEY (choice, moment)) DEFAULT CHARSET = utf8mb4`,
  );
  await run(`CREATE TABLE heap (${columns.join(', ')}) DEFAULT CHARSET = utf8mb4`);
  await fill('kinds', 'NULL,', ROWS);
  await fill('pairs', "CONCAT('p', n % 7), n / 3,", ROWS);
  await fill('heap', '', ROWS / 2);
  await run(`INSERT INTO heap SELECT * FROM heap`);
  // Rows that differ in nothing that is compared, in nothing that has an order, or in nothing at all.
  await run(
    `CREATE TABLE alike (name VARCHAR(4), body TEXT, data JSON, pic BLOB, spot POINT, wide VARCHAR(4000)) DEFAULT CHARSET = utf8mb4`,
  );
  await run(`INSERT INTO alike SELECT ELT(1 + n % 3, 'b', 'B', NULL), ELT(1 + n % 4, 'x', 'X', '', NULL),
    IF(n % 5, JSON_ARRAY(n % 2), NULL), IF(n % 5 < 2, NULL, UNHEX('00FF')), IF(n % 2, POINT(n % 3, 1), NULL),
    CONCAT(REPEAT('x', 1100), n % 2, REPEAT('x', n % 3)) FROM seq`);
  await run('INSERT INTO alike SELECT * FROM alike');
  await run(`CREATE VIEW seen AS SELECT id, ${names.join(', ')} FROM kinds`);
  tables = (await introspect(database.pool)).filter(({ name }) =>
    ['kinds', 'pairs', 'heap', 'alike', 'seen'].includes(name),
  );
  panel = await startPanel(database, [
    { table: 'kinds', can: { list: true } },
    { table: 'pairs', can: { list: true }, columns: { moment: { read: ['admin'] } } },
  ]);
});

afterAll(async () => {
  await panel?.stop();
  await database?.drop();
});

const describeRow = (row: object) => JSON.stringify(row).replace(/x{9,}/g, ({ length }) => `${length} x`);

/** All rows by Next, or by Previous from the end, by pages of this size. */
async function walk(
  table: Table,
  sort: Sort | null,
  limit: number,
  way: 'next' | 'previous',
  between = async () => {},
) {
  const rows: string[] = [];
  const order = resolveOrder(table, table.columns, sort);
  let place: Place = way === 'next' ? { offset: 0 } : { offsetFromEnd: 0 };
  for (;;) {
    const page = await findPage(database.pool, table, table.columns, { filters: [], order, limit, place });
    const texts = page.rows.map(describeRow);
    if (way === 'next') rows.push(...texts);
    else rows.unshift(...texts);
    if (!page.hasMore) return rows;
    const edge = way === 'next' ? page.last : page.first;
    if (!edge) throw new Error('the place of a row is not known');
    place = way === 'next' ? { after: edge } : { before: edge };
    await between();
  }
}

/** The same rows in one statement. */
async function readAll(table: Table, sort: Sort | null): Promise<string[]> {
  const rows = await findRows(database.pool, table, table.columns, {
    filters: [],
    sort,
    limit: 10_000,
    offset: 0,
  });
  return rows.map(describeRow);
}

const sorts = (table: Table): (Sort | null)[] => [
  null,
  ...table.columns
    .filter(isSortable)
    .flatMap(({ name }) => [
      { column: name, direction: 'asc' } as const,
      { column: name, direction: 'desc' } as const,
    ]),
];

test.for(['kinds', 'pairs', 'heap', 'alike', 'seen'])(
  'of %s shows every row once, by each column, both ways',
  async (name) => {
    const table = tables.find((candidate) => candidate.name === name) as Table;
    for (const sort of sorts(table)) {
      const all = await readAll(table, sort);
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 5, max: 40 }), async (limit) => {
          const about = `${JSON.stringify(sort)} by ${limit}`;
          expect(await walk(table, sort, limit, 'next'), about).toEqual(all);
          expect(await walk(table, sort, limit, 'previous'), about).toEqual(all);
        }),
        { numRuns: table.key.length > 0 ? RUNS : 1, seed: 8 },
      );
    }
  },
);

/** At pages of so many rows, jumped to from either end, the rows of the pages before and after. */
async function expectNeighbours(table: Table, sort: Sort | null, offsets: readonly number[]) {
  const all = await readAll(table, sort);
  const order = resolveOrder(table, table.columns, sort);
  const read = (place: Place) =>
    findPage(database.pool, table, table.columns, { filters: [], order, limit: 7, place });
  for (const offset of offsets)
    for (const place of [{ offset }, { offsetFromEnd: all.length - offset - 7 }]) {
      const { first, last } = await read(place);
      const pages = [await read({ before: first as Position }), await read({ after: last as Position })];
      const shown = pages.map(({ rows }) => rows.map(describeRow));
      expect(shown, JSON.stringify([sort, place])).toEqual([
        all.slice(offset - 7, offset),
        all.slice(offset + 7, offset + 14),
      ]);
    }
}

test.for(['heap', 'alike'])('of %s goes on from the middle to both ends', async (name) => {
  const table = tables.find((candidate) => candidate.name === name) as Table;
  const { length } = await readAll(table, null);
  const offsets = [...Array(length).keys()].filter((n) => n >= 7 && n <= length - 14 && n % 5 === 2);
  await expectNeighbours(table, null, offsets);
});

test('of kinds goes on from a page that was jumped to, by each column', async () => {
  const table = tables.find(({ name }) => name === 'kinds') as Table;
  for (const sort of sorts(table)) await expectNeighbours(table, sort, [30, 55]);
});

test('shows the rows that stay once each, while others come, go and change', async () => {
  const table = tables.find(({ name }) => name === 'kinds') as Table;
  for (const sort of sorts(table)) {
    const before = new Set(await readAll(table, sort));
    const pages = await walk(table, sort, 11, 'next', async () => {
      await database.pool.query('DELETE FROM kinds WHERE id > 60 ORDER BY RAND() LIMIT 3');
      await database.pool.query('INSERT INTO kinds (tiny, name, choice) VALUES (7, ?, ?)', ['b', 'Packed']);
      await database.pool.query(
        'UPDATE kinds SET choice = NULL, name = ?, tiny = 0 WHERE id > 60 ORDER BY RAND() LIMIT 3',
        ['zz'],
      );
    });
    const after = new Set(await readAll(table, sort));
    const stayed = [...before].filter((row) => after.has(row));
    const seen = pages.filter((row) => stayed.includes(row));
    expect(seen.length, JSON.stringify(sort)).toBe(new Set(seen).size);
    expect(new Set(seen), JSON.stringify(sort)).toEqual(new Set(stayed));
  }
});

test('goes on by the address that a page gives', async () => {
  const list = async (query: string) =>
    (await panel.as('employee').get(`/resources/kinds/actions/list?${query}`)).body;
  const sorted = 'sortBy=choice&direction=desc&perPage=40';
  const ids: string[] = [];
  let place = '';
  for (;;) {
    const { records = [], meta } = await list(`${sorted}${place}`);
    ids.push(...records.map(({ id }) => id));
    if (!meta?.hasNext) break;
    place = `&page=2&after=${meta.last}`;
  }
  const [rows] = await database.pool.query<RowDataPacket[]>(
    'SELECT id FROM kinds ORDER BY choice DESC, moment DESC, id DESC',
  );
  expect(ids).toEqual(rows.map(({ id }) => String(id)));
  const last = await list(`${sorted}&fromEnd=1`);
  expect(last.records?.map(({ id }) => id)).toEqual(ids.slice(-40));
  const previous = await list(`${sorted}&fromEnd=2&before=${last.meta?.first}`);
  expect(previous.records?.map(({ id }) => id)).toEqual(ids.slice(-80, -40));
});

test.for([
  'after=abc',
  'after=WzFd',
  'before=W10',
  'after=Wzcs',
  "after=' OR 1",
  `after=${'A'.repeat(5_000)}`,
])('refuses a place that is none: %s', async (place) => {
  const { status, body } = await panel.as('employee').get(`/resources/kinds/actions/list?${place}`);
  expect([status, body.code]).toEqual([400, 'bad_filter']);
});

test('tells of a place no value that is hidden from the role, though an index orders by it', async () => {
  const query = '/resources/pairs/actions/list?sortBy=choice&direction=desc&perPage=5';
  const countFor = async (role: Role) => {
    const { body } = await panel.as(role).get(query);
    return JSON.parse(Buffer.from(String(body.meta?.last), 'base64url').toString()).length;
  };
  expect([await countFor('admin'), await countFor('employee')]).toEqual([5, 4]);
});
