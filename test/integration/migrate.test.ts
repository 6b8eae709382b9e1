import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findLogFiles, logEnd } from '../../src/changes/log-extent.ts';
import { findPendingMigrations, migrate, settleMigration } from '../../src/database/migrate.ts';
import type { RowDataPacket } from '../../src/database/pool.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { findProblemCodes } from '../support/problems.ts';

let database: TestDatabase;
let migrationsDir: string;

beforeEach(async () => {
  database = await createTestDatabase();
  migrationsDir = await mkdtemp(join(tmpdir(), 'migrations-'));
  await mkdir(join(migrationsDir, 'panel'));
  await mkdir(join(migrationsDir, 'store'));
});
afterEach(async () => {
  await rm(migrationsDir, { recursive: true });
  await database.drop();
});

const write = (name: string, sql: string) => writeFile(join(migrationsDir, name), sql);

async function findTables(): Promise<string[]> {
  const [rows] = await database.pool.query<RowDataPacket[]>(
    'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY 1',
  );
  return rows.map(({ name }) => name);
}

test('the folders run in order, once', async () => {
  await write(
    'store/0001_b.sql',
    'CREATE TABLE b (id INT PRIMARY KEY, a INT, FOREIGN KEY (a) REFERENCES a (id));',
  );
  await write('panel/0002_more.sql', 'ALTER TABLE a ADD x INT; ALTER TABLE a ADD y INT;');
  await write('panel/0001_a.sql', 'CREATE TABLE a (id INT PRIMARY KEY);');

  expect(await migrate(database.url, { migrationsDir, folders: ['panel'] })).toEqual([
    'panel/0001_a.sql',
    'panel/0002_more.sql',
  ]);
  expect(await migrate(database.url, { migrationsDir })).toEqual(['store/0001_b.sql']);
  expect(await migrate(database.url, { migrationsDir })).toEqual([]);
  expect(await findTables()).toEqual(['a', 'b', 'panel_migrations']);
});

test('of two that start at once, the second waits and finds nothing to do', async () => {
  await write('panel/0001_a.sql', 'DO SLEEP(0.3); CREATE TABLE a (id INT PRIMARY KEY);');
  const steps: string[] = [];
  const options = { migrationsDir, onProgress: (step: string) => steps.push(step) };
  const runs = await Promise.all([migrate(database.url, options), migrate(database.url, options)]);
  expect(runs.map((names) => names.length).sort()).toEqual([0, 1]);
  expect(steps.filter((step) => step.startsWith('wait for'))).toHaveLength(1);
});

test('a file that changed after it ran is a problem, other line ends are not', async () => {
  await write('panel/0001_a.sql', 'CREATE TABLE a (id INT PRIMARY KEY);\n');
  await migrate(database.url, { migrationsDir });
  await write('panel/0001_a.sql', 'CREATE TABLE a (id INT PRIMARY KEY);\r\n');
  expect(await migrate(database.url, { migrationsDir })).toEqual([]);
  await write('panel/0001_a.sql', 'CREATE TABLE a (id BIGINT PRIMARY KEY);\n');
  await write('panel/0002_b.sql', 'CREATE TABLE b (id INT PRIMARY KEY);\n');
  expect(await findProblemCodes(migrate(database.url, { migrationsDir }))).toEqual(['migration_changed']);
  expect(await findTables()).not.toContain('b');
});

test('a migration that stopped half-way is reported until it is settled', async () => {
  await write('store/0001_a.sql', 'CREATE TABLE a (id INT PRIMARY KEY); CREATE TABLE b (id NOTHING);');
  await write('store/0002_c.sql', 'CREATE TABLE c (id INT PRIMARY KEY);');
  const run = () => migrate(database.url, { migrationsDir });
  expect(await findProblemCodes(run())).toEqual(['migration_failed']);
  expect(await findProblemCodes(run())).toEqual(['migration_half_done']);
  expect(await findTables()).toEqual(['a', 'panel_migrations']);

  expect(await findProblemCodes(settleMigration(database.url, 'store/0002_c.sql', 'done'))).toEqual([
    'migration_not_half_done',
  ]);
  await settleMigration(database.url, 'store/0001_a.sql', 'redo');
  await database.pool.query('DROP TABLE a');
  expect(await findProblemCodes(run())).toEqual(['migration_failed']);
  await settleMigration(database.url, 'store/0001_a.sql', 'done');
  expect(await run()).toEqual(['store/0002_c.sql']);
});

test('the trial of grants logs no row of its table, which nobody could read once it is gone', async () => {
  const { pool, name } = database;
  const { file, offset } = logEnd(await findLogFiles(pool));
  await write('panel/0001_a.sql', 'CREATE TABLE a (id INT PRIMARY KEY); INSERT INTO a VALUES (1);');
  await migrate(database.url, { migrationsDir });
  const [events] = await pool.query<RowDataPacket[]>('SHOW BINLOG EVENTS IN ? FROM ?', [file, offset]);
  const mapped = events
    .filter(({ Event_type: type }) => type === 'Table_map')
    .map(({ Info: info }) => /\((.*)\)/.exec(String(info))?.[1]);
  expect(mapped).toContain(`${name}.a`);
  expect(mapped).not.toContain(`${name}.panel_trial`);
});

test('the real migrations are due on an empty schema, and none after they ran', async () => {
  const due = await findPendingMigrations(database.pool);
  expect(due[0]).toBe('panel/0001_accounts.sql');
  expect(await migrate(database.url)).toEqual(due);
  expect(await findPendingMigrations(database.pool)).toEqual([]);
});
