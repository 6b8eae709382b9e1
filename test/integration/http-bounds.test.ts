import { isDeepStrictEqual } from 'node:util';
import express from 'express';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ensureDemoAccounts } from '../../src/http/demo-accounts.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { signIn, startHttpServer, type TestHttpServer } from '../support/http-server.ts';

const PASSWORD = 'correct horse battery';

let database: TestDatabase;
let server: TestHttpServer;
let cookie: string;
const taken: unknown[] = [];

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'panel' });
  await ensureDemoAccounts(database.pool, PASSWORD);
  const router = express.Router();
  router.use((request, response) => {
    taken.push(request.fields);
    response.json({ fields: request.fields, query: request.query });
  });
  server = await startHttpServer({ pool: database.pool, router });
  cookie = await signIn(server, 'admin@gorak.example', PASSWORD);
});

afterAll(async () => {
  await server.stop();
  await database.drop();
});

beforeEach(() => {
  taken.length = 0;
});

type Entries = readonly (readonly [string, string])[];

const BOUNDARY = 'X-1';
const encodeMultipart = (entries: Entries) =>
  `${entries
    .map(
      ([name, value]) =>
        `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    )
    .join('')}--${BOUNDARY}--\r\n`;

/** One form in each content type: what is said of one holds for all. */
const CONTENT_TYPES: readonly (readonly [string, (entries: Entries) => string])[] = [
  ['application/json', (entries) => JSON.stringify(Object.fromEntries(entries))],
  [
    'application/x-www-form-urlencoded',
    (entries) => new URLSearchParams(entries as [string, string][]).toString(),
  ],
  [`multipart/form-data; boundary=${BOUNDARY}`, encodeMultipart],
];

const post = (body: BodyInit, type: string, path = '/admin/api/form') =>
  server.request(path, { method: 'POST', cookie, body, headers: { 'Content-Type': type } });

const numbered = (count: number): Entries => Array.from({ length: count }, (_, index) => [`n${index}`, '1']);

const OVERSIZED: readonly (readonly [string, Entries, number, string])[] = [
  ['a name of 4,000 dots', [['a.'.repeat(4_000), 'x']], 400, 'bad_name'],
  ['a name of 200,000 dots', [['a.'.repeat(200_000), 'x']], 400, 'bad_name'],
  ['a name of nothing but dots', [['.'.repeat(100), 'x']], 400, 'bad_name'],
  ['a name of nested brackets', [[`a${'[b'.repeat(80)}`, 'x']], 400, 'bad_name'],
  ['a name of 257 letters', [['a'.repeat(257), 'x']], 400, 'bad_name'],
  ['a name of 129 letters of two bytes', [['ü'.repeat(129), 'x']], 400, 'bad_name'],
  [
    '1,000 names of 60 dots each',
    numbered(1_000).map(([name, value]) => [`${'a.'.repeat(60)}${name}`, value] as const),
    400,
    'bad_name',
  ],
  ['2,001 names', numbered(2_001), 413, 'too_many_fields'],
  ['10,000 names', numbered(10_000), 413, 'too_many_fields'],
  ['a value of 9 MB', [['a', 'x'.repeat(9_000_000)]], 413, 'too_large'],
];

describe.each(CONTENT_TYPES)('a form in %s', (type, encode) => {
  test.each(OVERSIZED)(
    'with %s is refused before the panel sees it',
    async (_name, entries, status, code) => {
      const response = await post(encode(entries), type);
      expect(response.status).toBe(status);
      expect(await response.json()).toEqual({ code, message: expect.any(String) });
      expect(taken).toEqual([]);
    },
  );

  test('of a row with 1,017 columns, dots in a name of 64 characters and a text of 5 MB is handed on whole', async () => {
    const entries: Entries = [
      ...numbered(1_015),
      ['.'.repeat(64), 'dots'],
      ['text', 'longer and longer '.repeat(280_000)],
    ];
    const response = await post(encode(entries), type);
    // Compared as a whole: nobody reads a difference of megabytes.
    expect(isDeepStrictEqual((await response.json()).fields, Object.fromEntries(entries))).toBe(true);
  });
});

describe('JSON', () => {
  test.each([
    ['of 33 nested lists', `{"a":${'['.repeat(33)}${']'.repeat(33)}}`, 400, 'nested_too_deep'],
    ['of four million brackets', '['.repeat(4_000_000), 400, 'nested_too_deep'],
    ['of 20,001 values', `{"a":[${'0,'.repeat(20_000)}0]}`, 413, 'too_many_values'],
    ['of two million small objects', `[${'{},'.repeat(2_000_000)}{}]`, 413, 'too_many_values'],
    [
      'with a long name deep inside',
      JSON.stringify({ a: [{ b: { ['c'.repeat(300)]: 1 } }] }),
      400,
      'bad_name',
    ],
    ['with brackets in a text that does not end', `{"a":"${'['.repeat(100)}`, 400, 'bad_json'],
    ['with an escaped quote where a text ends', '{"a":"b\\"}', 400, 'bad_json'],
  ])('%s is refused', async (_name, body, status, code) => {
    const response = await post(body, 'application/json');
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code });
    expect(taken).toEqual([]);
  });

  test('with brackets, commas and quotes inside its texts is read as it is', async () => {
    const fields = { a: '[,'.repeat(30_000), b: '\\"{"', c: [{ d: '\\' }] };
    const response = await post(JSON.stringify(fields), 'application/json');
    expect((await response.json()).fields).toEqual(fields);
  });
});

