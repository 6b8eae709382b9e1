import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { createDataDir, type TestDataDir } from '../support/data-dir.ts';
import { type Program, startProgram } from '../support/program.ts';
import { canSignIn, countRows, findDifferences, findPassword } from '../support/running-store.ts';

const KILLS = 10;
const SERVER_KILLS = 5;

// The seed is one transaction whose order lines depend on the hour; these tables are the same at any time.
const TABLES = ['actors', 'customers', 'employees', 'movies', 'orders', 'panel_accounts', 'panel_migrations'];

/** What an undisturbed first start makes, and how long it takes. */
let whole: Record<string, number | undefined>;
let firstStartMs: number;
let serverStartMs: number;

beforeAll(async () => {
  const dataDir = await createDataDir();
  const startedAt = performance.now();
  const program = startProgram([], { DATA_DIR: dataDir.path });
  await program.told(/ start \S+/);
  serverStartMs = performance.now() - startedAt;
  await program.ready;
  firstStartMs = performance.now() - startedAt;
  whole = await countWhole(dataDir.path);
  await stop(program);
  await dataDir.remove();
}, 120_000);

const dataDirs: TestDataDir[] = [];
const programs: Program[] = [];
afterEach(async () => {
  await Promise.all(programs.splice(0).map(stop));
  await Promise.all(dataDirs.splice(0).map((dataDir) => dataDir.remove()));
});

async function createCutDataDir(): Promise<TestDataDir> {
  const dataDir = await createDataDir();
  dataDirs.push(dataDir);
  return dataDir;
}

function start(dataDir: TestDataDir): Program {
  const program = startProgram([], { DATA_DIR: dataDir.path });
  programs.push(program);
  return program;
}

async function countWhole(dataDir: string): Promise<Record<string, number | undefined>> {
  const counts = await countRows(dataDir);
  return Object.fromEntries(TABLES.map((name) => [name, counts[name]]));
}

async function stop(program: Program): Promise<void> {
  program.process.kill('SIGTERM');
  await program.ended;
}

/** Lets a first start be cut short; gives what it printed and how it ended. */
async function cutFirstStart(
  dataDir: TestDataDir,
  cut: (program: Program) => Promise<void>,
): Promise<{ stdout: string; stderr: string; how: number | NodeJS.Signals }> {
  const program = start(dataDir);
  await cut(program);
  const how = await program.ended;
  return { stdout: program.stdout(), stderr: program.stderr(), how };
}

/** Expects the next start to end in a whole store, for whose accounts one of the two starts told the password. */
async function expectWholeStore(dataDir: TestDataDir, firstStdout: string): Promise<void> {
  const program = start(dataDir);
  const line = await program.ready;
  expect(await countWhole(dataDir.path)).toEqual(whole);
  const email = 'employee@gorak.example';
  const password = findPassword(program.stdout(), email) ?? findPassword(firstStdout, email) ?? '';
  expect(await canSignIn(line, email, password)).toBe(true);
  expect(await findDifferences(dataDir.path)).toEqual([]);
  await stop(program);
}

// Spread over the whole start; the random part makes every run try other moments.
const spread = (count: number) =>
  Array.from({ length: count }, (_, index) => (index + Math.random()) / count);

test('a first start that is killed at any moment is made whole by the next one', async () => {
  for (const share of spread(KILLS)) {
    const dataDir = await createCutDataDir();
    const first = await cutFirstStart(dataDir, async (program) => {
      await delay(share * firstStartMs);
      program.process.kill('SIGKILL');
    });
    await expectWholeStore(dataDir, first.stdout);
  }
}, 900_000);

test('a first start whose server is killed says so, and is made whole by the next one', async () => {
  for (const share of spread(SERVER_KILLS)) {
    const dataDir = await createCutDataDir();
    const first = await cutFirstStart(dataDir, async (program) => {
      await program.told(/ start \S+/);
      await dataDir.serverStarted();
      await delay(share * (firstStartMs - serverStartMs));
      await dataDir.killServer();
    });
    expect(first.how).toBe(1);
    expect(first.stderr).toMatch(/\[embedded_server_(lost|stopped)\]/);
    expect(first.stderr).not.toContain('    at ');
    await expectWholeStore(dataDir, first.stdout);
  }
}, 900_000);
