import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { runAccountTask } from '../../src/account-command.ts';
import type { AccountTask } from '../../src/command-line.ts';
import type { RowDataPacket } from '../../src/database/pool.ts';
import { examine } from '../../src/doctor/examine.ts';
import { ProblemsError } from '../../src/errors.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { postLogin, signIn, startHttpServer, type TestHttpServer } from '../support/http-server.ts';
import { runProgram, startProgram } from '../support/program.ts';

const ADMIN = 'root@shop.example';
const ZIB = 'zib@shop.example';

let database: TestDatabase;
let server: TestHttpServer;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'panel' });
  server = await startHttpServer({ pool: database.pool });
});
afterEach(async () => {
  await database.pool.query('DELETE FROM panel_accounts');
  await database.pool.query('DELETE FROM panel_activity');
});
afterAll(async () => {
  await server.stop();
  await database.drop();
});

const run = (task: AccountTask) => runAccountTask(database.pool, task);

async function add(email: string, role: 'employee' | 'supervisor' | 'admin' = 'employee'): Promise<string> {
  return (await run({ kind: 'add', email, role, name: null })).at(-1) ?? '';
}

async function find(sql: string): Promise<RowDataPacket[]> {
  return (await database.pool.query<RowDataPacket[]>(sql))[0];
}

async function problemOf(work: Promise<unknown>) {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ProblemsError)) throw error ?? new Error('it was done');
  return error.problems[0];
}

const isSignedIn = async (cookie: string) =>
  (await server.request('/admin/api/nothing', { cookie })).status === 404;

test('an account that is added signs in with the password on the last line, which is kept nowhere', async () => {
  const lines = await run({ kind: 'add', email: ' Zib@Shop.example ', role: 'employee', name: null });
  const password = lines.at(-1) ?? '';
  expect(lines).toEqual([
    'zib@shop.example was added as employee. The password is told this once:',
    password,
  ]);
  expect(await isSignedIn(await signIn(server, ZIB, password))).toBe(true);
  expect(await find('SELECT email, name, role, active FROM panel_accounts')).toEqual([
    { email: ZIB, name: 'Zib', role: 'employee', active: 1 },
  ]);
  expect(JSON.stringify(await find('SELECT * FROM panel_accounts, panel_activity'))).not.toContain(password);
});

describe('what ends the sessions of an account, and of no other', () => {
  test.each<[string, AccountTask]>([
    ['another password', { kind: 'password', email: ZIB }],
    ['another role', { kind: 'role', email: ZIB, role: 'supervisor' }],
    ['disabling', { kind: 'disable', email: ZIB }],
  ])('is %s', async (_what, task) => {
    const mine = await signIn(server, ZIB, await add(ZIB));
    const other = await signIn(server, ADMIN, await add(ADMIN, 'admin'));
    await run(task);
    expect([await isSignedIn(mine), await isSignedIn(other)]).toEqual([false, true]);
  });

  test('is disabling for good: enabling lets in by signing in again alone', async () => {
    const password = await add(ZIB);
    const cookie = await signIn(server, ZIB, password);
    await run({ kind: 'disable', email: ZIB });
    const refused = await postLogin(server, { email: ZIB, password });
    const wrong = await postLogin(server, { email: ZIB, password: 'wrong' });
    expect([refused.status, await refused.text()]).toEqual([wrong.status, await wrong.text()]);
    expect(await run({ kind: 'enable', email: ZIB })).toEqual([expect.stringContaining('is enabled now')]);
    expect(await isSignedIn(cookie)).toBe(false);
    expect(await isSignedIn(await signIn(server, ZIB, password))).toBe(true);
  });

  test('is no command that changes nothing', async () => {
    const cookie = await signIn(server, ZIB, await add(ZIB));
    expect(await run({ kind: 'enable', email: ZIB })).toEqual([`${ZIB} is enabled already.`]);
    expect(await run({ kind: 'role', email: ZIB, role: 'employee' })).toEqual([
      `${ZIB} is employee already.`,
    ]);
    expect(await isSignedIn(cookie)).toBe(true);
    expect(await find('SELECT action FROM panel_activity')).toEqual([{ action: 'account_created' }]);
  });
});

