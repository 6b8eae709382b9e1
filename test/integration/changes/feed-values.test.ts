import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RowImage } from '../../../src/changes/transaction.ts';
import { introspect } from '../../../src/database/introspect.ts';
import type { RowDataPacket } from '../../../src/database/pool.ts';
import { findRows } from '../../../src/database/read-page.ts';
import type { Table } from '../../../src/database/table.ts';
import { openTestFeed, type TestFeed } from '../../support/change-feed.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

/** A column type, and values for it as SQL. */
const COLUMNS: readonly [type: string, ...values: string[]][] = [
  ['TINYINT', '-128', '127', '0'],
  ['TINYINT(1)', '0', '1'],
  ['TINYINT UNSIGNED', '255'],
  ['SMALLINT', '-32768', '32767'],
  ['SMALLINT UNSIGNED', '65535'],
  ['MEDIUMINT', '-8388608', '8388607'],
  ['MEDIUMINT UNSIGNED', '16777215'],
  ['INT', '-2147483648', '2147483647'],
  ['INT UNSIGNED', '4294967295'],
  ['BIGINT', '-9223372036854775808', '9223372036854775807', '9007199254740993', '-5'],
  ['BIGINT UNSIGNED', '18446744073709551615', '9223372036854775808', '7'],
  ['DECIMAL(8,2)', '-123456.78', '0', '0.05', '999999.99', '-0.01'],
  ['DECIMAL(30,0)', '123456789012345678901234567890', '-1'],
  ['DECIMAL(20,10) UNSIGNED', '0.0000000001', '1234567890.0987654321'],
  ['FLOAT', '0.1', '1.23456789', '-3.4e38', '16777217', '0.00001234567'],
  ['DOUBLE', '0.1', '1.7976931348623157e308', '-2.2250738585072014e-308', '123456789.123456789'],
  ['BIT(1)', "b'0'", "b'1'"],
  ['BIT(12)', "b'101010101010'"],
  ['BIT(64)', '18446744073709551615', '0'],
  ['CHAR(6)', "'ab'", "''", "'Zörg 🛸'"],
  ['VARCHAR(300)', "'plain'", "''", "REPEAT('ü🛸', 150)", "'a\\nb\\\\c\\'d'"],
  ['VARCHAR(20) CHARACTER SET latin1', "'caf\u00e9 \u20ac'"],
  ['CHAR(8) CHARACTER SET ascii', "'x'"],
  ['VARCHAR(20) CHARACTER SET ucs2', "'Zörg'"],
  ['TINYTEXT', "'t'"],
  ['TEXT', "REPEAT('x', 70)", "''", "'line\\nline'"],
  ['MEDIUMTEXT', "REPEAT('Ω', 300)"],
  ['LONGTEXT', "'l'"],
  ["ENUM('Plants','Meat','Light, only','it''s')", "'Meat'", "'Light, only'", "'it''s'"],
  ["SET('land','sea','air')", "'sea,air'", "''", "'land'"],
  ['DATE', "'1979-05-25'", "'0001-01-01'", "'9999-12-31'"],
  ['DATETIME', "'2026-11-01 06:30:00'", "'1000-01-01 00:00:00'"],
  ['DATETIME(3)', "'2026-11-01 06:30:00.007'", "'2026-11-01 06:30:00.000'"],
  ['DATETIME(6)', "'2026-11-01 06:30:00.000001'", "'9999-12-31 23:59:59.999999'"],
  ['TIMESTAMP NULL', "'2026-07-01 06:30:00'", "'1970-01-01 00:00:01'"],
  ['TIMESTAMP(3) NULL', "'2026-11-01 06:30:00.120'"],
  [
    'TIME',
    "'06:15:00'",
    "'-838:59:59'",
    "'838:59:59'",
    "'-00:00:01'",
    "'-12:30:00'",
    "'-12:00:00'",
    "'-100:01:00'",
  ],
  ['TIME(3)', "'06:15:00.250'", "'-01:00:00.500'", "'00:00:00.000'"],
  ['TIME(6)', "'12:00:00.000001'", "'-12:00:00.000001'"],
  ['YEAR', '1979', '2155', '0'],
  [
    'JSON',
    '\'{"acid": true}\'',
    '\'[1, "two", null, {"a": "ü"}]\'',
    '\'"text"\'',
    "'12'",
    "'null'",
    "'[]'",
    "'{}'",
    `'{"b": 1, "10": 2, "2": [3]}'`,
    `'[1.0, 1e30, 0.1]'`,
    `'{"big": 12345678901234567890}'`,
    `'{"slash": "b/c", "tab": "\\\\t"}'`,
  ],
  ['BINARY(4)', "x'00ff10'", "x'00000000'"],
  ['VARBINARY(8)', "x'00ff10'", "x''", "x'0000'"],
  ['TINYBLOB', "x'00ff'"],
  ['BLOB', "REPEAT('b', 300)", "''"],
  ['MEDIUMBLOB', "'m'"],
  ['LONGBLOB', "'l'"],
  ['POINT', "ST_GeomFromText('POINT(1.5 -2)')"],
  ['LINESTRING', "ST_GeomFromText('LINESTRING(0 0,1 1,2 3.25)')"],
  ['POLYGON', "ST_GeomFromText('POLYGON((0 0,4 0,4 4,0 0),(1 1,2 1,2 2,1 1))')"],
];
const MARIADB_COLUMNS: typeof COLUMNS = [
  [
    'UUID',
    "'6ccd780c-baba-1026-9564-5b8c656024db'",
    "'123e4567-e89b-42d3-a456-556642440000'",
    "'00000000-0000-0000-0000-000000000000'",
  ],
  ['INET4', "'10.0.0.1'", "'0.0.0.0'"],
  ['INET6', "'2001:db8::ff00:42:8329'", "'::'", "'::1'", "'::ffff:192.0.2.128'", "'fe80::1:0:0:1'"],
];

