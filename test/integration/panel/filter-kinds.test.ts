import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { introspect } from '../../../src/database/introspect.ts';
import { encodeRecordId } from '../../../src/database/record-id.ts';
import { parseListQuery } from '../../../src/panel/list-query.ts';
import { TableReader } from '../../../src/panel/table-reader.ts';
import { createTableViews, type TableViews } from '../../../src/panel/table-view.ts';
import { resolveResources } from '../../../src/resources/resolve.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

const KINDS = `CREATE TABLE kinds (
  id INT PRIMARY KEY, single FLOAT, rounded FLOAT(7, 2), double_ DOUBLE, bits BIT(12), many BIT(64), era YEAR, clock TIME(3),
  price DECIMAL(30, 10), whole DECIMAL(65, 0), moment DATETIME(6), stamp TIMESTAMP(3) NULL, born DATE, flag BOOLEAN,
  raw BINARY(4), bytes VARBINARY(8), shape ENUM('a', 'B,c'), tags SET('x', 'y'), wide BIGINT UNSIGNED
) DEFAULT CHARSET = utf8mb4`;
const KIND_ROWS = `INSERT INTO kinds VALUES
  (1, 0.1, 1.1, 0.1, 5, 18446744073709551615, 1979, '-01:30:00.5', 0.1, 1, '2026-11-24 23:59:59.9995',
   '2026-11-24 23:59:59.999', '2026-11-24', 1, x'00FF', x'', 'a', 'x,y', 18446744073709551615),
  (2, 16777216, 12345.67, 16777217, 0, 9223372036854775807, 0, '26:15:00', -0.0000000001,
   99999999999999999999999999999999999999999999999999999999999999999, '2026-11-25 00:00:00', '2026-11-25 00:00:00',
   '2026-11-25', 0, x'CAFEBABE', x'00', 'B,c', 'y', 9007199254740993),
  (3, 3.4e38, -0.5, 1e300, 4095, 0, 2155, '838:59:59', 12345678901234567890.0000000001, -1,
   '2026-11-24 00:00:00.000001', '2026-11-24 00:00:00', '2026-11-23', 5, x'61626364', x'6162', 'a', '', 0)`;
const ZERO_ROWS = `INSERT INTO zeros VALUES (1, '0000-00-00', '0000-00-00 00:00:00'),
  (2, '2026-11-00', '2026-11-00 00:00:00')`;
/** As MediaWiki keeps its texts. */
const BYTES = [
  'CREATE TABLE wiki (id INT PRIMARY KEY, title VARBINARY(40), KEY (title))',
  "INSERT INTO wiki VALUES (1, 'Main_Page'), (2, CONVERT('Straße' USING utf8mb4)), (3, x'FFFE00'), (4, NULL)",
  'CREATE TABLE links (id INT PRIMARY KEY, wiki_id INT, FOREIGN KEY (wiki_id) REFERENCES wiki (id))',
  'INSERT INTO links VALUES (7, 1), (8, 2), (9, 3)',
];
/** Rows that point at others by what only the database takes for the same. */
const POINTING = [
  `CREATE TABLE beyond (id INT PRIMARY KEY, in_utf16 VARCHAR(20) CHARACTER SET utf16 COLLATE utf16_bin,
     in_utf32 VARCHAR(20) CHARACTER SET utf32 COLLATE utf32_unicode_ci, in_utf8 VARCHAR(20) CHARACTER SET utf8mb4
     COLLATE utf8mb4_bin, KEY (in_utf16), KEY (in_utf32), KEY (in_utf8))`,
  "INSERT INTO beyond VALUES (1, '🛸 one', '🛸 one', '🛸 one'), (2, '日 two', '日 two', '日 two')",
  `CREATE TABLE regions (code VARCHAR(20) PRIMARY KEY, name VARCHAR(40), KEY (name))
   DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci`,
  "INSERT INTO regions VALUES ('NORTH', 'The North'), ('Åland', 'The isles'), ('exact', 'Exactly')",
  `CREATE TABLE towns (id INT PRIMARY KEY, region VARCHAR(20), FOREIGN KEY (region) REFERENCES regions (code))
   DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci`,
  "INSERT INTO towns VALUES (1, 'north'), (2, 'North '), (3, 'aland'), (4, 'exact'), (5, NULL)",
  `CREATE TABLE texts (id INT PRIMARY KEY, maybe VARCHAR(20), sure VARCHAR(20) NOT NULL, note TEXT, shape SET('x') NOT NULL,
     bytes VARBINARY(4), number INT, day DATE NOT NULL, moment DATETIME(3) NOT NULL, maybe_day DATE) DEFAULT CHARSET = utf8mb4`,
  `INSERT INTO texts VALUES (1, NULL, '', NULL, '', NULL, NULL, '0000-00-00', '0000-00-00', NULL),
     (2, '', '  ', '', 'x', x'', 0, '2026-11-24', '2026-11-24', '0000-00-00'),
     (3, 'a', 'a', 'a', 'x', x'00', 1, '2026-11-00', '2026-11-00', '2026-11-24')`,
];

