import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPool, type Pool, type RowDataPacket } from '../../src/database/pool.ts';
import { checkClock } from '../../src/database/server-health.ts';
import { examine } from '../../src/doctor/examine.ts';
import type { Finding } from '../../src/doctor/finding.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createDatabaseAccount, type DatabaseAccount } from '../support/database-account.ts';
import { runProgram } from '../support/program.ts';
import { withoutTrust } from '../support/trust.ts';

const WRITER = 'SELECT, INSERT, UPDATE, DELETE';
const MIGRATOR = `${WRITER}, CREATE, ALTER, DROP, INDEX, REFERENCES, TRIGGER`;

let database: TestDatabase;
let account: DatabaseAccount;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'all' });
  account = await createDatabaseAccount(database, WRITER);
});
afterAll(async () => {
  await account.drop();
  await database.drop();
});

function wrongCodes(findings: readonly Finding[]): string[] {
  return findings
    .filter(({ verdict }) => verdict === 'wrong')
    .flatMap(({ problems }) => problems.map(({ code }) => code));
}

test('of a server that is well, every part is looked at, and a change of its own arrives and is taken back', async () => {
  const findings = await examine(database.url);
  expect(wrongCodes(findings)).toEqual([]);
  const subjects = findings.map(({ subject }) => subject);
  expect(subjects).toEqual([
    'server',
    'encryption',
    'tables',
    'grants',
    'accounts',
    'binary log',
    'live',
    'clock',
    'packets',
    'connections',
  ]);
  expect(findings.find(({ subject }) => subject === 'live')?.note).toMatch(
    /^a row inserted, changed and deleted here arrived whole, each within \d+ ms$/,
  );
  expect(await findTrialRows()).toEqual([]);
});

async function findTrialRows(): Promise<string[]> {
  const [rows] = await database.pool.query<RowDataPacket[]>('SELECT created_by FROM panel_displays');
  return rows.map((row) => row.created_by);
}

test('the row of a doctor that was killed is removed by the next, one that is at work is not', async () => {
  await database.pool.query(
    `INSERT INTO panel_displays (name, token_hash, created_by, revoked_at) VALUES
     ('old', REPEAT('a', 64), 'npm run doctor', UTC_TIMESTAMP() - INTERVAL 2 HOUR),
     ('new', REPEAT('b', 64), 'npm run doctor', UTC_TIMESTAMP()),
     ('other', REPEAT('c', 64), 'Zix', UTC_TIMESTAMP() - INTERVAL 2 HOUR)`,
  );
  await examine(database.url);
  expect((await findTrialRows()).sort()).toEqual(['Zix', 'npm run doctor']);
  await database.pool.query('DELETE FROM panel_displays');
});

describe('an account that may not read the log', () => {
  test('is told which grants it lacks, in words that mend it', async () => {
    const findings = await examine(account.url);
    expect(wrongCodes(findings)).toEqual(['log_grant_missing']);
    const [problem] = findings.find(({ subject }) => subject === 'binary log')?.problems ?? [];
    expect(problem?.message).toMatch(/REPLICATION SLAVE and (REPLICATION CLIENT|BINLOG MONITOR)/);
    await database.pool.query(String(problem?.fix.replace(/\.$/, '')));
    expect(wrongCodes(await examine(account.url))).toEqual([]);
  });

  test('may get them by a role', async () => {
    const other = await createDatabaseAccount(database, WRITER);
    const name = new URL(other.url).username;
    const role = `role_${name}`;
    await database.pool.query(`CREATE ROLE ${role}`);
    await database.pool.query(`GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO ${role}`);
    await database.pool.query(`GRANT ${role} TO ?@'%'`, [name]);
    expect(wrongCodes(await examine(other.url))).toEqual(['log_grant_missing']);
    const isMariaDb = /mariadb/i.test(await findVersion(database.pool));
    await database.pool.query(`SET DEFAULT ROLE ${role} ${isMariaDb ? 'FOR' : 'TO'} ?@'%'`, [name]);
    expect(wrongCodes(await examine(other.url))).toEqual([]);
    await database.pool.query(`DROP ROLE ${role}`);
    await other.drop();
  });
});

