import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import express, { type ErrorRequestHandler } from 'express';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureDemoAccounts } from '../../src/http/demo-accounts.ts';
import { createFormReader } from '../../src/http/form.ts';
import { decodeHttpError } from '../../src/http/http-error.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { signIn, startHttpServer, type TestHttpServer } from '../support/http-server.ts';

const PASSWORD = 'correct horse battery';
const ADMIN = 'admin@gorak.example';
const HTML = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

let database: TestDatabase;
let server: TestHttpServer;
let cookie: string;
const taken: unknown[] = [];

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'panel' });
  await ensureDemoAccounts(database.pool, PASSWORD);
  const router = express.Router();
  router.get('/sql', async () => {
    await database.pool.query('SELECT * FROM secret_table WHERE name = ?', ["it's a secret"]);
  });
  router.get('/api/throw', () => {
    throw new Error('inside of the engine', { cause: new Error('the deeper cause') });
  });
  router.get('/half', (_request, response) => {
    response.write('half');
    throw new Error('too late');
  });
  router.get('/record/:id', (request, response) => {
    response.json(request.params);
  });
  router.post('/api/form', (request, response) => {
    taken.push(request.fields);
    response.json({ fields: request.fields, parsed: request.express_formidable });
  });
  server = await startHttpServer({ pool: database.pool, router });
  cookie = await signIn(server, ADMIN, PASSWORD);
});

afterAll(async () => {
  await server.stop();
  await database.drop();
});

const get = (path: string, headers: Record<string, string> = {}) => server.request(path, { cookie, headers });

const post = (body: BodyInit | null, type: string | null, path = '/admin/api/form') =>
  server.request(path, { method: 'POST', cookie, body, headers: type ? { 'Content-Type': type } : {} });

describe('a fault', () => {
  test('shows an id alone, and is logged whole under it', async () => {
    const response = await get('/admin/sql', HTML);
    const page = await response.text();
    expect(response.status).toBe(500);
    const faultId = /<code>([0-9a-f]{8})<\/code>/.exec(page)?.[1] ?? 'none';
    for (const inside of ['secret', 'SELECT', 'node_modules', 'src/', 'ER_', '    at '])
      expect(page).not.toContain(inside);
    const line = server
      .log()
      .split('\n')
      .find((text) => text.includes(faultId));
    const logged = JSON.parse(line ?? '{}');
    expect(logged).toMatchObject({
      level: 50,
      path: '/admin/sql',
      requestId: response.headers.get('X-Request-Id'),
    });
    expect(logged.err).toMatchObject({
      code: 'ER_NO_SUCH_TABLE',
      sql: "SELECT * FROM secret_table WHERE name = '?'",
    });
    expect(logged.err.stack).toContain('http-errors.test.ts');
  });

  test('is JSON to a program', async () => {
    const response = await get('/admin/api/throw');
    expect(response.status).toBe(500);
    const answer = await response.json();
    expect(answer).toEqual({
      code: 'fault',
      message: expect.any(String),
      faultId: expect.stringMatching(/^[0-9a-f]{8}$/),
    });
    expect(JSON.stringify(answer)).not.toMatch(/engine|src\/|node_modules| at /);
    expect(server.log()).toContain('the deeper cause');
  });

  test('in the middle of an answer breaks it off, so that half is not taken for whole', async () => {
    await expect(get('/admin/half').then((response) => response.text())).rejects.toThrow();
    expect((await server.request('/healthz')).status).toBe(200);
  });

  test('no log line holds a password, a cookie or what was searched for', async () => {
    await get('/admin/record/1?q=private-words');
    expect(server.log()).toContain('request completed');
    for (const secret of [
      PASSWORD,
      'private-words',
      cookie.split('=')[1] ?? '',
      decodeURIComponent(cookie).slice(16, 60),
    ]) {
      expect(server.log()).not.toContain(secret);
    }
  });
});

describe('an address', () => {
  test.each([
    '/nothing',
    '/admin/nothing',
    '/brand/../../package.json',
    '/.env',
    '/brand',
    '/brand/%2e%2e/x',
  ])('%s that leads nowhere: 404 in the look of the store, or JSON', async (path) => {
    const response = await get(path, HTML);
    expect(response.status).toBe(404);
    const page = await response.text();
    expect(page).toContain('There is nothing at this address, or it is not yours to see.');
    expect(page).toContain("Gorak's Galactic Store");
    const json = await get(path, { Accept: 'application/json' });
    expect(await json.json()).toEqual({ code: 'not_found', message: expect.any(String) });
  });

  test.each(['/admin/%E0%A4%A', '/%', '/admin/record/%ff', '/brand/%E0%A4%A', '/admin/login%'])(
    '%s that is written wrongly: 400',
    async (path) => {
      const response = await get(path, HTML);
      expect(response.status).toBe(400);
      expect(await response.text()).not.toContain('URIError');
    },
  );

  test('with a zero byte leads nowhere', async () => {
    expect((await get('/brand/%00.css')).status).toBe(404);
  });
});

