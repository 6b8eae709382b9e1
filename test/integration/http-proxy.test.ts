import { once } from 'node:events';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { hostname } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureDemoAccounts } from '../../src/http/demo-accounts.ts';
import { openListener } from '../../src/http/listener.ts';
import { MAX_FAILURES_PER_ADDRESS } from '../../src/http/login-throttle.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import {
  postLogin,
  startHttpServer,
  type TestHttpOptions,
  type TestHttpServer,
} from '../support/http-server.ts';

const PASSWORD = 'correct horse';
const ADMIN = 'admin@gorak.example';
const SECRETS = ['s'.repeat(32)];

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'panel' });
  await ensureDemoAccounts(database.pool, PASSWORD);
});

afterAll(() => database.drop());

async function withServer<T>(
  settings: TestHttpOptions['settings'],
  run: (server: TestHttpServer) => Promise<T>,
): Promise<T> {
  const server = await startHttpServer({
    pool: database.pool,
    settings: { sessionSecrets: SECRETS, ...settings },
  });
  try {
    return await run(server);
  } finally {
    await server.stop();
    await database.pool.query('DELETE FROM panel_login_attempts');
  }
}

/** Sent by node:http, which lets the Host header be chosen. */
function ask(
  { origin }: Pick<TestHttpServer, 'origin'>,
  path: string,
  headers: Record<string, string>,
): Promise<{ status: number; headers: IncomingHttpHeaders; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(origin + path, { headers }, (response) => {
      let body = '';
      response
        .on('data', (chunk) => {
          body += chunk;
        })
        .on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    sent.on('error', reject).end();
  });
}

/** The statuses of wrong sign-ins, one more than an address may make, by the header that each bears. */
async function attempts(server: TestHttpServer, forwardedFor: (count: number) => string): Promise<number[]> {
  const statuses: number[] = [];
  for (let count = 0; count <= MAX_FAILURES_PER_ADDRESS; count++) {
    const fields = { email: `nobody${count}@gorak.example`, password: 'wrong' };
    statuses.push((await postLogin(server, fields, { 'X-Forwarded-For': forwardedFor(count) })).status);
  }
  return statuses;
}

describe('X-Forwarded-For', () => {
  const spoofed = (count: number) => `203.0.113.${count}`;

  test.each([
    ['without TRUST_PROXY', { trustProxy: [] }],
    [
      'without TRUST_PROXY, though PUBLIC_URL is https',
      { trustProxy: [], publicUrl: 'https://store.example' },
    ],
    ['of a private address that is not the named proxy', { trustProxy: ['10.0.0.0/8', '192.168.0.0/16'] }],
    ['of nobody, where no proxy stands in front', { trustProxy: 0 }],
  ])('is not believed %s', async (_name, settings) => {
    const statuses = await withServer(settings, (server) => attempts(server, spoofed));
    expect(statuses.at(-1)).toBe(429);
  });

  test.each([
    ['by the proxy’s address', ['127.0.0.1']],
    ['by its network', ['10.0.0.0/8', 'loopback']],
    ['by the number of proxies', 1],
  ])('is believed of a proxy that is named %s', async (_name, trustProxy) => {
    const statuses = await withServer({ trustProxy }, (server) => attempts(server, spoofed));
    expect(statuses.every((status) => status === 401)).toBe(true);
  });

  test.each([
    ['one proxy', 1, (count: number) => `203.0.113.${count}, 198.51.100.7`],
    [
      'the named proxies',
      ['loopback', '10.0.0.0/8'],
      (count: number) => `203.0.113.${count}, 198.51.100.7, 10.1.1.1`,
    ],
    ['two proxies', 2, (count: number) => `203.0.113.${count}, 198.51.100.7, 10.1.1.1`],
  ])('counts as far as %s wrote it: what a client put before is not', async (_name, trustProxy, header) => {
    await withServer({ trustProxy }, async (server) => {
      expect((await attempts(server, header)).at(-1)).toBe(429);
      expect(server.log()).toContain('"address":"198.51.100.7"');
    });
  });
});

