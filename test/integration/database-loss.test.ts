import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPool } from '../../src/database/pool.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createDatabaseLink } from '../support/database-link.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.drop());

test('a connection lost before it is set up fails its query, not the process, and the next one works', async () => {
  const pool = createPool(database.url);
  try {
    // Comes before the pool's own listener, which then finds the connection dead, as when a server goes down under load.
    pool.pool.prependOnceListener('connection', (connection) => connection.destroy());
    await expect(pool.query('SELECT 1')).rejects.toThrow();
    await expect(pool.query('SELECT 1 AS one')).resolves.toMatchObject([[{ one: 1 }], [expect.anything()]]);
  } finally {
    await pool.end();
  }
});

test('a pool ends in peace where its connections are lost in the midst of a query', async () => {
  const link = await createDatabaseLink(database.url);
  const pool = createPool(link.url);
  const connection = await pool.getConnection();
  const asked = expect(connection.query('SELECT SLEEP(100)')).rejects.toThrow();
  const ended = pool.end();
  await link.cut();
  await asked;
  await expect(ended).resolves.toBeUndefined();
});
