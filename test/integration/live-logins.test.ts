import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runAccountTask } from '../../src/account-command.ts';
import { createPanelOnlyFeed } from '../../src/changes/panel-only-feed.ts';
import { introspect } from '../../src/database/introspect.ts';
import { type RowDataPacket, transaction } from '../../src/database/pool.ts';
import { openTestFeed, type TestFeed } from '../support/change-feed.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { signIn } from '../support/http-server.ts';
import { addMarker, type LiveSite, PASSWORD, startLiveSite, type TestSocket } from '../support/live-site.ts';
import { createOtherFeed } from '../support/other-feed.ts';
import { runUntold } from '../support/untold.ts';

const EMPLOYEE = 'employee@live.example';

let database: TestDatabase;
let source: TestFeed;
let site: LiveSite;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'panel' });
  await database.pool.query('CREATE TABLE films (id INT AUTO_INCREMENT PRIMARY KEY)');
  source = await openTestFeed(database);
  site = await startLiveSite(database, source.feed);
  await site.signIn('employee');
});

afterAll(async () => {
  await site.stop();
  await source.stop();
  await database.drop();
});

const run = (sql: string, parameters: unknown[] = []) => database.pool.query(sql, parameters);

async function listen(cookie: string, at: LiveSite = site): Promise<TestSocket> {
  const socket = await at.connect(cookie);
  await socket.subscribe('films');
  return socket;
}

/** Whether a socket is told of a row that is added now; else it has been closed. */
async function isTold(socket: TestSocket): Promise<boolean> {
  const id = await addMarker(database, 'films');
  const line = `films:${id} insert`;
  await socket.until(() => socket.lines().includes(line) || !socket.socket.connected);
  return socket.lines().includes(line);
}

test('a socket that connects while its person signs out is not told anything afterwards', async () => {
  for (let round = 0; round < 15; round++) {
    const cookie = await signIn(site.http, EMPLOYEE, PASSWORD);
    const connecting = site.connect(cookie).then(
      async (socket) => {
        const closed = socket.until(() => !socket.socket.connected);
        await Promise.race([socket.subscribe('films').catch(() => closed), closed]);
        return socket;
      },
      () => null,
    );
    const leaving = site.http.request('/admin/logout', { method: 'POST', cookie });
    const [socket] = await Promise.all([connecting, leaving]);
    if (socket) expect(await isTold(socket)).toBe(false);
  }
});

test('a session whose end is put off goes on; other sessions and accounts touch no socket', async () => {
  const cookie = await signIn(site.http, EMPLOYEE, PASSWORD);
  const socket = await listen(cookie);
  const nowS = Math.floor(Date.now() / 1000);
  await run('UPDATE panel_sessions SET expires = ?', [nowS + 2]);
  await run('UPDATE panel_sessions SET expires = ?', [nowS + 3_600]);
  const other = await signIn(site.http, EMPLOYEE, PASSWORD);
  await site.http.request('/admin/logout', { method: 'POST', cookie: other });
  await run("UPDATE panel_accounts SET name = 'Renamed'");
  expect(await isTold(socket)).toBe(true);
  await run('UPDATE panel_sessions SET expires = ?', [nowS + 2]);
  await socket.until(() => !socket.socket.connected);
  expect(Date.now()).toBeGreaterThanOrEqual((nowS + 2) * 1000);
  const refused = site.connect(cookie).catch((error: Error & { data?: unknown }) => error.data);
  expect(await refused).toMatchObject({ code: 'signed_out' });
});

test('whoever signs in again after a change of his account listens at once, and his old session does not', async () => {
  const name = 'changed-and-back';
  const old = await site.signIn('employee', name);
  await run("UPDATE panel_accounts SET role = 'supervisor' WHERE name = ?", [name]);
  await run("UPDATE panel_accounts SET role = 'employee' WHERE name = ?", [name]);
  const socket = await listen(await signIn(site.http, `${name}@live.example`, PASSWORD));
  expect(await isTold(socket)).toBe(true);
  const refused = site.connect(old).catch((error: Error & { data?: unknown }) => error.data);
  expect(await refused).toMatchObject({ code: 'signed_out' });
});

