import { createReadStream } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createConnection } from 'mysql2';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parseConnectionUrl } from '../../../src/database/connection-url.ts';
import { CONNECTION_OPTIONS, type RowDataPacket } from '../../../src/database/pool.ts';
import { openTestFeed, type TestFeed } from '../../support/change-feed.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
let feed: TestFeed;
let isMariaDb: boolean;

beforeAll(async () => {
  database = await createTestDatabase();
  const { pool } = database;
  const [rows] = await pool.query<RowDataPacket[]>('SELECT VERSION() AS version');
  isMariaDb = /mariadb/i.test(String(rows[0]?.version));
  await pool.query('CREATE TABLE films (id INT PRIMARY KEY, title VARCHAR(20), facts JSON) ENGINE=InnoDB');
  await pool.query(
    'CREATE TABLE reviews (id INT PRIMARY KEY, film_id INT, FOREIGN KEY (film_id) REFERENCES films (id) ON DELETE CASCADE) ENGINE=InnoDB',
  );
  await pool.query('CREATE TABLE visits (at DATETIME, path VARCHAR(20)) ENGINE=InnoDB');
  await pool.query('CREATE TABLE old_counters (id INT PRIMARY KEY, n INT) ENGINE=MyISAM');
  await pool.query('CREATE VIEW titles AS SELECT id, title FROM films');
  feed = await openTestFeed(database);
});
afterAll(async () => {
  await feed?.stop();
  await database.drop();
});
beforeEach(async () => {
  await database.pool.query('DELETE FROM films');
  await feed.settle();
  feed.transactions.length = 0;
});

/** What the feed tells of statements that run in one session, after `set` was set there. */
async function tell(statements: readonly string[], set: string | null = null) {
  const connection = await database.pool.getConnection();
  try {
    for (const sql of [...(set ? [set] : []), ...statements]) await connection.query(sql);
  } finally {
    connection.destroy();
  }
  await feed.settle();
  return feed.transactions.splice(0).map(({ changes, dirty }) => ({
    changes: changes.map(({ table, id, kind }) => `${kind} ${table} ${id}`),
    dirty: dirty.map(({ table, reason }) => `${table} ${reason}`),
  }));
}

