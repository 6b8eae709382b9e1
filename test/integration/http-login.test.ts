import { promisify } from 'node:util';
import { hash } from '@node-rs/argon2';
import express, { type Request } from 'express';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RowDataPacket } from '../../src/database/pool.ts';
import { ensureDemoAccounts } from '../../src/http/demo-accounts.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import {
  postLogin,
  sessionCookie,
  signIn,
  startHttpServer,
  type TestHttpServer,
} from '../support/http-server.ts';

const PASSWORD = 'correct horse';
const ADMIN = 'admin@gorak.example';
const EMPLOYEE = 'employee@gorak.example';

let database: TestDatabase;
let server: TestHttpServer;
let letEnd: () => void;

/** What a request may do to its session while its owner signs out. */
const CHANGES: Record<string, (request: Request) => Promise<void>> = {
  // As signing in does.
  renewed: async (request) => {
    const { accountId, credentialsVersion, signedInAtMs } = request.session;
    await promisify(request.session.regenerate.bind(request.session))();
    Object.assign(request.session, { accountId, credentialsVersion, signedInAtMs });
    await promisify(request.session.save.bind(request.session))();
  },
  changed: async ({ session }) => {
    session.accountId = Number(session.accountId) + 1;
  },
};

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'panel' });
  await ensureDemoAccounts(database.pool, PASSWORD);
  const router = express.Router();
  router.get('/whoami', (request, response) => {
    response.json(request.session.adminUser);
  });
  router.get('/api/whoami', (request, response) => {
    response.json(request.session.adminUser);
  });
  router.post('/linger/:change', async (request, response) => {
    await CHANGES[request.params.change]?.(request);
    const mayEnd = new Promise<void>((resolve) => {
      letEnd = resolve;
    });
    response.flushHeaders();
    await mayEnd;
    response.end();
  });
  server = await startHttpServer({ pool: database.pool, router });
});

afterAll(async () => {
  await server.stop();
  await database.drop();
});

beforeEach(async () => {
  await database.pool.query('DELETE FROM panel_login_attempts');
  await database.pool.query('UPDATE panel_accounts SET active = TRUE');
});

describe('signing in', () => {
  test('opens the panel with id, name and role of the account, and nothing else', async () => {
    const cookie = await signIn(server, ADMIN, PASSWORD);
    const response = await server.request('/admin/whoami', { cookie });
    expect(await response.json()).toEqual({
      id: expect.any(Number),
      name: 'Gorak Vandergloop',
      role: 'admin',
    });
  });

  test('takes the address in any case and with spaces around it', async () => {
    expect((await postLogin(server, { email: ' Admin@GORAK.example ', password: PASSWORD })).status).toBe(
      303,
    );
  });

  test('gives a new session id, not one that came along', async () => {
    const before = await signIn(server, EMPLOYEE, PASSWORD);
    const response = await postLogin(server, { email: ADMIN, password: PASSWORD }, { Cookie: before });
    const after = sessionCookie(response);
    expect(after).toMatch(/^gorak_session=s%3A/);
    expect(after).not.toBe(before);
    expect((await server.request('/admin/api/whoami', { cookie: before })).status).toBe(401);
  });

  test('answers whatever is wrong in the same words, with the address kept and escaped', async () => {
    const typed = '"><script>alert(1)</script>@gorak.example';
    const unknown = await postLogin(server, { email: typed, password: PASSWORD });
    const wrong = await postLogin(server, { email: ADMIN, password: 'not it' });
    expect([unknown.status, wrong.status]).toEqual([401, 401]);
    const [unknownPage, wrongPage] = [await unknown.text(), await wrong.text()];
    expect(unknownPage).toContain('&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;@gorak.example');
    expect(unknownPage).not.toContain('<script');
    expect(wrongPage.replaceAll(ADMIN, '')).toBe(
      unknownPage.replaceAll('&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;@gorak.example', ''),
    );
    expect(sessionCookie(wrong)).toBeNull();
  });

  test('is refused to a deactivated account', async () => {
    await database.pool.query('UPDATE panel_accounts SET active = FALSE WHERE email = ?', [ADMIN]);
    expect((await postLogin(server, { email: ADMIN, password: PASSWORD })).status).toBe(401);
  });

  test('takes the address as it is written, accents and all', async () => {
    expect((await postLogin(server, { email: 'ádmin@gorak.example', password: PASSWORD })).status).toBe(401);
  });

  test('does not ask again of somebody who is signed in', async () => {
    const cookie = await signIn(server, ADMIN, PASSWORD);
    const response = await server.request('/admin/login?redirectTo=/admin/resources/movies', { cookie });
    expect([response.status, response.headers.get('Location')]).toEqual([302, '/admin/resources/movies']);
  });

  test('makes an outdated hash anew', async () => {
    const outdated = '$argon2id$v=19$m=8192,t=1,p=1$';
    const hashed = await hash(PASSWORD, { memoryCost: 8192, timeCost: 1, parallelism: 1 });
    await database.pool.query('UPDATE panel_accounts SET password_hash = ? WHERE email = ?', [
      hashed,
      EMPLOYEE,
    ]);
    await signIn(server, EMPLOYEE, PASSWORD);
    const [rows] = await database.pool.query('SELECT password_hash FROM panel_accounts WHERE email = ?', [
      EMPLOYEE,
    ]);
    expect(hashed.startsWith(outdated)).toBe(true);
    expect(rows).toEqual([{ password_hash: expect.stringContaining('$m=19456,t=2,p=1$') }]);
    await signIn(server, EMPLOYEE, PASSWORD);
  });

  test('sees an unusable hash as no password at all', async () => {
    await database.pool.query(
      "INSERT INTO panel_accounts (email, name, role, password_hash) VALUES (?, 'X', 'admin', '!')",
      ['locked@gorak.example'],
    );
    expect((await postLogin(server, { email: 'locked@gorak.example', password: '' })).status).toBe(401);
  });
});

