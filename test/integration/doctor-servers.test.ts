import { afterEach, expect, test } from 'vitest';
import { checkBinaryLog } from '../../src/database/binary-log.ts';
import { type EmbeddedServer, startEmbeddedServer } from '../../src/database/embedded-server.ts';
import { createPool } from '../../src/database/pool.ts';
import { examine } from '../../src/doctor/examine.ts';
import type { Finding } from '../../src/doctor/finding.ts';
import { createDataDir, type TestDataDir } from '../support/data-dir.ts';
import { runProgram, startProgram } from '../support/program.ts';

const dataDirs: TestDataDir[] = [];
const servers: EmbeddedServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
  for (const dataDir of dataDirs.splice(0)) await dataDir.remove();
});

async function createOwnDataDir(): Promise<string> {
  const dataDir = await createDataDir();
  dataDirs.push(dataDir);
  return dataDir.path;
}

/** Starts a server with these options and an empty schema `shop`; returns the schema's address. */
async function startServer(...extraOptions: string[]): Promise<string> {
  const server = await startEmbeddedServer({ dataDir: await createOwnDataDir(), extraOptions });
  servers.push(server);
  await run(server.url(''), 'CREATE DATABASE shop');
  return server.url('shop');
}

async function run(url: string, sql: string): Promise<void> {
  const pool = createPool(url, { connectionLimit: 1 });
  await pool.query(sql).finally(() => pool.end());
}

async function findLogCodes(url: string): Promise<string[]> {
  return (await examine(url))
    .filter(({ subject }) => subject === 'binary log')
    .flatMap(({ problems }) => problems.map(({ code }) => code));
}

function findProblem(findings: readonly Finding[], code: string) {
  return findings.flatMap(({ problems }) => problems).find((problem) => problem.code === code);
}

test('a log that is off stops live screens, and is all that is told of it', async () => {
  const url = await startServer('--skip-log-bin');
  expect(await findLogCodes(url)).toEqual(['log_off']);
  const pool = createPool(url);
  expect((await checkBinaryLog(pool)).stops[0]).toMatchObject({
    where: 'log_bin',
    fix: expect.stringContaining('log_bin = binlog'),
  });
  await pool.end();
});

test('settings that make holes are told, and their cures mend them', async () => {
  const url = await startServer(
    '--binlog-format=STATEMENT',
    '--binlog-row-image=MINIMAL',
    '--binlog-row-metadata=MINIMAL',
    '--binlog-expire-logs-seconds=60',
  );
  expect(await findLogCodes(url)).toEqual([
    'log_format',
    'log_row_image',
    'log_row_metadata',
    'log_retention',
  ]);
  for (const { problems } of await examine(url))
    for (const { code, fix } of problems)
      if (code.startsWith('log_')) await run(url, fix.replace(/, and write it under .*/, ''));
  expect(await findLogCodes(url)).toEqual([]);
});

test('a log that leaves out the schema is told', async () => {
  expect(await findLogCodes(await startServer('--binlog-ignore-db=shop'))).toEqual(['log_schema_left_out']);
  expect(await findLogCodes(await startServer('--binlog-do-db=other'))).toEqual(['log_schema_left_out']);
  expect(await findLogCodes(await startServer('--binlog-do-db=shop'))).toEqual([]);
});

test('on Amazon RDS, the log must be told to be kept', async () => {
  // The folder in which RDS keeps the server's files tells it from others.
  const url = await startServer('--basedir=/rdsdbbin/mariadb', '--lc-messages-dir=/usr/share/mysql');
  await run(url, 'CREATE TABLE mysql.rds_configuration (name VARCHAR(100), value VARCHAR(100))');
  await run(url, "INSERT INTO mysql.rds_configuration VALUES ('binlog retention hours', NULL)");
  const findings = await examine(url);
  expect(findings[0]?.note).toContain('on Amazon RDS');
  expect(findProblem(findings, 'log_retention')).toMatchObject({
    where: 'binlog retention hours',
    fix: expect.stringContaining("CALL mysql.rds_set_configuration('binlog retention hours', 24)"),
  });
  await run(url, 'UPDATE mysql.rds_configuration SET value = 24');
  expect(await findLogCodes(url)).toEqual([]);
});

test('small packets, few connections, short idling and a zone other than UTC are told as advice', async () => {
  const url = await startServer(
    '--max-allowed-packet=1M',
    '--max-connections=12',
    '--wait-timeout=5',
    '--default-time-zone=+05:30',
  );
  const findings = await examine(url);
  expect(findProblem(findings, 'packets_too_small')?.message).toContain('1048576');
  expect(findProblem(findings, 'connections_short')?.message).toMatch(/^is 12, and \d+ are in use/);
  expect(findProblem(findings, 'idle_limit_short')?.message).toMatch(/^is 5:/);
  expect(findProblem(findings, 'server_not_utc')?.message).toMatch(/^is \+05:30:/);
  const verdicts = findings.filter(({ subject }) => ['packets', 'connections', 'clock'].includes(subject));
  expect(verdicts.map(({ verdict }) => verdict)).toEqual(['advice', 'advice', 'advice']);
});

