import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { RowDataPacket } from '../../src/database/pool.ts';
import { ensureDemoAccounts } from '../../src/http/demo-accounts.ts';
import { MAX_UNKNOWN_LINKS } from '../../src/http/live-board-access.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { addDisplay, revoke, type TestDisplay } from '../support/displays.ts';
import { signIn, startHttpServer, type TestHttpServer } from '../support/http-server.ts';

const PASSWORD = 'correct horse';
const SNAPSHOT = { cursor: 'c1', data: { orders: 3 } };
const DAY_S = 24 * 60 * 60;

let database: TestDatabase;
let server: TestHttpServer;
let secureServer: TestHttpServer;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'panel' });
  await ensureDemoAccounts(database.pool, PASSWORD);
  const liveBoard = {
    wallboard: { snapshot: 'store', tables: {} },
    roles: ['supervisor', 'admin'] as const,
    takeSnapshot: async ({ role }: { role: string }) => (role === 'employee' ? null : SNAPSHOT),
  };
  const settings = {
    publicUrl: 'https://store.example',
    trustProxy: ['loopback'],
    sessionSecrets: ['s'.repeat(32)],
  };
  server = await startHttpServer({ pool: database.pool, liveBoard });
  secureServer = await startHttpServer({ pool: database.pool, liveBoard, settings });
});

afterAll(async () => {
  await server.stop();
  await secureServer.stop();
  await database.drop();
});

afterEach(async () => {
  await database.pool.query('DELETE FROM panel_login_attempts');
});

const openLink = (token: string, node = server, init: Parameters<TestHttpServer['request']>[1] = {}) =>
  node.request(`/live-board?key=${token}`, { ...init, headers: { Accept: 'text/html', ...init.headers } });
const cookieOf = ({ token }: TestDisplay) => `gorak_display=${token}`;
const openBoard = (cookie?: string) =>
  server.request('/live-board', { headers: { Accept: 'text/html' }, ...(cookie ? { cookie } : {}) });

async function titleOf(response: Response): Promise<string | undefined> {
  return /<h1>(.*?)<\/h1>/.exec(await response.text())?.[1];
}

describe('the link of a display', () => {
  test('makes the browser the display, and goes on without the key', async () => {
    const display = await addDisplay(database.pool);
    const response = await openLink(display.token);
    expect(response.status).toBe(303);
    expect(response.headers.get('Location')).toBe('/live-board');
    expect(response.headers.get('Referrer-Policy')).toBe('same-origin');
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    const [cookie = '', ...others] = response.headers.getSetCookie();
    expect(others).toEqual([]);
    const [value, ...attributes] = cookie.split('; ');
    expect(value).toBe(cookieOf(display));
    const told = attributes.filter((attribute) => !attribute.startsWith('Expires='));
    expect(told.sort()).toEqual(['HttpOnly', `Max-Age=${400 * DAY_S}`, 'Path=/', 'SameSite=Lax']);
  });

  test('sets a cookie that comes back over https alone where browsers come over https', async () => {
    const { token } = await addDisplay(database.pool);
    const [cookie = ''] = (await openLink(token, secureServer)).headers.getSetCookie();
    expect(cookie).toContain(`__Host-gorak_display=${token};`);
    expect(cookie).toContain('; Secure');
  });

  test('opens the board, whose cookie begins anew, and notes that the display was seen', async () => {
    const display = await addDisplay(database.pool);
    const response = await openBoard(cookieOf(display));
    expect(response.status).toBe(200);
    expect(response.headers.get('Refresh')).toBeNull();
    expect(response.headers.getSetCookie()[0]).toContain(`${cookieOf(display)}; Max-Age=${400 * DAY_S}`);
    expect(await response.text()).toContain('<div id="board"');
    const [rows] = await database.pool.query<RowDataPacket[]>(
      'SELECT last_seen_at > UTC_TIMESTAMP(3) - INTERVAL 1 MINUTE AS seen FROM panel_displays WHERE id = ?',
      [display.id],
    );
    expect(rows).toEqual([{ seen: 1 }]);
  });

  test.each([
    ['is not the whole of it', (token: string) => token.slice(0, -1)],
    ['is empty', () => ''],
    ['is written otherwise', (token: string) => token.toUpperCase()],
    ['is its hash', (token: string) => createHash('sha256').update(token).digest('hex')],
  ])('leads nowhere where the key %s', async (_what, change) => {
    const { token } = await addDisplay(database.pool);
    const response = await openLink(change(token));
    expect(response.status).toBe(401);
    expect(response.headers.getSetCookie()).toEqual([]);
    expect(response.headers.get('Refresh')).toBe('30; url=/live-board');
    expect(await titleOf(response)).toBe('This display link is not valid');
  });

  test('leads nowhere once it is revoked, and takes the board from who opened it before', async () => {
    const display = await addDisplay(database.pool);
    await revoke(database.pool, display);
    expect(await titleOf(await openLink(display.token))).toBe('This display link was revoked');
    const response = await openBoard(cookieOf(display));
    expect(response.status).toBe(403);
    expect(response.headers.get('Refresh')).toBe('30; url=/live-board');
    expect(await titleOf(response)).toBe('This display link was revoked');
    for (const path of ['/live-board/version', '/live-board/snapshots/store']) {
      const answer = await server.request(path, {
        cookie: cookieOf(display),
        headers: { Accept: 'application/json' },
      });
      expect([answer.status, (await answer.json()).code]).toEqual([403, 'revoked']);
    }
  });

  test('is kept as its hash alone, and told to no log', async () => {
    const { token } = await addDisplay(database.pool);
    await openLink(token);
    await openLink(`${token}x`);
    await openBoard(`gorak_display=${token}`);
    await server.request(`/live-board/nothing?key=${token}`);
    const [rows] = await database.pool.query<RowDataPacket[]>(
      'SELECT * FROM panel_displays d JOIN panel_activity a ON a.record_id = CAST(d.id AS CHAR)',
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(server.log()).toContain('/live-board');
    expect(server.log()).not.toContain(token);
  });

  test('cannot be guessed: too many wrong ones from one address end with 429', async () => {
    const { token } = await addDisplay(database.pool);
    const from = (address: string) => ({ headers: { 'X-Forwarded-For': address } });
    for (let count = 0; count < MAX_UNKNOWN_LINKS; count++)
      expect((await openLink(`wrong${count}`, secureServer, from('203.0.113.1'))).status).toBe(401);
    const response = await openLink(token, secureServer, from('203.0.113.1'));
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('Retry-After'))).toBeGreaterThan(800);
    expect((await openLink(token, secureServer, from('203.0.113.2'))).status).toBe(303);
  });

  test('may be opened as often as one likes, revoked or not', async () => {
    const display = await addDisplay(database.pool);
    for (let count = 0; count <= MAX_UNKNOWN_LINKS; count++)
      expect((await openLink(display.token)).status).toBe(303);
    await revoke(database.pool, display);
    for (let count = 0; count <= MAX_UNKNOWN_LINKS; count++)
      expect((await openLink(display.token)).status).toBe(403);
    const other = await addDisplay(database.pool);
    expect((await openLink(other.token)).status).toBe(303);
  });
});