describe('where it leads', () => {
  test('a page asked for without a session is where signing in leads', async () => {
    const asked = await server.request('/admin/resources/movies?page=2&x=%2F', {
      headers: { Accept: 'text/html,*/*;q=0.8' },
    });
    expect(asked.status).toBe(302);
    const login = asked.headers.get('Location') ?? '';
    const form = await (await server.request(login)).text();
    const redirectTo = /name="redirectTo" value="([^"]*)"/.exec(form)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const response = await postLogin(server, { email: ADMIN, password: PASSWORD, redirectTo });
    expect(response.headers.get('Location')).toBe('/admin/resources/movies?page=2&x=%2F');
  });

  test.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/.//evil.example',
    'javascript:alert(1)',
    'admin',
    '/admin/logout',
  ])('never to %j', async (redirectTo) => {
    const response = await postLogin(server, { email: ADMIN, password: PASSWORD, redirectTo });
    expect(response.headers.get('Location')).toBe('/admin');
  });

  test('an API call without a session is answered with 401 JSON', async () => {
    const answers = await Promise.all([
      server.request('/admin/api/resources/movies/actions/list'),
      server.request('/admin/api/whoami', { method: 'POST' }),
      server.request('/admin/whoami', { headers: { Accept: 'application/json' } }),
      server.request('/admin/whoami', { headers: { 'X-Requested-With': 'XMLHttpRequest' } }),
    ]);
    for (const answer of answers) {
      expect(answer.status).toBe(401);
      expect(await answer.json()).toEqual({ code: 'signed_out', message: expect.any(String) });
    }
  });
});

describe('a session', () => {
  test('has a cookie for this site alone, out of reach of scripts', async () => {
    const response = await postLogin(server, { email: ADMIN, password: PASSWORD });
    const cookies = response.headers.getSetCookie().filter((line) => !line.startsWith('gorak_device_'));
    expect(cookies).toEqual([
      expect.stringMatching(/^gorak_session=s%3A[^;]+; Path=\/; HttpOnly; SameSite=Lax$/),
    ]);
  });

  test('is not begun by looking at the sign-in page', async () => {
    expect((await server.request('/admin/login')).headers.getSetCookie()).toEqual([]);
  });

  test('ends with signing out, for whoever has the cookie', async () => {
    const cookie = await signIn(server, ADMIN, PASSWORD);
    const response = await server.request('/admin/logout', { method: 'POST', cookie });
    expect([response.status, response.headers.get('Location')]).toEqual([303, '/admin/login']);
    expect(response.headers.getSetCookie()[0]).toContain('Expires=Thu, 01 Jan 1970');
    expect((await server.request('/admin/api/whoami', { cookie })).status).toBe(401);
  });

  test.each(['renewed', 'changed'])(
    'that is %s by a request under way ends with signing out, too',
    async (change) => {
      const before = await signIn(server, ADMIN, PASSWORD);
      const lingering = await server.request(`/admin/linger/${change}`, { method: 'POST', cookie: before });
      const cookie = sessionCookie(lingering) ?? before;
      expect((await server.request('/admin/api/whoami', { cookie })).status).toBe(200);
      await server.request('/admin/logout', { method: 'POST', cookie });
      letEnd();
      await lingering.text();
      expect((await server.request('/admin/api/whoami', { cookie })).status).toBe(401);
    },
  );

  test('does not end by following a link to the sign-out address', async () => {
    const cookie = await signIn(server, ADMIN, PASSWORD);
    const page = await server.request('/admin/logout', { cookie });
    expect(await page.text()).toContain('<form method="post" action="/admin/logout">');
    expect((await server.request('/admin/api/whoami', { cookie })).status).toBe(200);
    expect((await server.request('/admin/logout', { method: 'PUT', cookie })).status).toBe(405);
  });

  test('leaves nothing of the account in the database but its id and the version of its credentials', async () => {
    const cookie = await signIn(server, ADMIN, PASSWORD);
    await server.request('/admin/api/whoami', { cookie });
    const [rows] = await database.pool.query<(RowDataPacket & { data: string })[]>(
      'SELECT data FROM panel_sessions',
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const { data } of rows)
      expect(Object.keys(JSON.parse(data)).sort()).toEqual([
        'accountId',
        'cookie',
        'credentialsVersion',
        'signedInAtMs',
      ]);
  });
});