describe('with PUBLIC_URL', () => {
  const publicUrl = 'https://store.example';
  let plain: TestHttpServer;
  let proxied: TestHttpServer;
  beforeAll(async () => {
    const settings = { publicUrl, sessionSecrets: SECRETS };
    plain = await startHttpServer({ pool: database.pool, settings });
    proxied = await startHttpServer({
      pool: database.pool,
      settings: { ...settings, trustProxy: ['loopback'] },
    });
  });
  afterAll(async () => {
    await plain.stop();
    await proxied.stop();
  });

  test.each([
    [{ Host: 'store.example' }, 200],
    [{ Host: 'STORE.example:443' }, 200],
    [{ Host: 'store.example:8080' }, 200],
    [{ Host: 'store.example.' }, 200],
    [{ Host: 'localhost:3000' }, 200],
    [{ Host: '127.0.0.1' }, 200],
    [{ Host: '[::1]:3000' }, 200],
    [{ Host: 'evil.example' }, 421],
    [{ Host: 'store.example.evil.example' }, 421],
    [{ Host: '10.0.0.5' }, 421],
    [{ Host: 'panel.internal' }, 421],
    [{ Host: 'store.example@evil.example' }, 421],
    [{ Host: 'store.example, evil.example' }, 421],
    [{ Host: 'evil.example', 'X-Forwarded-Host': 'store.example' }, 421],
  ])('%j is answered %i', async (headers, status) => {
    const answer = await ask(plain, '/admin/login', headers);
    expect(answer.status).toBe(status);
    if (status === 421) expect(answer.body).toContain('PUBLIC_URL');
  });

  test.each([
    [{ Host: 'app:3000', 'X-Forwarded-Host': 'store.example' }, 200],
    [{ Host: 'app:3000', 'X-Forwarded-Host': 'evil.example' }, 421],
    [{ Host: 'app:3000' }, 421],
  ])('of a trusted proxy, %j is answered %i', async (headers, status) => {
    expect((await ask(proxied, '/admin/login', headers)).status).toBe(status);
  });

  test('a program is told so as JSON, and a load balancer may ask for health by any name', async () => {
    const headers = { Host: 'evil.example' };
    const answer = await ask(plain, '/admin/api/resources/movies/actions/list', headers);
    expect([answer.status, JSON.parse(answer.body).code]).toEqual([421, 'wrong_host']);
    expect((await ask(plain, '/healthz', headers)).status).toBe(200);
    expect((await ask(plain, '/readyz', headers)).status).toBe(200);
  });

  test('the cookie is Secure whatever X-Forwarded-Proto says', async () => {
    for (const proto of ['http', 'https', '']) {
      const fields = { email: ADMIN, password: PASSWORD };
      const answer = await postLogin(plain, fields, { 'X-Forwarded-Proto': proto });
      const session = answer.headers.getSetCookie().find((line) => line.includes('_session'));
      expect(session).toMatch(/^__Host-gorak_session=.*; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    }
  });

  test('a page of the public origin may post, and one of the name that stands in Host alone may not', async () => {
    const post = (server: TestHttpServer, origin: string) =>
      server.request('/admin/logout', { method: 'POST', headers: { Origin: origin } });
    expect((await post(plain, publicUrl)).status).toBe(303);
    expect((await post(plain, 'https://evil.example')).status).toBe(403);
  });
});

describe('without PUBLIC_URL', () => {
  test.each([
    ['localhost', 200],
    ['192.168.1.20:3000', 200],
    ['[fe80::1]', 200],
    ['nas:3000', 200],
    ['panel.local', 200],
    ['panel.internal', 200],
    [hostname(), 200],
    ['evil.example', 421],
    ['rebind.evil.example:3000', 421],
    ['127.0.0.1.evil.example', 421],
    ['localhost.evil.example', 421],
  ])('Host %s, which a stranger can or cannot have, is answered %i', async (host, status) => {
    await withServer({}, async (server) => {
      expect((await ask(server, '/admin/login', { Host: host })).status).toBe(status);
    });
  });

  test('a forwarded header makes no cookie Secure, and no host another', async () => {
    await withServer({}, async (server) => {
      const forwarded = { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'evil.example' };
      const answer = await postLogin(server, { email: ADMIN, password: PASSWORD }, forwarded);
      expect(answer.status).toBe(303);
      expect(answer.headers.getSetCookie().join()).not.toContain('Secure');
      const posted = await server.request('/admin/logout', {
        method: 'POST',
        headers: { ...forwarded, Origin: 'http://evil.example' },
      });
      expect(posted.status).toBe(403);
    });
  });
});

test('every kind of answer says which features of the browser no screen uses, and that nothing is kept', async () => {
  await withServer({}, async (server) => {
    const cases = [
      ['/admin/login', 200],
      ['/admin', 302],
      ['/nowhere', 404],
      ['/%E0%A4%A', 400],
      ['/admin/api/resources/movies/actions/list', 401],
      ['/healthz', 200],
      ['/brand/brand.css', 200],
      ['/fonts/inter-latin-wght-normal.woff2', 200],
    ] as const;
    for (const [path, status] of cases) {
      const answer = await server.request(path);
      const { headers } = answer;
      expect([path, answer.status]).toEqual([path, status]);
      const policy = headers.get('Permissions-Policy') ?? '';
      for (const denied of ['camera', 'geolocation', 'microphone', 'payment', 'usb', 'display-capture'])
        expect(policy, path).toContain(`${denied}=()`);
      for (const used of ['screen-wake-lock', 'fullscreen', 'clipboard-write'])
        expect(policy, path).toContain(`${used}=(self)`);
      expect(headers.get('X-Content-Type-Options'), path).toBe('nosniff');
      expect(headers.get('Cross-Origin-Opener-Policy'), path).toBe('same-origin');
      expect(headers.get('Cross-Origin-Resource-Policy'), path).toBe('same-origin');
      expect(headers.get('Content-Security-Policy'), path).toContain("frame-ancestors 'none'");
      if (!/^\/(brand|fonts)/.test(path)) expect(headers.get('Cache-Control'), path).toBe('no-store');
    }
    const foreign = await ask(server, '/admin/login', { Host: 'evil.example' });
    expect(foreign.headers['permissions-policy']).toContain('camera=()');
  });
});

describe('a connection that is kept open', () => {
  const open = (keepAliveMs: number) => openListener({ host: '127.0.0.1', port: 0, keepAliveMs });

  test('outlives the wait of the proxy in front, and no other limit of the server ends it before', async () => {
    for (const keepAliveMs of [75_000, 620_000]) {
      const listener = await open(keepAliveMs);
      const { keepAliveTimeout, headersTimeout, requestTimeout } = listener.server;
      expect(keepAliveTimeout).toBe(keepAliveMs);
      expect(headersTimeout).toBeGreaterThan(keepAliveMs);
      expect(requestTimeout).toBeGreaterThanOrEqual(headersTimeout);
      await listener.stop();
    }
  });

  test('is closed by the server after the time that the setting says, not before', async () => {
    const listener = await open(1_000);
    const socket = connect(listener.port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    const [head] = await once(socket, 'data');
    const idleSinceMs = performance.now();
    expect(String(head)).toContain('Keep-Alive: timeout=1');
    await once(socket.resume(), 'close');
    expect(performance.now() - idleSinceMs).toBeGreaterThan(900);
    await listener.stop();
  });
});
