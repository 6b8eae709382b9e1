import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { type PanelClient, startPanel, type TestPanel } from '../../support/panel.ts';

// Case 5.1: whatever the server makes of a key, the row is saved, and opened under the key that it has.
const STATEMENTS = [
  'CREATE TABLE uuids (id CHAR(36) PRIMARY KEY, name VARCHAR(20))',
  'CREATE TRIGGER uuids_key BEFORE INSERT ON uuids FOR EACH ROW SET NEW.id = UUID()',
  'CREATE TABLE counters (id INT PRIMARY KEY, name VARCHAR(20))',
  'CREATE TRIGGER counters_key BEFORE INSERT ON counters FOR EACH ROW SET NEW.id = 10 + (SELECT COUNT(*) FROM uuids)',
  'CREATE TABLE codes (code VARCHAR(20) PRIMARY KEY, name VARCHAR(20))',
  "CREATE TRIGGER codes_key BEFORE INSERT ON codes FOR EACH ROW SET NEW.code = CONCAT('X-', UPPER(TRIM(NEW.code)))",
  'CREATE TABLE numbers (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20))',
  'CREATE TRIGGER numbers_key BEFORE INSERT ON numbers FOR EACH ROW SET NEW.id = 4711',
  'CREATE TABLE cleaned (`the id` CHAR(36) PRIMARY KEY, name VARCHAR(20))',
  `CREATE TRIGGER cleaned_key BEFORE INSERT ON cleaned FOR EACH ROW
     SET NEW . \`the id\` = UUID(), NEW.name = TRIM(NEW.name)`,
  "CREATE TABLE quoted (id VARCHAR(60) DEFAULT (CONCAT('it''s \\\\ ', UUID())) PRIMARY KEY, name VARCHAR(20))",
  'CREATE TABLE shorts (id BIGINT UNSIGNED DEFAULT (UUID_SHORT()) PRIMARY KEY, name VARCHAR(20))',
  "CREATE TABLE derived (id VARCHAR(40) DEFAULT (CONCAT(name, '/1')) PRIMARY KEY, name VARCHAR(20))",
  "CREATE TABLE bytes (id BINARY(16) DEFAULT (UNHEX(REPLACE(UUID(), '-', ''))) PRIMARY KEY, name VARCHAR(20))",
  'CREATE TABLE padded (id CHAR(10) PRIMARY KEY, name VARCHAR(20))',
  'CREATE TABLE moved (id INT, revision INT NOT NULL DEFAULT 1, name VARCHAR(20), PRIMARY KEY (id, revision))',
  'CREATE TRIGGER moved_key BEFORE UPDATE ON moved FOR EACH ROW SET NEW.revision = OLD.revision + 1',
  'CREATE TABLE slugs (slug VARCHAR(40) PRIMARY KEY, name VARCHAR(20))',
  "CREATE TRIGGER slugs_key BEFORE UPDATE ON slugs FOR EACH ROW SET NEW.slug = LOWER(REPLACE(NEW.name, ' ', '-'))",
  'CREATE TABLE crowd (id CHAR(36) PRIMARY KEY, flag INT)',
  `INSERT INTO crowd WITH RECURSIVE numbered AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM numbered WHERE n < 1000)
     SELECT CONCAT('old-', n), 1 FROM numbered UNION ALL SELECT 'old', 1`,
  'CREATE TRIGGER crowd_key BEFORE INSERT ON crowd FOR EACH ROW SET NEW.id = UUID()',
];
const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

let database: TestDatabase;
let panel: TestPanel;
let admin: PanelClient;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'panel' });
  for (const statement of STATEMENTS) await database.pool.query(statement);
  panel = await startPanel(database);
  admin = panel.as('admin');
});

afterAll(async () => {
  await panel?.stop();
  await database?.drop();
});

const count = async (table: string) =>
  ((await database.pool.query(`SELECT COUNT(*) AS held FROM ${table}`))[0] as { held: number }[])[0]?.held;