async function findVersion(pool: Pool): Promise<string> {
  const [[row]] = await pool.query<RowDataPacket[]>('SELECT VERSION() AS version');
  return String(row?.version);
}

test('each grant that the panel lacks is told', async () => {
  const reader = await createDatabaseAccount(database, 'SELECT');
  expect(wrongCodes(await examine(reader.url))).toEqual([
    ...['grant_missing', 'grant_missing', 'grant_missing'],
    ...['table_read_only', 'table_read_only', 'table_read_only'],
    'log_grant_missing',
  ]);
  await reader.drop();
});

test('tables that the account may not write are named, and everything else works', async () => {
  const clerk = await createDatabaseAccount(database, 'SELECT');
  const name = new URL(clerk.url).username;
  const [tables] = await database.pool.query<RowDataPacket[]>(
    'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()',
  );
  for (const { name: table } of tables)
    if (table !== 'employees') await database.pool.query(`GRANT ${WRITER} ON ${table} TO ?@'%'`, [name]);
  await database.pool.query("GRANT UPDATE ON employees TO ?@'%'", [name]);
  const findings = await examine(clerk.url);
  const { verdict, problems = [] } = findings.find(({ subject }) => subject === 'grants') ?? {};
  expect(verdict).toBe('advice');
  expect(problems.map(({ message }) => message)).toEqual([
    'this account may not INSERT in employees: what screens offer there is refused.',
    'this account may not DELETE in employees: what screens offer there is refused.',
  ]);
  await clerk.drop();
});

test('an account that may read the log and write nothing is told that live was not tried', async () => {
  const reader = await createDatabaseAccount(database, 'SELECT');
  await database.pool.query("GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO ?@'%'", [
    new URL(reader.url).username,
  ]);
  const live = (await examine(reader.url)).find(({ subject }) => subject === 'live');
  expect(live).toMatchObject({ verdict: 'advice', problems: [{ code: 'live_unproven' }] });
  expect(live?.problems[0]?.message).toMatch(/^the log can be read; .*denied/);
  await reader.drop();
});

test('a log with nothing to catch up with, as its newest file is too large, is waited for all the same', async () => {
  await database.pool.query('CREATE TABLE heavy (t LONGTEXT)');
  await database.pool.query("INSERT INTO heavy VALUES (REPEAT('x', 5000000))");
  await database.pool.query('DROP TABLE heavy');
  expect((await examine(database.url)).find(({ subject }) => subject === 'live')?.verdict).toBe('ok');
});

test('a log that an account may read and cannot follow is told with the last thing that went wrong', async () => {
  const reader = await createDatabaseAccount(database, WRITER);
  const name = new URL(reader.url).username;
  await database.pool.query("GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO ?@'%'", [name]);
  await database.pool.query("ALTER USER ?@'%' WITH MAX_USER_CONNECTIONS 1", [name]);
  const live = (await examine(reader.url)).find(({ subject }) => subject === 'live');
  expect(live).toMatchObject({ verdict: 'wrong', problems: [{ code: 'live_unreadable' }] });
  expect(live?.problems[0]?.message).toMatch(/^nothing of it came within 10 s\. .*max_user_connections/);
  await database.pool.query("ALTER USER ?@'%' WITH MAX_USER_CONNECTIONS 9", [name]);
  expect((await examine(reader.url)).find(({ subject }) => subject === 'live')?.verdict).toBe('ok');
  await reader.drop();
});