describe('a display', () => {
  test("reads the board's own figures and version", async () => {
    const cookie = cookieOf(await addDisplay(database.pool));
    const snapshot = await server.request('/live-board/snapshots/store', { cookie });
    expect(await snapshot.json()).toEqual(SNAPSHOT);
    const { version } = await (await server.request('/live-board/version', { cookie })).json();
    expect(version).toMatch(/^[0-9a-f]{12}$/);
    expect(await (await openBoard(cookie)).text()).toContain(`/live-board/assets/board.js?v=${version}`);
  });

  test('reads nothing else', async () => {
    const cookie = cookieOf(await addDisplay(database.pool));
    expect((await server.request('/live-board/snapshots/other', { cookie })).status).toBe(404);
    const page = await server.request('/admin', { cookie, headers: { Accept: 'text/html' } });
    expect([page.status, page.headers.get('Location')]).toEqual([302, '/admin/login']);
    for (const path of ['/admin/api/dashboard', '/admin/live/snapshots/store', '/admin/documents/a/b'])
      expect([401, 302]).toContain((await server.request(path, { cookie })).status);
  });
});

test('files of the board are kept for ever, compressed, and need no sign-in', async () => {
  const { version } = await (
    await server.request('/live-board/version', { cookie: cookieOf(await addDisplay(database.pool)) })
  ).json();
  const response = await server.request(`/live-board/assets/board.js?v=${version}`, {
    headers: { 'Accept-Encoding': 'gzip' },
  });
  expect(response.status).toBe(200);
  expect(response.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable');
  expect(response.headers.get('Content-Encoding')).toBe('gzip');
});

test('supervisors and admins see the board by their own session, employees are told why not', async () => {
  for (const role of ['supervisor', 'admin', 'employee']) {
    const cookie = await signIn(server, `${role}@gorak.example`, PASSWORD);
    const response = await openBoard(cookie);
    expect(response.status).toBe(role === 'employee' ? 403 : 200);
    if (role === 'employee') expect(await titleOf(response)).toBe('The wallboard is for supervisors');
  }
});

test('whoever has neither link nor session is told how to get one', async () => {
  const response = await openBoard();
  expect(response.status).toBe(401);
  expect(response.headers.get('Refresh')).toBe('30; url=/live-board');
  const page = await response.text();
  expect(page).toContain('Ask an admin of the store for a display link');
  expect(page).toContain('/admin/login?redirectTo=/live-board');
});

test('without a wallboard there is nothing at its address', async () => {
  const plain = await startHttpServer({ pool: database.pool });
  try {
    expect((await plain.request('/live-board')).status).toBe(404);
  } finally {
    await plain.stop();
  }
});
