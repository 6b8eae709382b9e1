import { request as httpRequest } from 'node:http';
import express from 'express';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startHttpServer, type TestHttpServer } from '../support/http-server.ts';

const PUBLIC_URL = 'http://store.example';

let database: TestDatabase;
let server: TestHttpServer;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'panel' });
  const router = express.Router();
  // Answered without a session, as the panel's scripts are.
  router.get('/frontend/assets/page', (_request, response) => {
    const { cspNonce } = response.locals;
    response.send(`<!doctype html><title>page</title>
<script nonce="${cspNonce}">window.withNonce = true;</script>
<script>window.withoutNonce = true;</script>
<script src="http://localhost:1/foreign.js"></script>
<style>body { color: rgb(1, 2, 3); }</style>
<img src="http://localhost:1/foreign.png">`);
  });
  server = await startHttpServer({ pool: database.pool, router, settings: { publicUrl: PUBLIC_URL } });
});

afterAll(async () => {
  await server.stop();
  await database.drop();
});

/** Sent by node:http, which sets none of these headers by itself. */
function send(method: string, path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(server.origin + path, { method, headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
    });
    sent.on('error', reject).end();
  });
}

describe('a request that changes something', () => {
  test.each([
    ['from a page of ours', { 'Sec-Fetch-Site': 'same-origin', Origin: 'http://evil.example' }, true],
    ['typed by the person', { 'Sec-Fetch-Site': 'none' }, true],
    ['from another site', { 'Sec-Fetch-Site': 'cross-site' }, false],
    ['from a sibling domain', { 'Sec-Fetch-Site': 'same-site' }, false],
    ['with a header no browser sends', { 'Sec-Fetch-Site': '' }, false],
    ['from our origin, by an old browser', { Origin: 'http://127.0.0.1:PORT' }, true],
    ['from our public origin, by an old browser', { Origin: PUBLIC_URL }, true],
    ['from the host that was asked', { Origin: 'http://localhost:1234', Host: 'localhost:1234' }, true],
    ['from our host on another port', { Origin: 'http://127.0.0.1:1' }, false],
    ['from another origin', { Origin: 'http://evil.example' }, false],
    ['from an origin that looks like ours', { Origin: `${PUBLIC_URL}.evil.example` }, false],
    ['from a sandboxed frame', { Origin: 'null' }, false],
    ['from a program', {}, true],
  ])('%s', async (_name, given, passes) => {
    const port = new URL(server.origin).port;
    const headers = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, value.replace('PORT', port)]),
    );
    for (const [method, path] of [
      ['POST', '/admin/login'],
      ['POST', '/admin/logout'],
      ['DELETE', '/admin/api/resources/movies/records/1/delete'],
    ] as const) {
      const status = await send(method, path, headers);
      expect(status === 403, `${method} ${path} answered ${status}`).toBe(!passes);
    }
  });

  test('is refused as JSON to a program', async () => {
    const response = await server.request('/admin/api/x', {
      method: 'POST',
      headers: { Origin: 'http://evil.example' },
    });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: 'cross_origin' });
  });
});

describe('the API by GET, with which AdminJS calls actions', () => {
  const PATH = '/admin/api/resources/orders/records/1/ship';
  test.each([
    ['from our page', { 'Sec-Fetch-Site': 'same-origin' }, 401],
    ['by a link on another site', { 'Sec-Fetch-Site': 'cross-site', Accept: 'text/html' }, 403],
    ['by a link, over plain http', { Accept: 'text/html,application/xhtml+xml' }, 403],
    ['by a script of ours, over plain http', { Accept: 'application/json, text/plain, */*' }, 401],
    ['by a program', {}, 401],
  ])('%s', async (_name, headers, status) => {
    expect(await send('GET', PATH, headers)).toBe(status);
    expect(await send('GET', PATH.replace('/admin/api', '/Admin/API'), headers)).toBe(status);
  });

  test('pages can be linked to from anywhere', async () => {
    expect(await send('GET', '/admin/resources/orders', { 'Sec-Fetch-Site': 'cross-site' })).toBe(302);
  });
});

test('the headers name no foreign host, no software and no frame', async () => {
  const { headers } = await server.request('/admin/login');
  const policy = headers.get('Content-Security-Policy') ?? '';
  expect(policy.replace(/nonce-[^']+/, 'nonce')).toBe(
    "default-src 'none';script-src 'self' 'nonce';style-src 'self' 'unsafe-inline';img-src 'self' data:;" +
      "font-src 'self';connect-src 'self';form-action 'self';frame-ancestors 'none';base-uri 'none'",
  );
  expect(headers.get('X-Powered-By')).toBeNull();
  expect(headers.get('X-Frame-Options')).toBe('DENY');
  expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
  expect(headers.get('Referrer-Policy')).toBe('same-origin');
  const again = (await server.request('/admin/login')).headers.get('Content-Security-Policy');
  expect(again).not.toBe(policy);
});

describe('in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  });
  afterAll(() => browser.close());

  test('the script with the nonce runs; one without, and anything of another host, does not', async () => {
    const page = await browser.newPage();
    const refused: string[] = [];
    page.on('console', (message) => refused.push(message.text()));
    await page.goto(`${server.origin}/admin/frontend/assets/page`);
    expect(await page.evaluate('[window.withNonce, window.withoutNonce]')).toEqual([true, undefined]);
    expect(await page.evaluate('getComputedStyle(document.body).color')).toBe('rgb(1, 2, 3)');
    const blocked = refused.filter((text) => text.includes('Content Security Policy'));
    expect(blocked).toHaveLength(3);
    await page.close();
  });

  test('a websocket to the same origin is allowed, to another it is not', async () => {
    const page = await browser.newPage();
    await page.goto(`${server.origin}/admin/frontend/assets/page`);
    const violation = (url: string) =>
      page.evaluate(
        `new Promise((resolve) => {
          document.addEventListener('securitypolicyviolation', () => resolve('refused'), { once: true });
          try { new WebSocket(${JSON.stringify(url)}).onerror = () => resolve('tried'); } catch { resolve('refused'); }
        })`,
      );
    expect(await violation(server.origin.replace('http', 'ws'))).toBe('tried');
    expect(await violation('ws://localhost:1')).toBe('refused');
    await page.close();
  });
});