let database: TestDatabase;
let feed: TestFeed;
let columns: typeof COLUMNS;

beforeAll(async () => {
  database = await createTestDatabase();
  const [rows] = await database.pool.query<RowDataPacket[]>('SELECT VERSION() AS version');
  columns = /mariadb/i.test(String(rows[0]?.version)) ? [...COLUMNS, ...MARIADB_COLUMNS] : COLUMNS;
  const list = columns.map(([type], index) => `c${index} ${type}${/NULL/.test(type) ? '' : ' NULL'}`);
  await database.pool.query(`CREATE TABLE kinds (id INT PRIMARY KEY, ${list.join(', ')})`);
  feed = await openTestFeed(database);
});
afterAll(async () => {
  await feed?.stop();
  await database.drop();
});

/** The newest row by a query, and by the events that came since the last call. */
async function readBoth(): Promise<{ queried: unknown; logged: unknown }> {
  const tables = await introspect(database.pool);
  const table = tables.find(({ name }) => name === 'kinds') as Table;
  await feed.settle();
  const logged = feed.transactions
    .splice(0)
    .map(({ changes, dirty }) => ({ rows: changes.map(({ after }) => withDocuments(table, after)), dirty }));
  const query = { filters: [], sort: null, limit: 100, offset: 0 };
  const rows = await findRows(database.pool, table, table.columns, query);
  return { queried: [{ rows: [withDocuments(table, rows.at(-1) ?? null)], dirty: [] }], logged };
}

/** MySQL logs a document in a form of its own, which holds it but not every turn of its text (1.0, the keys' order). */
function withDocuments(table: Table, row: RowImage | null): unknown {
  const isJson = (name: string) =>
    table.columns.some((column) => column.name === name && column.kind === 'json');
  return Object.fromEntries(
    Object.entries(row ?? {}).map(([name, value]) => [
      name,
      isJson(name) && typeof value === 'string' ? JSON.parse(value) : value,
    ]),
  );
}

describe('an event has the values that a query gives', () => {
  const rounds = Math.max(...[...COLUMNS, ...MARIADB_COLUMNS].map((column) => column.length)) - 1;

  test.each(Array.from({ length: rounds }, (_, index) => index))(
    'for every column type, value %i',
    async (round) => {
      const values = columns.map(([, ...candidates]) => candidates[round % candidates.length]);
      await database.pool.query(`INSERT INTO kinds VALUES (${round + 1}, ${values.join(', ')})`);
      const { queried, logged } = await readBoth();
      expect(logged).toEqual(queried);
    },
  );

  test('for NULL in every column', async () => {
    await database.pool.query('INSERT INTO kinds (id) VALUES (100)');
    const { queried, logged } = await readBoth();
    expect(logged).toEqual(queried);
  });
});

test('an update tells the row before and after, a delete the row before', async () => {
  const { pool } = database;
  await pool.query('UPDATE kinds SET c0 = 5 WHERE id = 1');
  await pool.query('DELETE FROM kinds WHERE id = 1');
  await feed.settle();
  const [update, deletion] = feed.transactions.splice(0).map(({ changes }) => changes[0]);
  expect([update?.kind, update?.id, update?.before?.c0, update?.after?.c0]).toEqual(['update', '1', -128, 5]);
  expect([deletion?.kind, deletion?.before, deletion?.after]).toEqual(['delete', update?.after, null]);
});

test('an update of the key is the end of one record and the begin of another', async () => {
  await database.pool.query('UPDATE kinds SET id = 200 WHERE id = 100');
  await feed.settle();
  const changes = feed.transactions.splice(0).flatMap((transaction) => transaction.changes);
  expect(changes.map(({ kind, id }) => [kind, id])).toEqual([
    ['delete', '100'],
    ['insert', '200'],
  ]);
});