describe('what the log does not tell row by row makes tables dirty', () => {
  test('a foreign key that deletes', async () => {
    await tell(["INSERT INTO films VALUES (1, 'Blip', NULL)", 'INSERT INTO reviews VALUES (7, 1)']);
    const told = await tell(['DELETE FROM films WHERE id = 1']);
    expect(told).toEqual([
      isMariaDb
        ? { changes: ['delete films 1'], dirty: ['reviews cascade'] }
        : { changes: ['delete reviews 7', 'delete films 1'], dirty: [] },
    ]);
  });

  test('what a distributed transaction did to a table without transactions before it was rolled back', async () => {
    const told = tell(
      [
        'SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ',
        "XA START 'undone'",
        "INSERT INTO films VALUES (1, 'Blip', NULL)",
        'REPLACE INTO old_counters VALUES (3, 3)',
        "XA END 'undone'",
        "XA PREPARE 'undone'",
        "XA ROLLBACK 'undone'",
      ],
      'SET SESSION binlog_format = STATEMENT',
    );
    // MySQL, where it has GTIDs, refuses to mix such tables.
    if (isMariaDb) expect((await told).flatMap(({ dirty }) => dirty)).toContain('old_counters statement');
    else await expect(told).rejects.toThrow('GTID consistency');
  });

  test('TRUNCATE', async () => {
    expect(await tell(['TRUNCATE TABLE reviews'])).toEqual([{ changes: [], dirty: ['reviews truncated'] }]);
  });

  test('changes of the tables themselves, and rows under the new columns are told whole', async () => {
    const told = await tell([
      'ALTER TABLE films ADD rating INT DEFAULT 3',
      "INSERT INTO films (id, title) VALUES (2, 'Zorg')",
      'ALTER TABLE films DROP rating',
    ]);
    expect(told).toEqual([
      { changes: [], dirty: ['films schema_changed'] },
      { changes: ['insert films 2'], dirty: [] },
      { changes: [], dirty: ['films schema_changed'] },
    ]);
  });

  test('writes in statement format', async () => {
    const told = await tell(
      ["INSERT INTO films VALUES (3, 'Gork', NULL)"],
      "SET SESSION binlog_format = 'STATEMENT', transaction_isolation = 'REPEATABLE-READ'".replace(
        'transaction_isolation',
        isMariaDb ? 'tx_isolation' : 'transaction_isolation',
      ),
    );
    expect(told).toEqual([{ changes: [], dirty: ['films statement', 'reviews statement'] }]);
  });

  describe('in statement format', () => {
    const OTHER = 'restore_done';

    beforeAll(async () => {
      const { pool, name } = database;
      await pool.query(`CREATE DATABASE IF NOT EXISTS ${OTHER}`);
      await pool.query(
        `CREATE TABLE ${OTHER}.notes (id INT AUTO_INCREMENT PRIMARY KEY, text VARCHAR(200)) ENGINE=InnoDB`,
      );
      await pool.query('CREATE TABLE shelves (id INT PRIMARY KEY, n INT) ENGINE=InnoDB');
      await pool.query('CREATE TABLE moves (id INT AUTO_INCREMENT PRIMARY KEY, shelf INT) ENGINE=InnoDB');
      await pool.query(
        'CREATE TRIGGER shelf_moved AFTER UPDATE ON shelves FOR EACH ROW INSERT INTO moves (shelf) VALUES (NEW.id)',
      );
      await pool.query('CREATE VIEW full_shelves AS SELECT * FROM shelves WHERE n > 0');
      await pool.query('INSERT INTO shelves VALUES (1, 1)');
      await pool.query(`CREATE PROCEDURE sell() MODIFIES SQL DATA UPDATE ${name}.shelves SET n = n + 1`);
    });
    afterAll(async () => {
      await database.pool.query(`DROP DATABASE ${OTHER}`);
    });
    const tellStatements = async (...statements: string[]) => {
      const isolation = isMariaDb ? 'tx_isolation' : 'transaction_isolation';
      return tell(statements, `SET SESSION binlog_format = 'STATEMENT', ${isolation} = 'REPEATABLE-READ'`);
    };

    test('what a trigger writes is concerned, too, whatever the table is called by', async () => {
      for (const table of [
        'shelves',
        '`SHELVES`'.toLowerCase(),
        'full_shelves',
        `\`${database.name}\`.shelves`,
      ])
        expect(await tellStatements(`UPDATE ${table} SET n = n + 1`)).toEqual([
          { changes: [], dirty: ['shelves statement', 'moves statement'] },
        ]);
    });

    test('a routine is what it runs', async () => {
      expect(await tellStatements('CALL sell()')).toEqual([
        { changes: [], dirty: ['shelves statement', 'moves statement'] },
      ]);
    });

    test('LOAD DATA concerns its table', async () => {
      const file = join(await mkdtemp(join(tmpdir(), 'load-')), 'visits.csv');
      await writeFile(file, '2026-11-22 10:00:00\t/one\n2026-11-22 10:00:01\t/two\n');
      await chmod(dirname(file), 0o755);
      const connection = createConnection({ ...parseConnectionUrl(database.url), ...CONNECTION_OPTIONS });
      const query = (sql: string) =>
        connection.promise().query({ sql, infileStreamFactory: () => createReadStream(file) });
      try {
        await query("SET SESSION binlog_format = 'STATEMENT'");
        await query(
          `SET SESSION ${isMariaDb ? 'tx_isolation' : 'transaction_isolation'} = 'REPEATABLE-READ'`,
        );
        if (!isMariaDb) await database.pool.query('SET GLOBAL local_infile = ON');
        await query(`LOAD DATA LOCAL INFILE '${file}' INTO TABLE visits`);
      } finally {
        connection.destroy();
        await rm(dirname(file), { recursive: true });
      }
      await feed.settle();
      expect(feed.transactions.splice(0).map(({ dirty }) => dirty)).toEqual([
        [{ table: 'visits', reason: 'statement' }],
      ]);
    });

    test.each([
      [
        'that names this one in a string',
        (name: string) => `INSERT INTO notes (text) VALUES ('${name}.films done')`,
      ],
      [
        'that names this one in a comment',
        (name: string) => `INSERT INTO notes (text) VALUES ('x') /* ${name}.films */`,
      ],
      ['that has tables of the same names', () => 'UPDATE notes SET text = 1 WHERE id = 1'],
    ])("another schema's statement %s concerns nobody", async (_what, statement) => {
      expect(await tellStatements(`USE ${OTHER}`, statement(database.name))).toEqual([]);
    });

    test("another schema's statement that changes tables of this one concerns those", async () => {
      expect(await tellStatements(`USE ${OTHER}`, `UPDATE ${database.name}.visits SET path = '/'`)).toEqual([
        { changes: [], dirty: ['visits statement'] },
      ]);
    });

    test('rows that are told between are told', async () => {
      const told = await tell([
        "SET SESSION binlog_format = 'STATEMENT'",
        `SET SESSION ${isMariaDb ? 'tx_isolation' : 'transaction_isolation'} = 'REPEATABLE-READ'`,
        "UPDATE visits SET path = '/'",
        "SET SESSION binlog_format = 'ROW'",
        "INSERT INTO films VALUES (30, 'Told', NULL)",
      ]);
      expect(told).toEqual([
        { changes: [], dirty: ['visits statement'] },
        { changes: ['insert films 30'], dirty: [] },
      ]);
    });
  });

  test('row images that are not whole', async () => {
    await tell(["INSERT INTO films VALUES (4, 'Gork', NULL)"]);
    const told = await tell(
      ["UPDATE films SET title = 'Mork' WHERE id = 4"],
      "SET SESSION binlog_row_image = 'MINIMAL'",
    );
    expect(told).toEqual([{ changes: [], dirty: ['films incomplete_row_image'] }]);
  });

  test('more rows in one transaction than are kept', async () => {
    const values = Array.from({ length: 20_001 }, (_, index) => `(${index + 10}, 'x', NULL)`).join(',');
    expect(await tell([`INSERT INTO films VALUES ${values}`])).toEqual([
      { changes: [], dirty: ['films too_large'] },
    ]);
  });

  test('parts of documents, where the server logs such, each time', async () => {
    await tell([`INSERT INTO films VALUES (8, 'Part', '{"a": "${'x'.repeat(200)}", "b": 1}')`]);
    const set = isMariaDb ? null : "SET SESSION binlog_row_value_options = 'PARTIAL_JSON'";
    for (const b of [2, 3])
      expect(await tell([`UPDATE films SET facts = JSON_SET(facts, '$.b', ${b}) WHERE id = 8`], set)).toEqual(
        [
          isMariaDb
            ? { changes: ['update films 8'], dirty: [] }
            : { changes: [], dirty: ['films incomplete_row_image'] },
        ],
      );
  });
});

