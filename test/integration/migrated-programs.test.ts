import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../../src/database/migrate.ts';
import { findMadePrograms } from '../../src/database/migrated-programs.ts';
import { loadMigrations } from '../../src/database/migration-files.ts';
import type { RowDataPacket } from '../../src/database/pool.ts';
import { examine } from '../../src/doctor/examine.ts';
import { ProblemsError } from '../../src/errors.ts';
import { checkRemoteStore } from '../../src/remote-store.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createDatabaseAccount } from '../support/database-account.ts';

let store: TestDatabase;
let other: TestDatabase;
let migrationsDir: string;

beforeAll(async () => {
  store = await createTestDatabase({ migrations: 'all' });
  other = await createTestDatabase();
  migrationsDir = await mkdtemp(join(tmpdir(), 'migrations-'));
  await mkdir(join(migrationsDir, 'panel'));
  await mkdir(join(migrationsDir, 'store'));
  const trigger = (name: string, table: string) =>
    `CREATE TRIGGER ${name} BEFORE INSERT ON ${table} FOR EACH ROW SET NEW.n = 1;`;
  const files = {
    'panel/0001_a': `CREATE TABLE a (n INT); CREATE TABLE b (n INT); ${trigger('`kept one`', 'a')}
      ${trigger('renewed', 'a')} ${trigger('dropped', 'a')} ${trigger('of_b', 'b')}`,
    'panel/0002_b': `DROP TRIGGER IF EXISTS dropped; DROP TRIGGER ${other.name}.renewed; DROP TABLE b; ${trigger('renewed', 'a')}`,
    'store/0001_c': `CREATE PROCEDURE Steps() BEGIN DO 1; DO 2; END; CREATE FUNCTION one() RETURNS INT DETERMINISTIC RETURN 1;
      CREATE EVENT nightly ON SCHEDULE EVERY 1 DAY DO DELETE FROM a;`,
  };
  for (const [name, sql] of Object.entries(files)) await writeFile(join(migrationsDir, `${name}.sql`), sql);
  await migrate(other.url, { migrationsDir });
});
afterAll(async () => {
  await rm(migrationsDir, { recursive: true });
  await store.drop();
  await other.drop();
});

/** The messages of the problems that end some work; none where it comes to a good end. */
async function findMessages(work: Promise<unknown>): Promise<string[]> {
  const error = await work.then(
    () => new ProblemsError([]),
    (reason: unknown) => reason,
  );
  if (!(error instanceof ProblemsError)) throw error;
  return error.problems.map(({ code, where, message }) => `${code} ${where} ${message}`);
}

test('what the migrations make is what the server has once they ran', async () => {
  const [rows] = await store.pool.query<RowDataPacket[]>(
    'SELECT trigger_name AS name FROM information_schema.triggers WHERE trigger_schema = DATABASE()',
  );
  const made = findMadePrograms(await loadMigrations());
  expect(made.map(({ name }) => name).sort()).toEqual(rows.map(({ name }) => name).sort());
  expect(made.length).toBeGreaterThan(10);
});

test.each([
  ['DROP TRIGGER `kept one`', 'panel/0001_a.sql', 'trigger kept one'],
  ['DROP TRIGGER renewed', 'panel/0002_b.sql', 'trigger renewed'],
  ['DROP PROCEDURE Steps', 'store/0001_c.sql', 'procedure Steps'],
  ['DROP FUNCTION one', 'store/0001_c.sql', 'function one'],
  ['DROP EVENT nightly', 'store/0001_c.sql', 'event nightly'],
])('after %s the lack is told with the file that made it', async (sql, file, what) => {
  expect(await findMessages(migrate(other.url, { migrationsDir }))).not.toContainEqual(
    expect.stringContaining(what),
  );
  await other.pool.query(sql);
  expect(await findMessages(migrate(other.url, { migrationsDir }))).toContainEqual(
    expect.stringMatching(`^programs_missing migrations/${file} .*${what}`),
  );
});

test('a schema copied without its triggers is not started on, and the doctor says so; put back, it is', async () => {
  expect(await findMessages(checkRemoteStore(store.url))).toEqual([]);
  const { sql } = (await loadMigrations(['panel'])).at(-1) ?? { sql: '' };
  await store.pool.query('DROP TRIGGER panel_accounts_credentials');
  await store.pool.query('DROP TRIGGER stock_movements_keep');
  expect(await findMessages(checkRemoteStore(store.url))).toEqual([
    expect.stringContaining('trigger panel_accounts_credentials'),
  ]);
  const tables = (await examine(store.url)).find(({ subject }) => subject === 'tables');
  expect(tables).toMatchObject({ verdict: 'wrong', problems: [{ code: 'programs_missing' }] });
  await store.pool.query(sql.slice(sql.indexOf('CREATE TRIGGER')));
  expect(await findMessages(checkRemoteStore(store.url))).toEqual([
    expect.stringContaining('trigger stock_movements_keep'),
  ]);
});

test('an account that may not see triggers is told nothing of them, one that may is', async () => {
  const blind = await createDatabaseAccount(store, 'SELECT, INSERT, UPDATE, DELETE');
  expect(await findMessages(checkRemoteStore(blind.url))).toEqual([]);
  await blind.drop();
  const seeing = await createDatabaseAccount(store, 'SELECT, INSERT, UPDATE, DELETE, TRIGGER');
  expect(await findMessages(checkRemoteStore(seeing.url))).toEqual([
    expect.stringContaining('trigger stock_movements_keep'),
  ]);
  await seeing.drop();
});
