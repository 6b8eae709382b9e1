import { resolve } from 'node:path';
import { expect, test } from 'vitest';
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
    PUBLIC_URL: 'https://store.example/admin/',
  });
  expect(settings).toMatchObject({
    databaseUrl: 'mysql://root@db/store?ssl=true',
    port: 0,
    sessionSecrets: ['a'.repeat(32), 'b'.repeat(40)],
    publicUrl: 'https://store.example',
  });
  expect(Object.isFrozen(settings)).toBe(true);
});

test('every wrong setting is a problem of its own, with what the setting means', () => {
  const wrong = {
    DATABASE_URL: 'postgres://localhost/store',
    PORT: '70000',
    SESSION_SECRET: `${'a'.repeat(32)},short`,
    SEED_PASSWORD: 'short',
    PUBLIC_URL: 'store.example',
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
