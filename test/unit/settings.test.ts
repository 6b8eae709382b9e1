import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { examineProxySettings } from '../../src/doctor/examine.ts';
import { ProblemsError } from '../../src/errors.ts';
import { loadSettings, SETTINGS_TABLE } from '../../src/settings.ts';

test('an empty environment gives the defaults of the table, and an empty value counts as absent', () => {
  const settings = loadSettings({});
  expect(settings).toEqual({
    databaseUrl: null,
    port: 3000,
    host: '0.0.0.0',
    dataDir: resolve('.data'),
    resourcesDir: resolve('resources'),
    sessionSecrets: [],
    seedPassword: null,
    publicUrl: null,
    trustProxy: [],
    keepAliveMs: 75_000,
    logLevel: 'info',
  });
  expect(loadSettings(Object.fromEntries(SETTINGS_TABLE.map(([name]) => [name, ''])))).toEqual(settings);
  expect(loadSettings(Object.fromEntries(SETTINGS_TABLE.map(([name, value]) => [name, value])))).toEqual(
    settings,
  );
});

test('settings are read as what they are, and frozen', () => {
  const settings = loadSettings({
    DATABASE_URL: 'mariadb://root@db/store?ssl=true',
    PORT: '0',
    SESSION_SECRET: `${'a'.repeat(32)}, ${'b'.repeat(40)}`,
    PUBLIC_URL: 'https://Store.example:443/store/',
    TRUST_PROXY: '10.0.0.0/8, loopback,2001:db8::1',
    KEEP_ALIVE_SECONDS: '5',
  });
  expect(settings).toMatchObject({
    databaseUrl: 'mysql://root@db/store?ssl=true',
    port: 0,
    sessionSecrets: ['a'.repeat(32), 'b'.repeat(40)],
    publicUrl: 'https://store.example/store',
    trustProxy: ['10.0.0.0/8', 'loopback', '2001:db8::1'],
    keepAliveMs: 5_000,
  });
  expect(loadSettings({ TRUST_PROXY: '2' }).trustProxy).toBe(2);
  expect(Object.isFrozen(settings)).toBe(true);
});

test('every wrong setting is a problem of its own, with what the setting means', () => {
  const wrong = {
    DATABASE_URL: 'postgres://localhost/store',
    PORT: '70000',
    SESSION_SECRET: `${'a'.repeat(32)},short`,
    SEED_PASSWORD: 'short',
    PUBLIC_URL: 'store.example',
    TRUST_PROXY: 'yes',
    KEEP_ALIVE_SECONDS: '0',
    LOG_LEVEL: 'loud',
  };
  try {
    loadSettings(wrong);
    expect.unreachable();
  } catch (error) {
    const { problems } = error as ProblemsError;
    expect(problems.map(({ where }) => where)).toEqual(Object.keys(wrong));
    expect(problems[1]).toEqual({
      code: 'bad_setting',
      where: 'PORT',
      message: 'is above 65535',
      fix: 'Set PORT: port to listen on.',
    });
  }
});

test('a database address without a schema is a problem', () => {
  expect(() => loadSettings({ DATABASE_URL: 'mysql://root@db:3306/' })).toThrow('names no schema');
  expect(() => loadSettings({ DATABASE_URL: 'not an address' })).toThrow(ProblemsError);
});

test.each([
  'ftp://store.example',
  'javascript:alert(1)',
  'https://user:password@store.example',
  'https://store.example/?tenant=1',
  'https://store.example?',
  'https://store.example/store#top',
  'https://store.example/a//b',
  'https://store.example/a%2Fb',
  'https://store.example/st"ore',
])('PUBLIC_URL=%s is a problem', (url) => {
  expect(() => loadSettings({ PUBLIC_URL: url })).toThrow(/PUBLIC_URL: (is|has|holds) .*\[bad_setting\]/);
});

test.each([
  'true',
  '-1',
  '1.5',
  '10.1',
  '10.0.0.0/33',
  '10.0.0.0/8,',
  'proxy.internal',
  '*',
  '0.0.0.0/0',
  '::/0',
])('TRUST_PROXY=%s is a problem', (value) => {
  expect(() => loadSettings({ TRUST_PROXY: value })).toThrow(/TRUST_PROXY: holds '.*\[bad_setting\]/);
});

test.each([
  [{}, 'ok', []],
  [{ PUBLIC_URL: 'https://store.example', TRUST_PROXY: '1' }, 'ok', []],
  [{ PUBLIC_URL: 'http://localhost:3000' }, 'ok', []],
  [{ PUBLIC_URL: 'https://store.example' }, 'wrong', ['proxy_not_trusted']],
  [{ PUBLIC_URL: 'https://store.example', TRUST_PROXY: '0' }, 'wrong', ['proxy_not_trusted']],
  [{ TRUST_PROXY: 'loopback' }, 'advice', ['public_url_missing']],
  [{ PUBLIC_URL: 'http://store.example', TRUST_PROXY: '1' }, 'advice', ['not_https']],
])('of %j the doctor says %s', (environment, verdict, codes) => {
  const finding = examineProxySettings(loadSettings(environment));
  expect(finding.verdict).toBe(verdict);
  expect(finding.problems.map(({ code }) => code)).toEqual(codes);
});