describe('a new row is opened where its key is', () => {
  test.each([
    ['a UUID that a trigger makes', 'uuids', { name: 'one' }, UUID],
    ['a UUID in the place of what was typed', 'uuids', { id: 'typed', name: 'one' }, UUID],
    ['a number that a trigger counts', 'counters', { name: 'one' }, /^1\d$/],
    ['text that a trigger changes', 'codes', { code: ' ab ', name: 'one' }, /^X-AB$/],
    ['another number than AUTO_INCREMENT gives', 'numbers', { name: 'one' }, /^4711$/],
    ['made by a trigger that changes other columns too', 'cleaned', { name: ' one ' }, UUID],
    ['a default with quotes and backslashes', 'quoted', { name: 'one' }, /^it's \\ /],
    ['the default UUID_SHORT()', 'shorts', { name: 'one' }, /^\d{10,}$/],
    ['a default made of another column', 'derived', { name: 'one' }, /^one\/1$/],
    ['a binary default', 'bytes', { name: 'one' }, /^0x[0-9a-f]{32}$/],
    ['text that CHAR shortens', 'padded', { id: 'ab   ', name: 'one' }, /^ab$/],
  ])('%s', async (_name, table, fields: Record<string, string>, key) => {
    const { body } = await admin.post(`/resources/${table}/actions/new`, fields);
    expect(body.notice).toEqual({ type: 'success', message: expect.stringMatching(/^successfully/) });
    const id = body.record?.id ?? '';
    expect(body.redirectUrl).toContain(id);
    const shown = (await admin.get(`/resources/${table}/records/${id}/show`)).body.record;
    expect(String(Object.values(shown?.params ?? {})[0])).toMatch(key);
    expect(shown?.params.name).toBe('one');
  });

  test('not where another row has the key that was typed', async () => {
    await database.pool.query("INSERT INTO codes VALUES ('twin', 'twin')");
    await database.pool.query("UPDATE codes SET code = 'twin' WHERE name = 'twin'");
    const { body } = await admin.post('/resources/codes/actions/new', { code: 'twin', name: 'twin' });
    expect(body.record?.params).toEqual({ code: 'X-TWIN', name: 'twin' });
  });

  test('or, where the server does not tell, is saved and looked for in the list', async () => {
    const { body } = await admin.post('/resources/crowd/actions/new', { flag: '1' });
    expect(body.notice?.type).toBe('success');
    expect(body.redirectUrl).toMatch(/\/resources\/crowd(\/records\/[0-9a-f-]{36}\/show)?$/);
    expect(await count('crowd')).toBe(1002);
  });
});

describe('a changed row is opened where its key is now', () => {
  test.each([
    ['a trigger counts its key on', 'moved', { id: '1', name: 'a' }, { name: 'b' }, '1~2'],
    ['a trigger counts on, whatever is typed', 'moved', { id: '2', name: 'a' }, { revision: '7' }, '2~2'],
    [
      'a trigger makes it of another column',
      'slugs',
      { slug: 'x', name: 'x' },
      { name: 'New Name' },
      'new-name',
    ],
    ['a trigger leaves it as it was', 'slugs', { slug: 'same', name: 'x' }, { name: 'Same' }, 'same'],
    ['CHAR shortens it', 'padded', { id: 'cd', name: 'a' }, { id: 'ef   ' }, 'ef'],
  ])('%s', async (_name, table, created: Record<string, string>, changed: Record<string, string>, id) => {
    const before = (await admin.post(`/resources/${table}/actions/new`, created)).body.record?.id;
    const { body } = await admin.post(`/resources/${table}/records/${before}/edit`, changed);
    expect(body.notice).toEqual({ type: 'success', message: expect.stringMatching(/^successfully/) });
    expect(body.record?.id).toBe(id);
    expect(body.redirectUrl).toBe(`/admin/resources/${table}/records/${id}/show`);
  });
});
