import { afterAll, beforeAll, expect, test } from 'vitest';
import { introspect } from '../../src/database/introspect.ts';
import type { Queryable } from '../../src/database/pool.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** One statement after the other, with what another program does in the moment before the columns are asked for. */
function meanwhile(act: () => Promise<unknown>): Queryable {
  let last: Promise<unknown> = Promise.resolve();
  const query = (sql: string, values: unknown[]) => {
    const next = last.then(async () => {
      if (sql.includes('information_schema.columns')) await act();
      return database.pool.query(sql, values);
    });
    last = next;
    return next;
  };
  return { query } as unknown as Queryable;
}

const namesIn = async (db: Queryable) => (await introspect(db)).map(({ name }) => name);

test('a table that is dropped while the schema is read is none', async () => {
  const { pool } = database;
  for (const name of ['films', 'gone', 'lost'])
    await pool.query(`CREATE TABLE ${name} (id INT PRIMARY KEY, title VARCHAR(20))`);
  await pool.query('CREATE VIEW titles AS SELECT title FROM lost');
  const db = meanwhile(() => pool.query('DROP TABLE IF EXISTS gone'));
  expect(await namesIn(db)).toEqual(['films', 'lost', 'titles']);
});

test('a table that is renamed while the schema is read has neither of its names', async () => {
  const { pool } = database;
  const db = meanwhile(() => pool.query('RENAME TABLE films TO movies'));
  expect(await namesIn(db)).toEqual(['lost', 'titles']);
});

test('a view whose table is gone stays in the schema', async () => {
  await database.pool.query('DROP TABLE lost');
  expect(await namesIn(database.pool)).toEqual(['movies', 'titles']);
});