test('the new password is the only one from then on', async () => {
  const old = await add(ZIB);
  const password = (await run({ kind: 'password', email: ZIB })).at(-1) ?? '';
  expect((await postLogin(server, { email: ZIB, password: old })).status).toBe(401);
  expect(await isSignedIn(await signIn(server, ZIB, password))).toBe(true);
});

test('all that is done is recorded as done by the command line', async () => {
  await add(ADMIN, 'admin');
  await add(ZIB);
  await run({ kind: 'password', email: ZIB });
  await run({ kind: 'role', email: ZIB, role: 'supervisor' });
  await run({ kind: 'disable', email: ZIB });
  await run({ kind: 'enable', email: ZIB });
  const id = (await find(`SELECT id FROM panel_accounts WHERE email = '${ZIB}'`))[0]?.id;
  const rows = await find(
    `SELECT actor_id, actor_name, table_name, action, details FROM panel_activity WHERE record_id = '${id}' ORDER BY id`,
  );
  expect(rows.map(({ action }) => action)).toEqual([
    'account_created',
    'account_password_replaced',
    'account_role_changed',
    'account_disabled',
    'account_enabled',
  ]);
  for (const row of rows)
    expect(row).toMatchObject({ actor_id: null, actor_name: 'Command line', table_name: 'panel_accounts' });
  expect(JSON.parse(rows[2]?.details)).toEqual({ email: ZIB, before: 'employee', after: 'supervisor' });
});