describe('multipart', () => {
  const bounded = (boundary: string) => `multipart/form-data; boundary=${boundary}`;

  test.each([
    ['with a boundary of 71 letters', 'x', bounded('b'.repeat(71)), 400],
    ['with a boundary of 8,000 letters', '-'.repeat(500_000), bounded('-'.repeat(8_000)), 400],
    ['of a million boundaries', `--${BOUNDARY}\r\n`.repeat(1_000_000), bounded(BOUNDARY), 413],
    [
      'of a part without a name',
      `--${BOUNDARY}\r\nContent-Disposition: form-data; x="y"\r\n\r\nz\r\n--${BOUNDARY}--\r\n`,
      bounded(BOUNDARY),
      400,
    ],
  ])('%s is refused', async (_name, body, type, status) => {
    expect((await post(body, type)).status).toBe(status);
    expect(taken).toEqual([]);
  });

  test('with its boundary in quotes is read', async () => {
    const response = await post(encodeMultipart([['a', 'b']]), `multipart/form-data; boundary="${BOUNDARY}"`);
    expect((await response.json()).fields).toEqual({ a: 'b' });
  });
});

describe('a body of another type', () => {
  test.each(['text/plain', 'application/octet-stream', 'application/vnd.api+json', 'nonsense'])(
    '%s is refused, and 9 MB of it as too large',
    async (type) => {
      expect((await post('x', type)).status).toBe(415);
      expect((await post('x'.repeat(9_000_000), type)).status).toBe(413);
      expect(taken).toEqual([]);
    },
  );

  test('none at all is refused', async () => {
    const body = new Blob(['a=1']);
    const response = await server.request('/admin/api/form', { method: 'POST', cookie, body });
    expect(response.status).toBe(415);
  });

  test('text that is no UTF-8 is refused instead of bent', async () => {
    const body = Buffer.from([0x61, 0x3d, 0xff]);
    expect((await post(body, 'application/x-www-form-urlencoded')).status).toBe(400);
  });
});

describe('an address', () => {
  test.each([
    ['with a name of 4,000 dots', `/admin/api/list?${'a.'.repeat(4_000)}=x`, 400],
    ['with a long name', `/admin/api/list?filters.${'a'.repeat(300)}=x`, 400],
    ['with 1,001 names', `/admin/api/list?${'a&'.repeat(1_000)}a`, 413],
    ['of 200 parts', `/admin${'/a'.repeat(200)}`, 414],
    ['of 15,000 slashes', `/admin${'/'.repeat(15_000)}`, 414],
    ['outside of the panel with a deep name', `/healthz-not?${'a.'.repeat(100)}=x`, 400],
  ])('%s is refused', async (_name, path, status) => {
    const response = await server.request(path, { cookie, headers: { Accept: 'application/json' } });
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ code: expect.any(String), message: expect.any(String) });
    expect(taken).toEqual([]);
  });

  test('with a filter on every column of a wide table is handed on whole', async () => {
    const query = new URLSearchParams(numbered(900) as [string, string][]);
    const response = await server.request(`/admin/api/list?${query}`, { cookie });
    expect(Object.keys((await response.json()).query)).toHaveLength(900);
  });
});
