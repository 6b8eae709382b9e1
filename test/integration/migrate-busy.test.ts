import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate, settleMigration } from '../../src/database/migrate.ts';
import type { PoolConnection, RowDataPacket } from '../../src/database/pool.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { untilLockIsAwaited } from '../support/lock-waits.ts';
import { findProblemCodes } from '../support/problems.ts';

const NOWAIT = 'SELECT n FROM a WHERE id = 1 FOR UPDATE NOWAIT;';

let database: TestDatabase;
let migrationsDir: string;
let outside: PoolConnection;

beforeEach(async () => {
  database = await createTestDatabase();
  outside = await database.pool.getConnection();
  migrationsDir = await mkdtemp(join(tmpdir(), 'migrations-'));
  await mkdir(join(migrationsDir, 'panel'));
  await mkdir(join(migrationsDir, 'store'));
  await write('0001_a', 'CREATE TABLE a (id INT PRIMARY KEY, n INT NOT NULL); CREATE TABLE notes (n INT);');
  await run();
  await database.pool.query(`INSERT INTO a VALUES ${Array.from({ length: 20 }, (_, id) => `(${id}, 0)`)}`);
});
afterEach(async () => {
  outside.release();
  await rm(migrationsDir, { recursive: true });
  await database.drop();
});

const write = (name: string, sql: string) => writeFile(join(migrationsDir, `panel/${name}.sql`), sql);
const run = () => migrate(database.url, { migrationsDir });
const values = async (sql: string) =>
  (await database.pool.query<RowDataPacket[]>(sql))[0].map(({ n }) => Number(n));

/** Meets the migration that `start` begins in such a way that the server makes it a deadlock's victim. */
async function sacrifice<T>(start: () => Promise<T>): Promise<T> {
  await outside.query('START TRANSACTION');
  // Having changed more, this one is not sacrificed.
  await outside.query('UPDATE a SET n = 5 WHERE id > 2');
  const migrated = start();
  await untilLockIsAwaited(outside);
  await outside.query('UPDATE a SET n = 5 WHERE id = 2');
  await outside.query('COMMIT');
  return migrated;
}

const MEETING = 'UPDATE a SET n = n + 1 WHERE id IN (2, 15) ORDER BY id;';

test('a statement that is the victim of a deadlock is done once, and those before it are not done again', async () => {
  await write('0002_b', `INSERT INTO notes VALUES (1); CREATE TABLE b (id INT); ${MEETING} DROP TABLE b;`);
  expect(await sacrifice(run)).toEqual(['panel/0002_b.sql']);
  expect(await values('SELECT n FROM a WHERE id IN (2, 15)')).toEqual([6, 6]);
  expect(await values('SELECT n FROM notes')).toEqual([1]);
});

test('a statement that did not get its lock in time is tried again', async () => {
  await write('0002_b', 'SET SESSION innodb_lock_wait_timeout = 1; UPDATE a SET n = n + 1 WHERE id = 1;');
  await outside.query('START TRANSACTION');
  await outside.query('UPDATE a SET n = 7 WHERE id = 1');
  const migrated = run();
  const first = await untilLockIsAwaited(outside);
  await untilLockIsAwaited(outside, first);
  await outside.query('COMMIT');
  expect(await migrated).toEqual(['panel/0002_b.sql']);
  expect(await values('SELECT n FROM a WHERE id = 1')).toEqual([8]);
});

test('a first statement that never gets its lock leaves nothing to settle: the same line goes on later', async () => {
  await write('0002_b', `${NOWAIT} INSERT INTO notes VALUES (1);`);
  await outside.query('START TRANSACTION');
  await outside.query('UPDATE a SET n = 7 WHERE id = 1');
  expect(await findProblemCodes(run())).toEqual(['migration_tables_in_use']);
  expect(await findProblemCodes(run())).toEqual(['migration_tables_in_use']);
  await outside.query('COMMIT');
  expect(await run()).toEqual(['panel/0002_b.sql']);
  expect(await values('SELECT n FROM notes')).toEqual([1]);
});

test('a later statement that never gets its lock is a migration that stopped half-way', async () => {
  await write('0002_b', `INSERT INTO notes VALUES (1); ${NOWAIT}`);
  await outside.query('START TRANSACTION');
  await outside.query('UPDATE a SET n = 7 WHERE id = 1');
  expect(await findProblemCodes(run())).toEqual(['migration_failed']);
  await outside.query('COMMIT');
  expect(await findProblemCodes(run())).toEqual(['migration_half_done']);
  await settleMigration(database.url, 'panel/0002_b.sql', 'done');
  expect(await run()).toEqual([]);
});

test('within a transaction, which the server took back whole, nothing is tried again', async () => {
  await write('0002_b', `START TRANSACTION; INSERT INTO notes VALUES (1); ${MEETING} COMMIT;`);
  expect(await sacrifice(() => findProblemCodes(run()))).toEqual(['migration_failed']);
  expect(await values('SELECT n FROM a WHERE id IN (2, 15)')).toEqual([5, 5]);
  expect(await values('SELECT n FROM notes')).toEqual([]);
});

test('nor within one that a SELECT stands in', async () => {
  await write('0002_b', `BEGIN; INSERT INTO notes VALUES (1); SELECT 1; ${MEETING} COMMIT;`);
  expect(await sacrifice(() => findProblemCodes(run()))).toEqual(['migration_failed']);
  expect(await values('SELECT n FROM a WHERE id IN (2, 15)')).toEqual([5, 5]);
});

test('a procedure, which may have committed its first part, is not called again', async () => {
  const body = "BEGIN INSERT INTO notes VALUES (1); SIGNAL SQLSTATE '40001'; END";
  await write('0002_b', `CREATE PROCEDURE p() ${body}; CALL p();`);
  expect(await findProblemCodes(run())).toEqual(['migration_failed']);
  expect(await values('SELECT n FROM notes')).toEqual([1]);
});