test('a change that arrives without its rows is told, and its cure mends it', async () => {
  const url = await startServer('--binlog-row-image=MINIMAL');
  expect((await runProgram(['migrate', '--panel'], { DATABASE_URL: url })).exitCode).toBe(0);
  expect(findProblem(await examine(url), 'live_without_rows')).toMatchObject({
    message: expect.stringContaining('(incomplete_row_image)'),
    fix: expect.stringContaining('binlog_row_image = FULL'),
  });
  await run(url, 'SET GLOBAL binlog_row_image = FULL');
  const live = (await examine(url)).find(({ subject }) => subject === 'live');
  expect(live).toMatchObject({ verdict: 'ok', note: expect.stringContaining('arrived whole') });
});

test('a change that every setting lets through, and that does not arrive, is told', async () => {
  const url = await startServer();
  await run(url, "CREATE USER store IDENTIFIED BY 'secret'");
  await run(url, 'GRANT ALL ON shop.* TO store');
  await run(url, 'GRANT REPLICATION SLAVE, BINLOG MONITOR, BINLOG ADMIN ON *.* TO store');
  expect((await runProgram(['migrate', '--panel'], { DATABASE_URL: url })).exitCode).toBe(0);
  await run(url, "SET GLOBAL init_connect = 'SET SESSION sql_log_bin = 0'");
  const other = new URL(url);
  other.username = 'store';
  other.password = 'secret';
  const findings = await examine(other.href);
  expect(findings.find(({ subject }) => subject === 'binary log')?.verdict).toBe('ok');
  expect(findProblem(findings, 'live_not_told')?.message).toMatch(/^the insert of a row in panel_displays/);
  await run(url, "SET GLOBAL init_connect = ''");
  expect((await examine(other.href)).find(({ subject }) => subject === 'live')?.verdict).toBe('ok');
});

test('a row that arrives with other values than a query has is told by its columns', async () => {
  const url = await startServer();
  expect((await runProgram(['migrate', '--panel'], { DATABASE_URL: url })).exitCode).toBe(0);
  await run(url, 'ALTER TABLE panel_displays ADD bent VARCHAR(36) AS (UUID()) VIRTUAL');
  expect(findProblem(await examine(url), 'live_not_whole')?.message).toBe(
    'a row of panel_displays arrived with other values than a query has (bent).',
  );
  await run(url, 'ALTER TABLE panel_displays DROP bent');
  expect((await examine(url)).find(({ subject }) => subject === 'live')?.verdict).toBe('ok');
});

test('a server that takes no changes is told, with where to go instead', async () => {
  const url = await startServer();
  expect((await runProgram(['migrate', '--panel'], { DATABASE_URL: url })).exitCode).toBe(0);
  await run(url, "CREATE USER store IDENTIFIED BY 'secret'");
  await run(url, 'GRANT ALL ON shop.* TO store');
  await run(url, 'SET GLOBAL read_only = 1');
  const other = Object.assign(new URL(url), { username: 'store', password: 'secret' });
  expect(findProblem(await examine(other.href), 'database_read_only')).toMatchObject({
    message: expect.stringMatching(/^the server takes no INSERT: /),
    fix: expect.stringContaining('not a replica'),
  });
  await run(url, 'SET GLOBAL read_only = 0');
  expect(findProblem(await examine(other.href), 'database_read_only')).toBeUndefined();
});

test('without DATABASE_URL the embedded server is looked at, running or not', async () => {
  const settings = { DATA_DIR: await createOwnDataDir() };
  const program = startProgram([], settings);
  await program.ready;
  const beside = await runProgram(['doctor'], settings);
  program.process.kill('SIGTERM');
  await program.ended;
  const alone = await runProgram(['doctor'], settings);
  for (const { stdout, exitCode } of [beside, alone]) {
    expect(stdout).toMatch(/^Everything works\.$/m);
    expect(exitCode).toBe(0);
  }
});

test('the start says in one line that the log cannot be read', async () => {
  const url = await startServer('--skip-log-bin');
  expect((await runProgram(['migrate'], { DATABASE_URL: url })).exitCode).toBe(0);
  const program = startProgram([], { DATABASE_URL: url, SESSION_SECRET: 'x'.repeat(32) });
  await program.ready;
  expect(program.stderr().match(/^.*own changes only.*$/gm)).toEqual([
    expect.stringMatching(/log_bin: is OFF: .* `npm run doctor` tells the cure\.$/),
  ]);
  program.process.kill('SIGTERM');
  expect(await program.ended).toBe(0);
});