const boundary = 'XX';
const multipart = `multipart/form-data; boundary=${boundary}`;
const part = (name: string, value: string, more = '') =>
  `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
const END = `--${boundary}--\r\n`;

describe('a form', () => {
  test.each([
    [
      'multipart',
      part('title', 'Ünder\r\nline') + part('a.b[0]', '') + END,
      multipart,
      { title: 'Ünder\nline', 'a.b[0]': '' },
    ],
    ['urlencoded', 'title=%C3%9C&a.b=1', 'application/x-www-form-urlencoded', { title: 'Ü', 'a.b': '1' }],
    ['JSON', '{"title":"Ü","a":{"b":[1]}}', 'application/json', { title: 'Ü', a: { b: [1] } }],
    ['nothing', null, null, {}],
    ['nothing, of a type', '', 'application/x-www-form-urlencoded', {}],
  ])('of %s is handed to the panel', async (_name, body, type, fields) => {
    const response = await post(body, type);
    expect(await response.json()).toEqual({ fields, parsed: { parsed: true } });
  });

  test.each([
    ['multipart that ends early', part('title', 'x'), multipart, 400],
    ['multipart that ends within a part', part('title', 'x').slice(0, 60), multipart, 400],
    ['multipart without a boundary', part('title', 'x') + END, 'multipart/form-data', 400],
    ['multipart with too many fields', part('n', '1').repeat(2001) + END, multipart, 413],
    ['multipart too large', part('n', 'x'.repeat(9_000_000)) + END, multipart, 413],
    ['plain text too large', 'x'.repeat(9_000_000), 'text/plain', 413],
    ['multipart too large in sum', part('n', 'x'.repeat(3_000_000)).repeat(3) + END, multipart, 413],
    ['JSON that is none', '{"title":', 'application/json', 400],
    ['JSON of a list', '[1]', 'application/json', 400],
    ['JSON of a number', '1', 'application/json', 400],
    ['JSON too large', JSON.stringify('x'.repeat(9_000_000)), 'application/json', 413],
    ['JSON in an odd encoding', '{}', 'application/json; charset=koi8-r', 415],
    ['urlencoded, too many fields', 'a=1&'.repeat(2001), 'application/x-www-form-urlencoded', 413],
    ['plain text', 'hello', 'text/plain', 415],
    ['XML', '<a/>', 'application/xml', 415],
  ])('%s is refused before the panel sees it', async (_name, body, type, status) => {
    taken.length = 0;
    const response = await post(body, type);
    expect(response.status).toBe(status);
    const answer = await response.json();
    expect(answer).toEqual({ code: expect.any(String), message: expect.any(String) });
    expect(JSON.stringify(answer)).not.toMatch(/Error|JSON|at /);
    expect(taken).toEqual([]);
  });

  test('of a column that is called constructor or prototype is a form like any other', async () => {
    const fields = { constructor: 'Ferrari', prototype: '1', 'a.constructor': 'x' };
    const response = await post(new URLSearchParams(fields).toString(), 'application/x-www-form-urlencoded');
    expect((await response.json()).fields).toEqual(fields);
  });

  test.each([
    ['JSON', '{"__proto__":{"admin":true},"a.__proto__.admin":true}', 'application/json'],
    ['multipart', part('__proto__', 'x') + part('a.__proto__.admin', 'x') + END, multipart],
    ['urlencoded', '__proto__=x&a.__proto__.admin=x', 'application/x-www-form-urlencoded'],
  ])('of a column that is called __proto__ leads into no prototype: %s', async (_name, body, type) => {
    const { fields } = JSON.parse(await (await post(body, type)).text());
    expect(Object.keys(fields)).toEqual(['__proto__', 'a.__proto__.admin']);
    expect(({} as { admin?: unknown }).admin).toBeUndefined();
  });

  test.each([
    ['quotation marks', 'a%22b%22', 'a"b"'],
    ['line ends', 'a%0D%0Ab', 'a\r\nb'],
    ['what looks like an escape', '%2522', '%22'],
    ['other signs', '50%25 %41%', '50% %41%'],
    ['a backslash at the end', 'a%5C', 'a\\'],
  ])('in multipart has fields whose names hold %s', async (_name, escaped, name) => {
    const response = await post(part(escaped, 'x') + END, multipart);
    expect(Object.entries((await response.json()).fields)).toEqual([[name, 'x']]);
  });

  const openForm = (origin: string) => {
    const socket = connect(Number(new URL(origin).port), '127.0.0.1');
    socket.write(
      `POST /admin/api/form HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: ${cookie}\r\nContent-Type: ${multipart}\r\n` +
        `Content-Length: 5000\r\n\r\n${part('title', 'half')}`,
    );
    return socket;
  };

  test('that breaks off at once is survived, and the panel does not see it', async () => {
    taken.length = 0;
    const refusals = () => server.log().split('request refused').length;
    const before = refusals();
    const socket = openForm(server.origin);
    await new Promise((resolve) => socket.once('connect', resolve));
    socket.destroy();
    await expect.poll(refusals).toBeGreaterThan(before);
    expect(taken).toEqual([]);
    expect((await server.request('/healthz')).status).toBe(200);
  });

  test('that breaks off while it is read is given up', async () => {
    const app = express();
    const failure = new Promise<unknown>((resolve) => {
      const fail: ErrorRequestHandler = (error, _request, _response, _next) => resolve(error);
      app.use((_request, _response, next) => {
        next();
        socket.destroy();
      });
      app.use(createFormReader(10_000), fail);
    });
    const reader = createServer(app).listen(0);
    const socket = openForm(`http://127.0.0.1:${(reader.address() as AddressInfo).port}`);
    expect(decodeHttpError(await failure)).toMatchObject({ status: 400, code: 'bad_request' });
    reader.close();
  });

  test('to sign in with is small', async () => {
    const body = `email=${'x'.repeat(20_000)}&password=y`;
    const response = await post(body, 'application/x-www-form-urlencoded', '/admin/login');
    expect(response.status).toBe(413);
  });
});