let database: TestDatabase;
let views: TableViews;

beforeAll(async () => {
  database = await createTestDatabase();
  const { pool } = database;
  const charsets = ['latin1', 'ascii', 'ucs2', 'utf8mb3', 'cp1251', 'sjis', 'utf16'];
  for (const charset of charsets)
    await pool.query(
      `CREATE TABLE in_${charset} (code VARCHAR(20) PRIMARY KEY, name VARCHAR(40), exact VARCHAR(40) COLLATE ${charset}_bin,
         note TEXT, shape ENUM('a', 'b'), tags SET('x', 'y'), KEY (name), KEY (exact)) DEFAULT CHARSET = ${charset}`,
    );
  for (const charset of charsets)
    await pool.query(`INSERT INTO in_${charset} VALUES ('k1', 'Stalker', 'Stalker', 'Stalker?', 'a', 'x')`);
  await pool.query(
    `CREATE TABLE points (id INT PRIMARY KEY, code VARCHAR(20) CHARACTER SET latin1,
       FOREIGN KEY (code) REFERENCES in_latin1 (code)) DEFAULT CHARSET = utf8mb4`,
  );
  await pool.query("INSERT INTO points VALUES (1, 'k1')");
  await pool.query(KINDS);
  await pool.query(KIND_ROWS);
  for (const sql of [...POINTING, ...BYTES]) await pool.query(sql);
  await writeZeroDates(pool);
  views = createTableViews(
    resolveResources(await introspect(pool), [{ table: 'wiki', title: 'title' }]),
    'admin',
  );
});
afterAll(async () => {
  await database?.drop();
});

/** As a server keeps them whose mode lets them in. */
async function writeZeroDates(pool: TestDatabase['pool']): Promise<void> {
  const connection = await pool.getConnection();
  await connection.query("SET SESSION sql_mode = ''");
  await connection.query('CREATE TABLE zeros (id INT PRIMARY KEY, born DATE, moment DATETIME(3))');
  await connection.query(ZERO_ROWS);
  connection.destroy();
}

function readerOf(table: string) {
  const view = views.get(table);
  if (!view) throw new Error(`no view of ${table}`);
  return { view, reader: new TableReader(database.pool, views, view) };
}

/** The ids of the rows at a list's address, or why there are none. */
async function find(table: string, query: Record<string, string>): Promise<readonly string[] | string> {
  const { view, reader } = readerOf(table);
  const parsed = parseListQuery(view, reader, query);
  return parsed.ok ? (await reader.findPage(parsed)).rows.map(({ id }) => id) : parsed.message;
}

