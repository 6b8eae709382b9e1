import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createDataDir, type TestDataDir } from '../support/data-dir.ts';
import { type Program, runProgram, startProgram } from '../support/program.ts';
import { canSignIn, countRows, findPassword } from '../support/running-store.ts';

let dataDir: TestDataDir;
let settings: Record<string, string>;
const programs: Program[] = [];

function start(more: Record<string, string> = {}): Program {
  const program = startProgram([], { ...settings, ...more });
  programs.push(program);
  return program;
}

beforeAll(async () => {
  dataDir = await createDataDir();
  settings = { DATA_DIR: dataDir.path };
});
afterEach(async () => {
  for (const { process, ended } of programs.splice(0)) {
    process.kill('SIGTERM');
    await ended;
  }
});
afterAll(() => dataDir.remove());

const DEMO_EMAILS = ['employee@gorak.example', 'supervisor@gorak.example', 'admin@gorak.example'];

test('the first start makes a store and tells one line with the accounts, each with a password of its own', async () => {
  const program = start();
  const line = await program.ready;
  expect(program.stdout().match(/^ready /gm)).toHaveLength(1);
  expect(line).toMatch(
    /^ready http:\/\/localhost:\d+\/admin {2}accounts: employee@gorak\.example, supervisor@gorak\.example, admin@gorak\.example, /,
  );
  const passwords = DEMO_EMAILS.map((email) => findPassword(program.stdout(), email) ?? '');
  expect(new Set(passwords).size).toBe(3);
  for (const [index, email] of DEMO_EMAILS.entries()) {
    expect(passwords[index]).toMatch(/^\S{12,}$/);
    expect(await canSignIn(line, email, passwords[index] ?? '')).toBe(true);
    expect(await canSignIn(line, email, passwords[(index + 1) % 3] ?? '')).toBe(false);
  }
  const counts = await countRows(dataDir.path);
  expect(counts).toMatchObject({ customers: 500, employees: 12, orders: 3000, panel_accounts: 3 });
  expect(counts.movies).toBeGreaterThanOrEqual(150);
});

test('the next start keeps the data, seeds nothing and tells no password', async () => {
  const program = start();
  const line = await program.ready;
  expect(line).toContain('admin@gorak.example, password: as set before');
  expect(program.stdout()).not.toMatch(/^account /m);
  expect(program.stderr()).not.toMatch(/migrate|seed/);
  expect((await countRows(dataDir.path)).orders).toBe(3000);
});

test('SIGTERM and SIGINT stop the program and its server in order', async () => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const program = start();
    await program.ready;
    expect(await dataDir.findServerPid()).not.toBeNull();
    program.process.kill(signal);
    // npm passes on the signal that the terminal sent to both.
    program.process.kill(signal);
    expect(await program.ended).toBe(0);
    expect(await dataDir.findServerPid()).toBeNull();
    expect(program.stderr()).toMatch(/ stopping…\n(.*\n)* *\d+\.\d s {2}stopped\n$/);
  }
});

test('every command says what it does before it does anything slow', async () => {
  for (const command of ['start', 'demo', 'migrate', 'seed', 'doctor', 'stock:reconcile']) {
    const program = startProgram([command], settings);
    programs.push(program);
    await program.told(/./);
    expect(program.stderr()).toMatch(/^ *\d+\.\d s {2}load the program\n/);
    program.process.kill('SIGTERM');
    await program.ended;
  }
});

test('accounts that were made with a given password are not said to be as before', async () => {
  const fresh = await createDataDir();
  const program = start({ DATA_DIR: fresh.path, SEED_PASSWORD: 'a password for tests' });
  expect(await program.ready).toMatch(/ password: that of SEED_PASSWORD$/);
  program.process.kill('SIGTERM');
  await program.ended;
  await fresh.remove();
});

test('a signal in the middle of the start stops what has started', async () => {
  const program = start();
  await program.told(/start .*mariadbd|start .*mysqld/);
  program.process.kill('SIGTERM');
  expect(await program.ended).toBe(0);
  expect(program.stdout()).toBe('');
  expect(await dataDir.findServerPid()).toBeNull();
});

test('a second program on the same folder is refused, and the first one goes on', async () => {
  const first = start();
  const line = await first.ready;
  const second = await runProgram([], settings);
  expect(second.exitCode).toBe(1);
  expect(second.stderr).toContain('[data_dir_in_use]');
  expect(second.stderr).not.toContain('    at ');
  expect((await fetch(new URL('/readyz', line.split(' ')[1]))).status).toBe(200);
});

test('a server that a killed program left behind is taken over, and stopped at the end', async () => {
  const first = start();
  await first.ready;
  const pid = await dataDir.findServerPid();
  first.process.kill('SIGKILL');
  await first.ended;
  const second = start();
  await second.ready;
  expect(await dataDir.findServerPid()).toBe(pid);
  second.process.kill('SIGTERM');
  expect(await second.ended).toBe(0);
  expect(await dataDir.findServerPid()).toBeNull();
});

test('a program whose server dies says so and ends with exit code 1', async () => {
  const program = start();
  await program.ready;
  await dataDir.killServer();
  expect(await program.ended).toBe(1);
  expect(program.stderr()).toContain('[embedded_server_lost]');
  await start().ready;
});

test('commands work beside a running program', async () => {
  const program = start();
  await program.ready;
  expect(await runProgram(['migrate'], settings)).toMatchObject({
    exitCode: 0,
    stdout: 'no migration is due\n',
  });
  expect(await runProgram(['stock:reconcile'], settings)).toMatchObject({ exitCode: 0 });
  const added = await runProgram(['account', 'add', 'zib@gorak.example', '--role', 'employee'], settings);
  expect(added).toMatchObject({ exitCode: 0, stderr: expect.not.stringContaining('    at ') });
  const password = added.stdout.trimEnd().split('\n').at(-1) ?? '';
  expect(await canSignIn(await program.ready, 'zib@gorak.example', password)).toBe(true);
  expect(program.process.exitCode).toBeNull();
});

test('a port in use is told before anything else is done', async () => {
  const other = createServer().listen(0, '0.0.0.0');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as AddressInfo;
  const { exitCode, stderr } = await runProgram([], { ...settings, PORT: String(port) });
  other.close();
  expect(exitCode).toBe(1);
  expect(stderr).toContain(`port ${port} is in use`);
  expect(stderr).not.toContain('mariadbd');
  expect(stderr).not.toContain('    at ');
});

test('every wrong setting is told at once, and a wrong command with the usage', async () => {
  const { exitCode, stderr } = await runProgram([], { PORT: 'x', LOG_LEVEL: 'loud', SEED_PASSWORD: 'short' });
  expect(exitCode).toBe(1);
  for (const name of ['PORT', 'LOG_LEVEL', 'SEED_PASSWORD']) expect(stderr).toContain(`${name}: `);
  const unknown = await runProgram(['sead'], {});
  expect(unknown.exitCode).toBe(1);
  expect(unknown.stderr).toContain('npm run seed');
});
