import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { introspect } from '../../../src/database/introspect.ts';
import { encodeRecordId } from '../../../src/database/record-id.ts';
import { parseListQuery } from '../../../src/panel/list-query.ts';
import { TableReader } from '../../../src/panel/table-reader.ts';
import { createTableViews, type TableViews } from '../../../src/panel/table-view.ts';
import { resolveResources } from '../../../src/resources/resolve.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

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
  views = createTableViews(resolveResources(await introspect(pool), []), 'admin');
});
afterAll(async () => {
  await database?.drop();
});

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
