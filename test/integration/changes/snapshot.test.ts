import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Queryable, RowDataPacket } from '../../../src/database/pool.ts';
import { openTestFeed, type TestFeed } from '../../support/change-feed.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

const SNAPSHOTS = 60;

let database: TestDatabase;
let feed: TestFeed;

beforeAll(async () => {
  database = await createTestDatabase();
  await database.pool.query('CREATE TABLE movies (id INT AUTO_INCREMENT PRIMARY KEY, stock INT NOT NULL)');
  await database.pool.query(
    'CREATE TABLE sales (id INT AUTO_INCREMENT PRIMARY KEY, movie_id INT, units INT NOT NULL)',
  );
  await database.pool.query('INSERT INTO movies (stock) VALUES (1000), (1000), (1000)');
  feed = await openTestFeed(database);
});
afterAll(async () => {
  await feed?.stop();
  await database.drop();
});

/** Figures that a change counted twice or left out would make wrong. */
interface Figures {
  movies: number;
  stock: number;
  sales: number;
  units: number;
}

async function readFigures(db: Queryable): Promise<Figures> {
  const [rows] = await db.query<RowDataPacket[]>(
    `SELECT (SELECT COUNT(*) FROM movies) AS movies, (SELECT SUM(stock) FROM movies) AS stock,
            (SELECT COUNT(*) FROM sales) AS sales, (SELECT COALESCE(SUM(units), 0) FROM sales) AS units`,
  );
  const { movies, stock, sales, units } = rows[0] as Record<keyof Figures, string>;
  return { movies: Number(movies), stock: Number(stock), sales: Number(sales), units: Number(units) };
}

/** The figures of a snapshot with the transactions up to another one folded in. */
function fold(figures: Figures, from: string, to: string): Figures {
  const folded = { ...figures };
  const passed = feed.transactions.filter(({ cursor }) => cursor > from && cursor <= to);
  for (const { table, before, after } of passed.flatMap(({ changes }) => changes)) {
    const [count, sum] = table === 'movies' ? (['movies', 'stock'] as const) : (['sales', 'units'] as const);
    const column = table === 'movies' ? 'stock' : 'units';
    folded[count] += (after ? 1 : 0) - (before ? 1 : 0);
    folded[sum] += Number(after?.[column] ?? 0) - Number(before?.[column] ?? 0);
  }
  return folded;
}

test('between two snapshots under write load, no change is left out and none counted twice', async () => {
  const { pool } = database;
  let isOver = false;
  let commits = 0;
  const write = async (work: (db: Queryable) => Promise<unknown>) => {
    while (!isOver) {
      const connection = await pool.getConnection();
      await connection.query('START TRANSACTION');
      await work(connection);
      await connection.query('COMMIT');
      connection.release();
      commits++;
    }
  };
  const writers = [
    write(async (db) => {
      await db.query('INSERT INTO sales (movie_id, units) VALUES (1, 2)');
      await db.query('UPDATE movies SET stock = stock - 2 WHERE id = 1');
    }),
    // There and back again: the row alone does not tell how many of these have been.
    write((db) => db.query('UPDATE movies SET stock = IF(stock = 1000, 999, 1000) WHERE id = 2')),
    write((db) => db.query('UPDATE movies SET stock = stock + 1 WHERE id = 3')),
    write((db) => db.query('DELETE FROM sales ORDER BY id LIMIT 1')),
  ];
  const first = await feed.feed.snapshot(readFigures);
  const wrong: unknown[] = [];
  for (let index = 0; index < SNAPSHOTS; index++) {
    const { cursor, data } = await feed.feed.snapshot(readFigures);
    const folded = fold(first.data, first.cursor, cursor);
    if (JSON.stringify(folded) !== JSON.stringify(data)) wrong.push({ index, folded, data });
  }
  isOver = true;
  await Promise.all(writers);
  expect(wrong).toEqual([]);
  expect(commits).toBeGreaterThan(SNAPSHOTS);
});

test('what comes after a snapshot is replayed from its cursor', async () => {
  const { cursor } = await feed.feed.snapshot(readFigures);
  expect(feed.feed.since(cursor)).toEqual([]);
  await database.pool.query('UPDATE movies SET stock = 7 WHERE id = 1');
  await feed.settle();
  const [replayed, ...markers] = feed.feed.since(cursor) ?? [];
  expect([replayed?.changes[0]?.after, markers.length]).toEqual([{ id: 1, stock: 7 }, 1]);
  expect(feed.feed.since('0000000001-0000000000001-0')).toBeNull();
  expect(feed.feed.since(`${cursor}x`)).toBeNull();
});

test('a snapshot whose reading fails leaves no transaction open', async () => {
  await expect(feed.feed.snapshot((db) => db.query('SELECT no_such_column FROM movies'))).rejects.toThrow();
  await database.pool.query('ALTER TABLE movies COMMENT = "nobody holds it"');
});
