import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { introspect } from '../../../src/database/introspect.ts';
import type { RowDataPacket } from '../../../src/database/pool.ts';
import { openTestFeed, type TestFeed } from '../../support/change-feed.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { Replica, readState } from '../../support/replica.ts';

let database: TestDatabase;
let feed: TestFeed;
let replica: Replica;
let isMariaDb: boolean;

/** Generated columns of most kinds, some of which need other ones. */
const PARCELS = `CREATE TABLE parcels (
  id INT PRIMARY KEY, films INT NOT NULL, spoilt TINYINT(1) NOT NULL DEFAULT 0, price DECIMAL(8,2) NOT NULL, rate DOUBLE NULL,
  name VARCHAR(40) NULL, old_name VARCHAR(40) CHARACTER SET latin1 NULL, at DATETIME(3) NULL, day DATE NULL, took TIME NULL,
  sort ENUM('small','large') NULL, bits BIT(4) NULL, code VARBINARY(8) NULL, big BIGINT UNSIGNED NULL, facts JSON NULL,
  total DECIMAL(12,2) GENERATED ALWAYS AS (films * price) STORED,
  with_tax DECIMAL(12,3) GENERATED ALWAYS AS (total * 1.19) VIRTUAL,
  is_large BOOLEAN GENERATED ALWAYS AS (films >= 10) STORED,
  is_named BOOLEAN GENERATED ALWAYS AS (name IS NOT NULL) VIRTUAL,
  left_over INT GENERATED ALWAYS AS (films - spoilt * 2) STORED,
  shout VARCHAR(90) GENERATED ALWAYS AS (CONCAT(UPPER(name), '!', sort)) VIRTUAL,
  old_shout VARCHAR(60) GENERATED ALWAYS AS (CONCAT(old_name, '\\\\', '''')) STORED,
  next_day DATE GENERATED ALWAYS AS (day + INTERVAL 1 DAY) STORED,
  ends DATETIME(3) GENERATED ALWAYS AS (at + INTERVAL 90 SECOND) VIRTUAL,
  year_of INT GENERATED ALWAYS AS (YEAR(at)) STORED,
  half DOUBLE GENERATED ALWAYS AS (rate / 2) STORED,
  code_hex VARCHAR(16) GENERATED ALWAYS AS (HEX(code)) STORED,
  bigger BIGINT UNSIGNED GENERATED ALWAYS AS (big + 1) STORED,
  first_fact VARCHAR(40) GENERATED ALWAYS AS (JSON_UNQUOTE(JSON_EXTRACT(facts, '$.a'))) VIRTUAL,
  \`odd \`\`name\` INT GENERATED ALWAYS AS (films + 1) STORED,
  more_odd INT GENERATED ALWAYS AS (\`odd \`\`name\` + 1) VIRTUAL
) ENGINE=InnoDB`;

beforeAll(async () => {
  database = await createTestDatabase();
  const { pool } = database;
  const [[row]] = await pool.query<RowDataPacket[]>('SELECT VERSION() AS version');
  isMariaDb = /mariadb/i.test(String(row?.version));
  await pool.query(PARCELS);
  if (isMariaDb) {
    await pool.query(
      'CREATE TABLE prices (id INT PRIMARY KEY, price INT) ENGINE=InnoDB WITH SYSTEM VERSIONING',
    );
    await pool.query(`CREATE TABLE shelves (id INT PRIMARY KEY, n INT, twice INT GENERATED ALWAYS AS (n * 2) STORED,
      since TIMESTAMP(6) GENERATED ALWAYS AS ROW START, until TIMESTAMP(6) GENERATED ALWAYS AS ROW END,
      PERIOD FOR SYSTEM_TIME (since, until)) ENGINE=InnoDB WITH SYSTEM VERSIONING`);
    await pool.query(
      'CREATE TABLE squeezed (id INT PRIMARY KEY, a TEXT COMPRESSED, b VARCHAR(300) COMPRESSED, c BLOB COMPRESSED)',
    );
  }
  feed = await openTestFeed(database);
  replica = new Replica();
  await replica.read(feed.feed);
});
afterAll(async () => {
  await feed?.stop();
  await database.drop();
});