describe('a text that a column has no letters for is in none of its rows', () => {
  const CHARSETS = ['latin1', 'ascii', 'ucs2', 'utf8mb3', 'cp1251', 'sjis', 'utf16'];
  const TEXTS = ['日本', 'Ωмега', '🛸', 'k1🛸', 'l\u0301🛸', '?'];

  test.each(CHARSETS)('%s', async (charset) => {
    const table = `in_${charset}`;
    for (const text of TEXTS) {
      const paths = ['q', 'filters.code', 'filters.exact', 'filters.tags'];
      for (const path of paths.filter((one) => text !== '?' || one === 'q'))
        expect(await find(table, { [path]: text }), `${path} ${text}`).toEqual([]);
      const { reader } = readerOf(table);
      expect(await reader.findByIds([encodeRecordId([text])]), text).toEqual([]);
    }
    const isWhole = ['sjis', 'ucs2', 'utf8mb3', 'utf16'].includes(charset);
    expect(await find(table, { 'filters.code.from': '日本' }), 'in no range').toEqual([]);
    if (!isWhole) expect(await find(table, { 'filters.code.to': '日本' })).toEqual([]);
    expect(await find(table, { 'filters.note': '?' })).toEqual(['k1']);
    expect(await find(table, { q: 'talk' })).toEqual(['k1']);
    expect(await find(table, { 'filters.name': 'talk', 'filters.tags': 'x', 'filters.code': 'K1' })).toEqual([
      'k1',
    ]);
    expect((await readerOf(table).reader.findByIds(['k1'])).map(({ title }) => title)).toEqual(['Stalker']);
  });

  test('nor is it in what a row points at', async () => {
    expect(await find('points', { q: '日本' })).toEqual([]);
    expect(await find('points', { 'filters.code': '日本' })).toEqual([]);
    expect(await find('points', { q: 'Stalk' })).toEqual(['1']);
  });
});

test.each(['in_utf16', 'in_utf32', 'in_utf8'])(
  'a part of a text is found behind any letter: %s',
  async (name) => {
    const parts = ['🛸', '🛸 one', 'one', '日', 'two'];
    const found = await Promise.all(parts.map((part) => find('beyond', { [`filters.${name}`]: part })));
    expect(found).toEqual([['1'], ['1'], ['1'], ['2'], ['2']]);
  },
);

describe('what is shown of a value finds it', () => {
  const COLUMNS =
    `single rounded double_ bits many era clock price whole moment stamp born flag raw bytes shape tags
    wide`.split(/\s+/);

  test.each(COLUMNS)('%s', async (name) => {
    const { reader } = readerOf('kinds');
    for (const { id, params } of await reader.findByIds(['1', '2', '3'])) {
      if (params[name] === '') continue;
      for (const path of name === 'tags'
        ? []
        : name === 'flag'
          ? [name]
          : [name, `${name}.from`, `${name}.to`])
        expect(await find('kinds', { [`filters.${path}`]: String(params[name]) }), `${path} ${id}`).toContain(
          id,
        );
    }
  });

  test('and numbers are shown by all of their digits', async () => {
    const rows = await readerOf('kinds').reader.findByIds(['1', '2', '3']);
    expect(rows.map(({ params }) => [params.single, params.rounded, params.double_])).toEqual([
      [0.1, 1.1, 0.1],
      [16777216, 12345.67, 16777217],
      [3.4e38, -0.5, 1e300],
    ]);
    expect(await find('kinds', { 'filters.single': '0.1' })).toEqual(['1']);
    expect(await find('kinds', { 'filters.single.from': '0.10001' })).toEqual(['2', '3']);
    expect(await find('kinds', { 'filters.double_': '16777216' })).toEqual([]);
  });
});

describe('a value is found as the panel writes it', () => {
  const cases: [path: string, text: string, ids: string[]][] = [
    ['single', '16,777,216', ['2']],
    ['single.from', '16,777,216', ['2', '3']],
    ['double_', '16,777,217', ['2']],
    ['rounded', '12,345.67', ['2']],
    ['rounded', '−0.5', ['3']],
    ['wide', '18,446,744,073,709,551,615', ['1']],
    ['price', '₲ 0.10', ['1']],
    ['price', '₲\u00a012,345,678,901,234,567,890.0000000001', ['3']],
    ['price', '−€0.0000000001', ['2']],
    ['whole', `99${',999'.repeat(21)}`, ['2']],
    ['bits', '4095', ['3']],
    ['many', '18446744073709551615', ['1']],
    ['era', '0', ['2']],
    ['era', '0000', ['2']],
    ['era', '1979', ['1']],
    ['tags', 'X, Y', ['1']],
    ['tags', 'y,x', ['1']],
    ['tags', 'Y', ['1', '2']],
    ['shape', 'B,c', ['2']],
    ['shape', 'A', ['1', '3']],
    ['flag', 'Yes', ['1']],
    ['born', '24 Nov 2026', ['1']],
    ['born', '24 November 2026', ['1']],
    ['born.from', '24 Nov 2026', ['1', '2']],
    ['moment', '24 Nov 2026', ['1', '3']],
    ['moment.to', '24 Nov 2026', ['1', '3']],
    ['stamp', '2026-11-24 23:59:59.999 UTC', ['1']],
    ['stamp', '25 Nov 2026, 00:59:59.999 GMT+1', ['1']],
    ['stamp', '24 Nov 2026, 18:29:59.999 GMT-5:30', ['1']],
  ];
  test.each(cases)('%s by %s', async (path, text, ids) => {
    expect(await find('kinds', { [`filters.${path}`]: text, sortBy: 'id' })).toEqual(ids);
  });

  test.each([
    ['born', '0000-00-00', ['1']],
    ['born', '2026-11-00', ['2']],
    ['moment', '0000-00-00T00:00:00.000Z', ['1']],
    ['moment', '0000-00-00', ['1']],
    ['moment', '2026-11-00', ['2']],
    ['moment.to', '0000-00-00', ['1']],
    ['born.from', '2026-11-00', ['2']],
  ])('a date that is none, %s by %s', async (path, text, ids) => {
    expect(await find('zeros', { [`filters.${path}`]: text })).toEqual(ids);
  });

  test('bytes that are text are found by the search box, beside others that are none', async () => {
    expect(await find('wiki', { q: 'main' })).toEqual(['1']);
    expect(await find('wiki', { q: 'Straße' })).toEqual(['2']);
    expect(await find('wiki', { q: '50%' })).toEqual([]);
    expect(await find('links', { q: 'Main_Page' })).toEqual(['7']);
  });
});

