import { readdirSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import express from 'express';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAssetUrl, PUBLIC_DIR } from '../../src/http/asset-url.ts';
import { ensureDemoAccounts } from '../../src/http/demo-accounts.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { signIn, startHttpServer, type TestHttpServer } from '../support/http-server.ts';

const IMMUTABLE = 'public, max-age=31536000, immutable';
const SCRIPT = '/admin/frontend/assets/app.bundle.js';

let database: TestDatabase;
let server: TestHttpServer;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'panel' });
  await ensureDemoAccounts(database.pool, 'correct horse');
  const router = express.Router();
  router.all('/frontend/assets/app.bundle.js', (_request, response) => {
    response.sendFile(join(PUBLIC_DIR, 'brand/login.css'));
  });
  router.get('/frontend/assets/fail', () => {
    throw new Error('no');
  });
  router.get(['/', '/api/rows'], (_request, response) => {
    response.json({ rows: 'x'.repeat(5000) });
  });
  server = await startHttpServer({ pool: database.pool, router });
});

afterAll(async () => {
  await server.stop();
  await database.drop();
});

/** Sent by node:http, which leaves a compressed answer as it is, and adds no Cache-Control of its own. */
function send(path: string, headers: Record<string, string>): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(server.origin + path, { headers }, (response) => {
      response.resume().on('end', () => resolve(response));
    });
    sent.on('error', reject).end();
  });
}

const cacheControl = async (path: string, cookie?: string) => {
  const response = await server.request(path, { cookie });
  return [response.status, response.headers.get('Cache-Control')];
};

describe('what may be kept', () => {
  test('is a file whose address says its version, for ever', async () => {
    const url = createAssetUrl('/brand/login.css');
    expect(url).toMatch(/^\/brand\/login\.css\?v=[0-9a-f]{12}$/);
    expect(await cacheControl(url)).toEqual([200, IMMUTABLE]);
    expect(await cacheControl(`${SCRIPT}?v=1`)).toEqual([200, IMMUTABLE]);
  });

  test('is a font, for ever', async () => {
    const font = readdirSync(join(PUBLIC_DIR, 'fonts')).find((name) => name.endsWith('.woff2'));
    expect(await cacheControl(`/fonts/${font}`)).toEqual([200, IMMUTABLE]);
  });

  test.each(['/brand/login.css', SCRIPT])('is %s, if it is asked for its ETag each time', async (path) => {
    const response = await server.request(path);
    expect(response.headers.get('Cache-Control')).toBe('no-cache');
    const etag = response.headers.get('ETag') ?? '';
    expect((await send(path, { 'If-None-Match': etag })).statusCode).toBe(304);
  });

  test('is no page, no answer of the API and no error', async () => {
    const cookie = await signIn(server, 'admin@gorak.example', 'correct horse');
    const noStore = (status: number) => [status, 'no-store'];
    expect(await cacheControl('/admin/login')).toEqual(noStore(200));
    expect(await cacheControl('/admin', cookie)).toEqual(noStore(200));
    expect(await cacheControl('/admin/api/rows?v=1', cookie)).toEqual(noStore(200));
    expect(await cacheControl('/admin')).toEqual(noStore(302));
    expect(await cacheControl('/')).toEqual(noStore(302));
    expect(await cacheControl('/healthz')).toEqual(noStore(200));
    expect(await cacheControl('/fonts/none.woff2')).toEqual(noStore(404));
    expect(await cacheControl('/brand/none.css?v=1')).toEqual(noStore(404));
    expect(await cacheControl('/admin/frontend/assets/none.js?v=1', cookie)).toEqual(noStore(404));
    expect(await cacheControl('/admin/frontend/assets/fail?v=1')).toEqual(noStore(500));
  });
});

describe('compression', () => {
  test.each([
    ['br', 'gzip, deflate, br'],
    ['gzip', 'gzip'],
    [undefined, 'identity'],
  ])('%s, for a browser that takes %s', async (encoding, accepted) => {
    const cookie = await signIn(server, 'admin@gorak.example', 'correct horse');
    for (const path of ['/brand/login.css', SCRIPT, '/admin/api/rows']) {
      const { headers } = await send(path, { 'Accept-Encoding': accepted, Cookie: cookie });
      expect(headers['content-encoding'], path).toBe(encoding);
      expect(headers.vary, path).toContain('Accept-Encoding');
    }
  });

  test('is not tried on fonts, which are compressed', async () => {
    const font = readdirSync(join(PUBLIC_DIR, 'fonts')).find((name) => name.endsWith('.woff2'));
    const { headers } = await send(`/fonts/${font}`, { 'Accept-Encoding': 'br' });
    expect(headers['content-encoding']).toBeUndefined();
    expect(headers['content-type']).toBe('font/woff2');
  });
});

test("the panel's scripts ask for no session, and no other path does so by looking like one", async () => {
  expect((await server.request(SCRIPT)).status).toBe(200);
  expect((await server.request(SCRIPT, { method: 'POST' })).status).toBe(303);
  for (const path of [
    '/admin/frontend/assets',
    '/admin/frontend/assets%2f..%2f',
    '/admin//frontend/assets/app.bundle.js',
  ]) {
    expect((await server.request(path)).status, path).toBe(302);
  }
});

test('health says nothing but whether it is well', async () => {
  for (const [path, status] of [
    ['/healthz', 'alive'],
    ['/readyz', 'ready'],
  ] as const) {
    const response = await server.request(path);
    expect([response.status, await response.json()]).toEqual([200, { status }]);
    expect(response.headers.getSetCookie()).toEqual([]);
  }
});
