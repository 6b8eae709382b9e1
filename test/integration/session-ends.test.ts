import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RowDataPacket } from '../../src/database/pool.ts';
import { ensureDemoAccounts } from '../../src/http/demo-accounts.ts';
import { hashPassword } from '../../src/http/password.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { postLogin, signIn, startHttpServer, type TestHttpServer } from '../support/http-server.ts';

const PASSWORD = 'correct horse';
const ADMIN = 'admin@gorak.example';
const EMPLOYEE = 'employee@gorak.example';

let database: TestDatabase;
let nodes: TestHttpServer[];
let row: RowDataPacket;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'panel' });
  await ensureDemoAccounts(database.pool, PASSWORD);
  const settings = { sessionSecrets: ['s'.repeat(32)] };
  nodes = [];
  for (let count = 0; count < 2; count++)
    nodes.push(await startHttpServer({ pool: database.pool, settings }));
  row = (await find('SELECT * FROM panel_accounts WHERE email = ?', EMPLOYEE))[0] as RowDataPacket;
});

afterAll(async () => {
  for (const node of nodes) await node.stop();
  await database.drop();
});

beforeEach(async () => {
  await database.pool.query('DELETE FROM panel_login_attempts');
  await database.pool.query('DELETE FROM panel_accounts WHERE email <> ?', [ADMIN]);
  await database.pool.query('INSERT INTO panel_accounts SET ?', [{ ...row, credentials_version: 1 }]);
});

async function find(sql: string, ...values: unknown[]): Promise<RowDataPacket[]> {
  return (await database.pool.query<RowDataPacket[]>(sql, values))[0];
}

const set = (assignment: string, ...values: unknown[]) =>
  database.pool.query(`UPDATE panel_accounts SET ${assignment} WHERE email = ?`, [...values, EMPLOYEE]);

async function statuses(cookie: string): Promise<number[]> {
  const answers = await Promise.all(nodes.map((node) => node.request('/admin/api/nothing', { cookie })));
  return answers.map(({ status }) => status);
}

/** 404: nothing is mounted there, but whoever asked is signed in. */
const SIGNED_IN = [404, 404];
const SIGNED_OUT = [401, 401];

const signInAtFirst = () => signIn(nodes[0] as TestHttpServer, EMPLOYEE, PASSWORD);

describe('a session ends for good, on every node, once plain SQL', () => {
  test.each<[string, () => Promise<void>]>([
    [
      'replaces the password',
      async () => {
        await set('password_hash = ?', await hashPassword('another one'));
      },
    ],
    [
      'replaces the password twice, the second time by the first',
      async () => {
        await set('password_hash = ?', await hashPassword('another one'));
        await set('password_hash = ?', row.password_hash);
      },
    ],
    [
      'makes another hash of the same password',
      async () => {
        await set('password_hash = ?', await hashPassword(PASSWORD));
      },
    ],
    [
      'locks the password',
      async () => {
        await set("password_hash = '!'");
      },
    ],
    [
      'changes the role, and changes it back',
      async () => {
        await set("role = 'supervisor'");
        await set("role = 'employee'");
      },
    ],
    [
      'writes the role in other letters',
      async () => {
        await set("role = 'EMPLOYEE'");
      },
    ],
    [
      'disables the account',
      async () => {
        await set('active = FALSE');
      },
    ],
    [
      'disables the account and enables it',
      async () => {
        await set('active = FALSE');
        await set('active = TRUE');
      },
    ],
    [
      'does so and names the version of before',
      async () => {
        const [before] = await find(
          'SELECT credentials_version AS version FROM panel_accounts WHERE email = ?',
          EMPLOYEE,
        );
        await set('active = FALSE, credentials_version = ?', before?.version);
        await set('active = TRUE, credentials_version = ?', before?.version);
        await set('credentials_version = ?', before?.version);
      },
    ],
    [
      'deletes the account',
      async () => {
        await database.pool.query('DELETE FROM panel_accounts WHERE email = ?', [EMPLOYEE]);
      },
    ],
    [
      'deletes the account and makes one of its id and password',
      async () => {
        const { credentials_version: _, ...rest } = row;
        await database.pool.query('DELETE FROM panel_accounts WHERE email = ?', [EMPLOYEE]);
        await database.pool.query('INSERT INTO panel_accounts SET ?', [rest]);
      },
    ],
    [
      'gives its id to another account',
      async () => {
        await set('id = 9999');
        const { credentials_version: _, ...rest } = row;
        const other = { ...rest, email: 'other@gorak.example' };
        await database.pool.query('INSERT INTO panel_accounts SET ?', [other]);
      },
    ],
  ])('%s', async (_what, change) => {
    const cookie = await signInAtFirst();
    expect(await statuses(cookie)).toEqual(SIGNED_IN);
    await change();
    expect(await statuses(cookie)).toEqual(SIGNED_OUT);
  });
});

test('every session of an account ends, and of no other one; signing in again begins one that stays', async () => {
  const [first, second, admin] = [
    await signInAtFirst(),
    await signInAtFirst(),
    await signIn(nodes[1] as TestHttpServer, ADMIN, PASSWORD),
  ];
  await set('active = FALSE');
  await set('active = TRUE');
  expect(await statuses(first)).toEqual(SIGNED_OUT);
  expect(await statuses(second)).toEqual(SIGNED_OUT);
  expect(await statuses(admin)).toEqual(SIGNED_IN);
  expect(await statuses(await signInAtFirst())).toEqual(SIGNED_IN);
});

test('a session goes on when what is changed is no credential, or nothing is', async () => {
  const cookie = await signInAtFirst();
  await set("name = 'Renamed'");
  await set('role = role, active = active, password_hash = password_hash');
  expect(await statuses(cookie)).toEqual(SIGNED_IN);
});

test('whoever signs in while the password is replaced is signed in by none that is no more', async () => {
  for (let round = 0; round < 5; round++) {
    const signingIn = Array.from({ length: 4 }, () =>
      postLogin(nodes[0] as TestHttpServer, { email: EMPLOYEE, password: PASSWORD }),
    );
    await set('password_hash = ?', await hashPassword(`another one ${round}`));
    for (const answer of await Promise.all(signingIn)) {
      const [cookie = ''] = answer.headers.getSetCookie().map((line) => line.split(';', 1)[0] ?? '');
      expect(await statuses(cookie)).toEqual(SIGNED_OUT);
    }
    await set('password_hash = ?', row.password_hash);
  }
});

test('a cookie that was copied ends with signing out, at the other node, too', async () => {
  const cookie = await signInAtFirst();
  await nodes[1]?.request('/admin/logout', { method: 'POST', cookie });
  expect(await statuses(cookie)).toEqual(SIGNED_OUT);
});