describe('the last active admin', () => {
  test.each<[string, AccountTask]>([
    ['disabled', { kind: 'disable', email: ADMIN }],
    ['given another role', { kind: 'role', email: ADMIN, role: 'employee' }],
  ])('cannot be %s', async (_what, task) => {
    await add(ADMIN, 'admin');
    await add('second@shop.example', 'admin');
    await run({ kind: 'disable', email: 'second@shop.example' });
    expect(await problemOf(run(task))).toMatchObject({
      code: 'last_admin',
      message: expect.stringContaining(`${ADMIN} is the only active admin`),
      fix: expect.stringContaining('--role admin'),
    });
    await run({ kind: 'enable', email: 'second@shop.example' });
    await run(task);
  });

  test('is left where two take away each other at once', async () => {
    await add(ADMIN, 'admin');
    await add('second@shop.example', 'admin');
    const done = await Promise.allSettled([
      run({ kind: 'disable', email: ADMIN }),
      run({ kind: 'role', email: 'second@shop.example', role: 'employee' }),
    ]);
    expect(done.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    expect(await find("SELECT 1 AS n FROM panel_accounts WHERE role = 'admin' AND active")).toHaveLength(1);
  });
});

describe('what cannot be done is told with its cure', () => {
  test('an address that nobody has, with the nearest one', async () => {
    const nobody = await problemOf(run({ kind: 'disable', email: ZIB }));
    expect(nobody).toMatchObject({ code: 'unknown_account', fix: expect.stringContaining('no account yet') });
    await add(ZIB);
    await add(ADMIN, 'admin');
    for (const kind of ['password', 'disable', 'enable'] as const) {
      const problem = await problemOf(run({ kind, email: 'zip@shop.example' }));
      expect(problem).toMatchObject({ code: 'unknown_account', fix: `Did you mean '${ZIB}'?` });
    }
    expect((await problemOf(run({ kind: 'enable', email: 'ádmin@elsewhere' })))?.fix).toBe(
      `Use one of: ${ADMIN}, ${ZIB}.`,
    );
  });

  test.each(['zib@shop.example', 'ZIB@shop.example', ' zib@shop.example', 'zíb@shop.example'])(
    'the address %j that is taken',
    async (email) => {
      await add(ZIB);
      const problem = await problemOf(add(email));
      expect(problem).toMatchObject({ code: 'duplicate_email', fix: expect.stringContaining('password') });
      expect(await find('SELECT 1 AS n FROM panel_accounts')).toHaveLength(1);
    },
  );

  test.each(['zib', '@shop.example', 'zib@', 'a b@shop.example', `${'a'.repeat(250)}@shop.example`])(
    'the address %j that is none',
    async (email) => {
      expect(await problemOf(add(email))).toMatchObject({ code: 'bad_email' });
    },
  );

  test.each(['', '   ', 'a\nb', 'x'.repeat(121)])('the name %j', async (name) => {
    const added = run({ kind: 'add', email: ZIB, role: 'employee', name });
    expect(await problemOf(added)).toMatchObject({ code: 'bad_name' });
  });
});

test('a list shows who may do what, and whether he may sign in', async () => {
  expect(await run({ kind: 'list' })).toEqual([expect.stringContaining('npm run account -- add EMAIL')]);
  await run({ kind: 'add', email: ZIB, role: 'employee', name: 'Zib Quorl' });
  await add(ADMIN, 'admin');
  await run({ kind: 'disable', email: ZIB });
  expect(await run({ kind: 'list' })).toEqual([
    'root@shop.example  admin     active    root',
    'zib@shop.example   employee  disabled  Zib Quorl',
  ]);
});

describe('the program', () => {
  const settings = () => ({ DATABASE_URL: database.url });

  test('prints the password once, on the last line, and problems without a stack', async () => {
    const added = await runProgram(
      ['account', 'add', ZIB, '--role', 'employee', '--name', 'Zib'],
      settings(),
    );
    expect(added.exitCode).toBe(0);
    const password = added.stdout.trimEnd().split('\n').at(-1) ?? '';
    expect(password).toMatch(/^[\w-]{12}$/);
    expect((added.stdout + added.stderr).split(password)).toHaveLength(2);
    expect(await isSignedIn(await signIn(server, ZIB, password))).toBe(true);
    const again = await runProgram(['account', 'add', ZIB, '--role', 'employee'], settings());
    expect(again).toMatchObject({ exitCode: 1, stdout: '' });
    expect(again.stderr).toContain('[duplicate_email]');
    expect(again.stderr).not.toContain('    at ');
  });

  test('says that the migrations are due', async () => {
    const empty = await createTestDatabase();
    const { exitCode, stderr } = await runProgram(['account', 'list'], { DATABASE_URL: empty.url });
    await empty.drop();
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/\[migrations_due\]\n {2}-> Run `npm run migrate`/);
  });

  test('starts without an account, makes none, and says how to make the first one', async () => {
    const program = startProgram([], { ...settings(), RESOURCES_DIR: '/nowhere' });
    const line = await program.ready;
    program.process.kill('SIGTERM');
    await program.ended;
    expect(line).not.toContain('gorak.example');
    expect(program.stderr()).toContain('npm run account -- add EMAIL --role admin');
    expect(await find('SELECT 1 AS n FROM panel_accounts')).toHaveLength(0);
  });

  test('seeds a store without demo accounts unless it is given SEED_PASSWORD', async () => {
    const store = await createTestDatabase({ migrations: 'all' });
    const seeded = await runProgram(['seed', '--orders', '20'], { DATABASE_URL: store.url });
    const [rows] = await store.pool.query('SELECT 1 AS n FROM panel_accounts');
    await store.drop();
    expect(seeded).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('npm run account -- add') });
    expect(rows).toEqual([]);
    const refused = await runProgram(['seed', '--accounts'], settings());
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain('[seed_password_missing]');
    const given = { ...settings(), SEED_PASSWORD: 'correct horse' };
    expect(await runProgram(['seed', '--accounts'], given)).toMatchObject({ exitCode: 0 });
    expect(await isSignedIn(await signIn(server, 'supervisor@gorak.example', 'correct horse'))).toBe(true);
  });
});

test('the doctor says when nobody can sign in, and how to mend that', async () => {
  const look = async () => (await examine(database.url)).find(({ subject }) => subject === 'accounts');
  expect(await look()).toMatchObject({
    verdict: 'advice',
    problems: [{ code: 'no_account', fix: expect.stringContaining('npm run account -- add') }],
  });
  await add(ZIB);
  expect(await look()).toMatchObject({ verdict: 'ok' });
  await run({ kind: 'disable', email: ZIB });
  expect(await look()).toMatchObject({
    verdict: 'advice',
    problems: [{ code: 'no_account', fix: expect.stringContaining('npm run account -- enable') }],
  });
});