describe('a day is from its beginning up to the next', () => {
  test.each([
    ['moment', { 'filters.moment': '2026-11-24' }, ['1', '3']],
    ['moment', { 'filters.moment.to': '2026-11-24' }, ['1', '3']],
    ['moment', { 'filters.moment.to': '2026-11-24T23:59:59.999Z' }, ['1', '3']],
    ['moment', { 'filters.moment.from': '2026-11-24', 'filters.moment.to': '2026-11-24' }, ['1', '3']],
    ['moment', { 'filters.moment.to': '2026-11-24T23:59:59.998Z' }, ['3']],
    ['stamp', { 'filters.stamp': '2026-11-24' }, ['1', '3']],
    ['stamp', { 'filters.stamp.to': '2026-11-24T23:59:59.9Z' }, ['1', '3']],
    ['born', { 'filters.born': '2026-11-24' }, ['1']],
    ['born', { 'filters.born.to': '2026-11-24' }, ['1', '3']],
  ])('%s by %j', async (_name, query, ids) => {
    expect(await find('kinds', query)).toEqual(ids);
  });
});

test.each([
  ['maybe', ['1', '2'], ['3'], ['1'], ['2']],
  ['sure', ['1', '2'], ['3'], [], ['1', '2']],
  ['note', ['1', '2'], ['3'], ['1'], ['2']],
  ['shape', ['1'], ['2', '3'], [], ['1']],
  ['bytes', ['1', '2'], ['3'], ['1'], ['2']],
  ['number', ['1'], ['2', '3'], ['1'], []],
  ['day', [], ['1', '2', '3'], [], []],
  ['moment', [], ['1', '2', '3'], [], []],
  ['maybe_day', ['1'], ['2', '3'], ['1'], []],
])(
  '%s is empty where there is nothing to read, for either reason',
  async (name, empty, filled, none, blank) => {
    const by = (asked: string) => find('texts', { [`filters.${name}`]: asked });
    expect([await by('~empty'), await by('~filled'), await by('~null'), await by('~blank')]).toEqual([
      empty,
      filled,
      none,
      blank,
    ]);
  },
);

test('a reference leads where the database takes it to', async () => {
  const { reader } = readerOf('towns');
  const rows = await reader.findByIds(['1', '2', '3', '4', '5']);
  expect(rows.map(({ populated }) => populated.region?.title)).toEqual([
    'The North',
    'The North',
    'The isles',
    'Exactly',
    undefined,
  ]);
  expect(rows[2]?.populated.region?.id).toBe(encodeRecordId(['Åland']));
  expect(await find('towns', { 'filters.region': 'NORTH' })).toEqual(['1', '2']);
  expect(await find('towns', { q: 'the north' })).toEqual(['1', '2']);
  const [region] = await readerOf('regions').reader.findByIds(['north', 'nowhere']);
  expect(region?.title).toBe('The North');
});