describe('what the log tells in another form is told all the same', () => {
  test('compressed transactions, each time', async () => {
    const { pool } = database;
    if (isMariaDb) await pool.query('SET GLOBAL log_bin_compress = ON, log_bin_compress_min_len = 10');
    const set = isMariaDb ? null : 'SET SESSION binlog_transaction_compression = ON';
    for (const id of [6, 7])
      expect(await tell([`INSERT INTO films VALUES (${id}, REPEAT('z', 20), NULL)`], set)).toEqual([
        { changes: [`insert films ${id}`], dirty: [] },
      ]);
    if (isMariaDb) await pool.query('SET GLOBAL log_bin_compress = OFF');
  });
});

test('a compressed transaction of another schema concerns nobody', async () => {
  const { pool } = database;
  await pool.query('CREATE DATABASE IF NOT EXISTS other_films');
  await pool.query('CREATE TABLE IF NOT EXISTS other_films.films (id INT PRIMARY KEY, title VARCHAR(200))');
  const set = isMariaDb ? 'SET @unused = 1' : 'SET SESSION binlog_transaction_compression = ON';
  expect(await tell(["REPLACE INTO other_films.films VALUES (1, REPEAT('x', 200))"], set)).toEqual([]);
  await pool.query('DROP DATABASE other_films');
});

test('a compressed transaction of several tables is told whole, in its order, and with its author', async () => {
  const set = isMariaDb ? 'SET @unused = 1' : 'SET SESSION binlog_transaction_compression = ON';
  const told = await tell(
    [
      'START TRANSACTION',
      "INSERT INTO films VALUES (40, REPEAT('z', 20), '{\"a\": [1, 2]}')",
      'INSERT INTO reviews VALUES (41, 40)',
      "UPDATE films SET title = 'y' WHERE id = 40",
      'COMMIT',
    ],
    set,
  );
  expect(told).toEqual([{ changes: ['insert films 40', 'insert reviews 41', 'update films 40'], dirty: [] }]);
});

describe('what concerns nobody is told to nobody', () => {
  test.each([
    ['a rollback', ['START TRANSACTION', "INSERT INTO films VALUES (9, 'no', NULL)", 'ROLLBACK']],
    ['an update that changes nothing', ['UPDATE films SET title = title']],
    [
      'temporary tables',
      ['CREATE TEMPORARY TABLE t (id INT)', 'INSERT INTO t VALUES (1)', 'DROP TEMPORARY TABLE t'],
    ],
    ['views and routines', ['CREATE OR REPLACE VIEW titles AS SELECT id, title FROM films WHERE id > 0']],
    ['upkeep', ['ANALYZE TABLE films', 'OPTIMIZE TABLE visits']],
    [
      'other schemas',
      [
        'CREATE DATABASE IF NOT EXISTS other_store',
        'CREATE TABLE IF NOT EXISTS other_store.gadgets (id INT PRIMARY KEY)',
        'REPLACE INTO other_store.gadgets VALUES (1)',
        'DROP DATABASE other_store',
      ],
    ],
  ])('%s', async (_what, statements) => {
    expect(await tell(statements)).toEqual([]);
  });
});

test('tables without a key and without transactions are told, too', async () => {
  expect(
    await tell(["INSERT INTO visits VALUES (NOW(), '/')", 'INSERT INTO old_counters VALUES (1, 1)']),
  ).toEqual([
    { changes: ['insert visits '], dirty: [] },
    { changes: ['insert old_counters 1'], dirty: [] },
  ]);
});