test('what a look fails at is told, and the rest is looked at all the same', async () => {
  const broken = await createTestDatabase({ migrations: 'panel' });
  await broken.pool.query('RENAME TABLE panel_accounts TO people');
  const findings = await examine(broken.url);
  expect(findings.find(({ subject }) => subject === 'tables')).toMatchObject({
    verdict: 'wrong',
    problems: [{ code: 'look_failed', message: expect.stringContaining('panel_accounts') }],
  });
  expect(findings.map(({ subject }) => subject)).toContain('connections');
  await broken.drop();
});

test('migrations that are due are told, and the rest is looked at all the same', async () => {
  const empty = await createTestDatabase();
  const findings = await examine(empty.url);
  expect(wrongCodes(findings)).toEqual(['migrations_due']);
  expect(findings.map(({ subject }) => subject)).toContain('clock');
  expect(findings.find(({ subject }) => subject === 'live')?.problems[0]?.code).toBe('live_unproven');
  const [tables] = await empty.pool.query<RowDataPacket[]>('SHOW TABLES');
  expect(tables).toEqual([]);
  await empty.drop();
});

test('what would stop a migration that is due is told before anybody runs it, with the cure', async () => {
  const empty = await createTestDatabase();
  const migrator = await createDatabaseAccount(empty, MIGRATOR);
  const clerk = await createDatabaseAccount(empty, WRITER);
  await withoutTrust(empty.pool, async () => {
    const findings = await examine(migrator.url);
    expect(wrongCodes(findings)).toEqual(['migrations_due', 'triggers_refused', 'log_grant_missing']);
    const refused = findings
      .flatMap(({ problems }) => problems)
      .find(({ code }) => code === 'triggers_refused');
    expect(refused?.fix).toMatch(/^SET (GLOBAL|PERSIST) log_bin_trust_function_creators = 1/);
    expect(wrongCodes(await examine(clerk.url))).toContain('grant_missing');
    await empty.pool.query('SET GLOBAL log_bin_trust_function_creators = 1');
    expect(wrongCodes(await examine(migrator.url))).toEqual(['migrations_due', 'log_grant_missing']);
  });
  await migrator.drop();
  await clerk.drop();
  await empty.drop();
});

test('a server whose clock is wrong is told, and by how much', async () => {
  const pool = createPool(database.url, { connectionLimit: 1 });
  expect(await checkClock(pool)).toEqual([]);
  for (const [seconds, words] of [
    [10, /is 10\.\d s ahead of this/],
    [-10, /is \d+\.\d s behind this/],
  ] as const) {
    await pool.query('SET timestamp = ?', [Date.now() / 1000 + seconds]);
    const [problem] = await checkClock(pool);
    expect(problem).toMatchObject({ code: 'clocks_differ', message: expect.stringMatching(words) });
  }
  await pool.end();
});

describe('npm run doctor', () => {
  test('prints a table and ends with 0 where live works fully', async () => {
    const { exitCode, stdout } = await runProgram(['doctor'], { DATABASE_URL: database.url });
    expect(stdout).toMatch(/^ok {6}server {7}(MySQL|MariaDB) \d/m);
    expect(stdout).toMatch(/^ok {6}binary log/m);
    expect(exitCode).toBe(0);
  });

  test('ends with 1 where something is wrong, with the cure, and without password or stack', async () => {
    const reader = await createDatabaseAccount(database, 'SELECT');
    const { exitCode, stdout, stderr } = await runProgram(['doctor'], { DATABASE_URL: reader.url });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^wrong {3}binary log/m);
    expect(stdout).toContain('-> GRANT REPLICATION SLAVE');
    const url = new URL(reader.url);
    url.password = 'wrong-password';
    const refused = await runProgram(['doctor'], { DATABASE_URL: url.href });
    expect(refused.exitCode).toBe(1);
    expect(refused.stdout).toMatch(/^wrong {3}server.*\[database_login_denied\]/ms);
    const everything = stdout + stderr + refused.stdout + refused.stderr;
    expect(everything).not.toContain(new URL(reader.url).password);
    expect(everything).not.toContain('wrong-password');
    expect(everything).not.toContain('    at ');
    await reader.drop();
  });
});