/** Runs statements, and expects that the feed alone tells what is there now. */
async function expectTold(statements: readonly string[]): Promise<void> {
  for (const sql of statements) await database.pool.query(sql);
  await feed.settle();
  for (const transaction of feed.transactions.splice(0)) replica.apply(transaction);
  expect(replica.resyncs).toEqual([]);
  const tables = await introspect(database.pool);
  const differences = replica.differences(await readState(database.pool, tables));
  expect(differences.filter((table) => table !== 'feed_markers')).toEqual([]);
}

describe('rows with columns that the server computes are told whole', () => {
  const COLUMNS =
    'id, films, spoilt, price, rate, name, old_name, at, day, took, sort, bits, code, big, facts';

  test.each([
    [
      'of every kind',
      `(1, 3, 1, 12.50, 0.1, 'Zörg 🛸', 'café €', '2026-11-01 06:30:00.007', '2024-02-28', '-12:30:00', 'large', 5, x'00ff', 18446744073709551614, '{"a": "it''s"}')`,
    ],
    ['that are NULL', '(2, 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)'],
    [
      'with signs that mean something in SQL',
      `(3, 12, 5, 999999.99, -1e300, '%_''"\\\\', '''', '1000-01-01 00:00:00', '9999-12-30', '838:59:59', 'small', 15, x'', 0, '[]')`,
    ],
  ])('%s', async (_what, values) => {
    const id = /\d+/.exec(values)?.[0];
    await expectTold([
      `INSERT INTO parcels (${COLUMNS}) VALUES ${values}`,
      `UPDATE parcels SET films = films + 7 WHERE id = ${id}`,
      `UPDATE parcels SET name = CONCAT(name, 'x'), price = price / 3, spoilt = 4 WHERE id = ${id}`,
      `UPDATE parcels SET id = id + 100 WHERE id = ${id}`,
    ]);
  });

  test('in one transaction with others, each as it was at that moment', async () => {
    const update = (id: number) => `UPDATE parcels SET films = films * 2 WHERE id > ${id}`;
    await expectTold([
      'START TRANSACTION',
      update(0),
      update(101),
      update(0),
      'DELETE FROM parcels WHERE id = 102',
      'COMMIT',
    ]);
  });
});

describe('of a system-versioned table, what a query gives is told', () => {
  test.each(['prices (id, price)', 'shelves (id, n)'])('%s', async (target) => {
    if (!isMariaDb) return;
    const [table, , column] = target.split(/[ (,)]+/);
    await expectTold([
      `INSERT INTO ${target} VALUES (1, 1), (2, 2), (3, 3)`,
      `UPDATE ${table} SET ${column} = 5 WHERE id = 1`,
      `DELETE FROM ${table} WHERE id = 2`,
      `INSERT INTO ${target} VALUES (2, 9)`,
      `REPLACE INTO ${target} VALUES (2, 10)`,
      `UPDATE ${table} SET id = 7 WHERE id = 3`,
      `DELETE HISTORY FROM ${table}`,
      `DELETE FROM ${table} WHERE id = 7`,
    ]);
  });
});

test('values that MariaDB compresses are told', async () => {
  if (!isMariaDb) return;
  await expectTold([
    "INSERT INTO squeezed VALUES (1, REPEAT('Zörg ', 300), REPEAT('b', 300), REPEAT('c', 999))",
    "INSERT INTO squeezed VALUES (2, '', '', ''), (3, NULL, NULL, NULL), (4, 'a', 'b', 'c')",
    'UPDATE squeezed SET a = CONCAT(a, b) WHERE id < 3',
    'DELETE FROM squeezed WHERE id = 1',
  ]);
});