test('every socket of a session closes with signing out, and at the end of its lifetime', async () => {
  const cookie = await signIn(site.http, EMPLOYEE, PASSWORD);
  const sockets = [await listen(cookie), await listen(cookie)];
  await site.http.request('/admin/logout', { method: 'POST', cookie });
  for (const socket of sockets) await socket.until(() => !socket.socket.connected);

  const known = await sessionIds();
  const lasting = await signIn(site.http, EMPLOYEE, PASSWORD);
  const [sessionId] = (await sessionIds()).filter((id) => !known.includes(id));
  const socket = await listen(lasting);
  const endsAtMs = Date.now() + 2_000;
  await run("UPDATE panel_sessions SET data = JSON_SET(data, '$.signedInAtMs', ?) WHERE session_id = ?", [
    endsAtMs - 7 * 24 * 3_600_000,
    sessionId,
  ]);
  // The first sign of life of this session, which puts its end off as far as may be.
  await (await site.http.request('/admin/api/nothing', { cookie: lasting })).text();
  await socket.until(() => !socket.socket.connected);
  expect(Date.now()).toBeGreaterThanOrEqual(Math.floor(endsAtMs / 1000) * 1000);
});

test('where no log tells, sessions are looked at again and again', async () => {
  const blind = createOtherFeed(source.feed, { mode: 'panel-only' });
  const other = await startLiveSite(database, blind, { limits: { recheckIntervalMs: 50 } });
  const cookie = await signIn(other.http, EMPLOYEE, PASSWORD);
  const leaving = await listen(cookie, other);
  const staying = await listen(await signIn(other.http, EMPLOYEE, PASSWORD), other);
  await other.http.request('/admin/logout', { method: 'POST', cookie });
  await leaving.until(() => !leaving.socket.connected);
  expect(staying.socket.connected).toBe(true);
  await run("UPDATE panel_accounts SET role = 'supervisor' WHERE email = ?", [EMPLOYEE]);
  await staying.until(() => !staying.socket.connected);
  await other.stop();
  await blind.stop();
});

test('where no log tells, what the command line does to an account is told by its record', async () => {
  const { pool } = database;
  const feed = await createPanelOnlyFeed({ pool, tables: await introspect(pool), cause: 'for the test' });
  const other = await startLiveSite(database, feed, { limits: { recheckIntervalMs: 3_600_000 } });
  for (const kind of ['password', 'disable'] as const) {
    const socket = await listen(await other.signIn('employee', `by-${kind}`), other);
    await runAccountTask(pool, { kind, email: `by-${kind}@live.example` });
    await socket.until(() => !socket.socket.connected);
  }
  await other.stop();
  await feed.stop();
});

