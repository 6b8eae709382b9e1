import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseConnectionUrl } from '../../../src/database/connection-url.ts';

const ssl = (value: string, host = 'db.example') =>
  parseConnectionUrl(`mysql://u@${host}/store?ssl=${encodeURIComponent(value)}`).ssl;

test('every part is percent-decoded', () => {
  expect(parseConnectionUrl('mysql://a%40b:p%2F%3A%3F@db.example:3307/my%20store')).toEqual({
    host: 'db.example',
    port: 3307,
    user: 'a@b',
    password: 'p/:?',
    database: 'my store',
  });
  expect(parseConnectionUrl('mysql://u@[::1]/s')).toMatchObject({ host: '::1', port: 3306 });
  expect(parseConnectionUrl('mysql://u@localhost/s?socketPath=%2Frun%2Fdb.sock')).toMatchObject({
    socketPath: '/run/db.sock',
  });
});

test('without ssl there is no TLS', () => {
  expect(parseConnectionUrl('mysql://u@h/s')).not.toHaveProperty('ssl');
  expect(ssl('false')).toBeUndefined();
});

test('TLS verifies the certificate, and the host where it is a name', () => {
  expect(ssl('true')).toEqual({ rejectUnauthorized: true, verifyIdentity: true });
  expect(ssl('true', '10.0.0.7')).toEqual({ rejectUnauthorized: true, verifyIdentity: false });
  expect(ssl('Amazon RDS')).toMatchObject({
    rejectUnauthorized: true,
    verifyIdentity: true,
    ca: expect.arrayContaining([expect.stringContaining('BEGIN CERTIFICATE')]),
  });
  expect(ssl('{"verifyIdentity":false,"minVersion":"TLSv1.3"}')).toEqual({
    rejectUnauthorized: true,
    verifyIdentity: false,
    minVersion: 'TLSv1.3',
  });
});

test('an authority is read from its file', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'authority-'));
  await writeFile(join(dir, 'ca.pem'), 'the authority');
  expect(ssl(join(dir, 'ca.pem'))).toMatchObject({ ca: 'the authority', rejectUnauthorized: true });
  await rm(dir, { recursive: true });
  expect(() => ssl(join(dir, 'ca.pem'))).toThrow(/bad_ssl/);
});

test.each([
  ['mysql://u@h/s?ssl=REQUIRED', 'bad_ssl'],
  ['mysql://u@h/s?ssl={broken', 'bad_ssl'],
  ['mysql://u@h/s?ssl-mode=REQUIRED', 'unknown_url_parameter'],
])('%s is a problem, for a wrong spelling must not mean no TLS', (address, code) => {
  expect(() => parseConnectionUrl(address)).toThrow(`[${code}]`);
});