describe('a socket is closed before the next event when', () => {
  const cases: [string, (person: { name: string; cookie: string; sessionId: string }) => Promise<unknown>][] =
    [
      [
        'its person signs out',
        ({ cookie }) => site.http.request('/admin/logout', { method: 'POST', cookie }),
      ],
      [
        'its session is deleted',
        ({ sessionId }) => run('DELETE FROM panel_sessions WHERE session_id = ?', [sessionId]),
      ],
      [
        'its session belongs to somebody else',
        ({ sessionId }) =>
          run(`UPDATE panel_sessions SET data = '{"cookie":{},"accountId":1}' WHERE session_id = ?`, [
            sessionId,
          ]),
      ],
      [
        'its session has ended',
        ({ sessionId }) => run('UPDATE panel_sessions SET expires = 1000 WHERE session_id = ?', [sessionId]),
      ],
      [
        'its account gets another role',
        ({ name }) => run("UPDATE panel_accounts SET role = 'supervisor' WHERE name = ?", [name]),
      ],
      [
        'its account gets another password',
        ({ name }) => run("UPDATE panel_accounts SET password_hash = '!' WHERE name = ?", [name]),
      ],
      [
        'its account is deactivated',
        ({ name }) => run('UPDATE panel_accounts SET active = FALSE WHERE name = ?', [name]),
      ],
      [
        'its account is deactivated and activated in one transaction',
        ({ name }) =>
          transaction(database.pool, async (connection) => {
            await connection.query('UPDATE panel_accounts SET active = FALSE WHERE name = ?', [name]);
            await connection.query('UPDATE panel_accounts SET active = TRUE WHERE name = ?', [name]);
          }),
      ],
      ['its account is deleted', ({ name }) => run('DELETE FROM panel_accounts WHERE name = ?', [name])],
      ['sessions change in a way that is not told', () => run('TRUNCATE TABLE panel_sessions')],
    ];

  test.each(cases)('%s', async (title, end) => {
    const known = await sessionIds();
    const name = title.replaceAll(' ', '-');
    const cookie = await site.signIn('employee', name);
    const [sessionId = ''] = (await sessionIds()).filter((id) => !known.includes(id));
    const socket = await listen(cookie);
    expect(await isTold(socket)).toBe(true);
    await end({ name, cookie, sessionId });
    expect(await isTold(socket)).toBe(false);
    expect(socket.socket.connected).toBe(false);
  });
});

describe('a socket is closed, and others are not, when, untold,', () => {
  const cases: [string, string][] = [
    ['its session is deleted', 'DELETE FROM panel_sessions WHERE session_id = ?'],
    ['its session has ended', 'UPDATE panel_sessions SET expires = 1000 WHERE session_id = ?'],
    ['its account is deactivated', 'UPDATE panel_accounts SET active = FALSE WHERE name = ?'],
    ['its account gets another role', "UPDATE panel_accounts SET role = 'supervisor' WHERE name = ?"],
    ['its account gets another password', "UPDATE panel_accounts SET password_hash = '!' WHERE name = ?"],
    ['its account is deleted', 'DELETE FROM panel_accounts WHERE name = ?'],
  ];

  test.each(cases)('%s', async (title, statement) => {
    const name = `untold-${title.replaceAll(' ', '-')}`;
    const other = await listen(await site.signIn('employee', `${name}-other`));
    const known = await sessionIds();
    const socket = await listen(await site.signIn('employee', name));
    const [sessionId = ''] = (await sessionIds()).filter((id) => !known.includes(id));
    await runUntold(database, statement, [statement.includes('session_id') ? sessionId : name]);
    await socket.until(() => !socket.socket.connected);
    expect(await isTold(other)).toBe(true);
  });
});

test('no socket is closed, and none refused, by what the log cannot tell', async () => {
  const cookie = await site.signIn('employee', 'stays');
  const socket = await listen(cookie);
  const untold = [
    "UPDATE panel_accounts SET name = CONCAT(name, '.')",
    'UPDATE panel_sessions SET expires = expires + 1',
    'INSERT INTO films () VALUES ()',
    "DELETE FROM panel_sessions WHERE session_id = 'nobody'",
  ];
  for (const statement of untold) {
    await runUntold(database, statement);
    const late = await listen(cookie);
    expect(await isTold(late)).toBe(true);
    late.socket.disconnect();
  }
  await run('ALTER TABLE panel_sessions COMMENT = "as before"');
  await run('ALTER TABLE panel_accounts COMMENT = "as before"');
  expect(await isTold(socket)).toBe(true);
  expect(resyncs(socket)).toContain('resync films statement');
});

const resyncs = (socket: TestSocket) => socket.lines().filter((line) => line.startsWith('resync'));

async function sessionIds(): Promise<string[]> {
  const [rows] = await database.pool.query<RowDataPacket[]>('SELECT session_id FROM panel_sessions');
  return rows.map(({ session_id }) => session_id);
}
