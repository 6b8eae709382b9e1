import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { type PanelClient, startPanel, type TestPanel } from '../../support/panel.ts';

// Traps 1, 5, 8, 11a and 16: what tells rows apart, however their keys are made.
const TABLES = `
  CREATE TABLE crates (shelf VARCHAR(20), slot INT, label VARCHAR(40), PRIMARY KEY (shelf, slot));
  CREATE TABLE tokens (id CHAR(36) DEFAULT (UUID()) PRIMARY KEY, name VARCHAR(20) NOT NULL);
  CREATE TABLE stamps (id BINARY(4) PRIMARY KEY, name VARCHAR(20));
  CREATE TABLE planets (id BIGINT PRIMARY KEY, code VARCHAR(20) NOT NULL UNIQUE, name VARCHAR(40), parent BIGINT,
    FOREIGN KEY (parent) REFERENCES planets (id));
  CREATE TABLE flights (id INT AUTO_INCREMENT PRIMARY KEY, origin VARCHAR(20), target VARCHAR(20),
    FOREIGN KEY (origin) REFERENCES planets (code), FOREIGN KEY (target) REFERENCES planets (code));
  CREATE TABLE diary (at DATETIME, entry VARCHAR(80));
  CREATE VIEW busy AS SELECT origin, COUNT(*) AS flights FROM flights GROUP BY origin;
  INSERT INTO crates VALUES ('A', 1, 'one'), ('A', 2, 'two'), ('B', 1, 'three'), ('C,D/E~.', 1, 'odd'), ('', 0, 'bare');
  INSERT INTO stamps VALUES (x'00FF2C2F', 'first'), (x'00FF2C30', 'second');
  INSERT INTO planets VALUES (0, 'zero', 'Zero', NULL), (-5, 'minus', 'Minus', 0), (9007199254740993, 'far', 'Far', -5);
  INSERT INTO flights (origin, target) VALUES ('far', 'minus');
  INSERT INTO diary VALUES ('2026-01-02 03:04:05', 'no key here');`;

let database: TestDatabase;
let panel: TestPanel;
let admin: PanelClient;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'panel' });
  for (const statement of TABLES.split(';\n')) await database.pool.query(statement);
  panel = await startPanel(database);
  admin = panel.as('admin');
});

afterAll(async () => {
  await panel?.stop();
  await database?.drop();
});

const rows = async (sql: string) => (await database.pool.query(sql))[0];

test('one row of a composite key is edited, its neighbours are not', async () => {
  await admin.post('/resources/crates/records/A~1/edit', { label: 'changed' });
  expect(await rows("SELECT label FROM crates WHERE shelf IN ('A', 'B') ORDER BY shelf, slot")).toEqual([
    { label: 'changed' },
    { label: 'two' },
    { label: 'three' },
  ]);
});

test('one row of a composite key is deleted, its neighbours are not', async () => {
  await rows("INSERT INTO crates VALUES ('Z', 1, 'x'), ('Z', 2, 'y'), ('Z', 3, 'z')");
  await admin.post('/resources/crates/records/Z~2/delete');
  expect(await rows("SELECT slot FROM crates WHERE shelf = 'Z' ORDER BY slot")).toEqual([
    { slot: 1 },
    { slot: 3 },
  ]);
});

test('keys with commas, slashes and separators, and empty ones, work in addresses and in bulk', async () => {
  const { body } = await admin.get('/resources/crates/actions/list?filters.label=odd');
  const id = body.records?.[0]?.id ?? '';
  expect(id).toMatch(/^[A-Za-z0-9_.~-]+$/);
  expect((await admin.get(`/resources/crates/records/${id}/show`)).body.record?.params.label).toBe('odd');
  expect((await admin.get('/resources/crates/records/._~0/show')).body.record?.params.label).toBe('bare');
  await admin.post(`/resources/crates/bulk/bulkDelete?recordIds=${id},._~0`);
  expect(await rows("SELECT COUNT(*) AS left_over FROM crates WHERE label IN ('odd', 'bare')")).toEqual([
    { left_over: 0 },
  ]);
});

test('a changed key leads to the row under its new id', async () => {
  await rows("INSERT INTO crates VALUES ('move', 1, 'm')");
  const { body } = await admin.post('/resources/crates/records/move~1/edit', { slot: '9' });
  expect(body.redirectUrl).toBe('/admin/resources/crates/records/move~9/show');
});

test.each([
  ['a given key', 'crates', { shelf: 'N', slot: '7', label: 'new' }, /^N~7$/],
  ['a key of the default UUID()', 'tokens', { name: 'made' }, /^[0-9a-f-]{36}$/],
  ['AUTO_INCREMENT', 'flights', { origin: 'far', target: 'zero' }, /^\d+$/],
  ['a binary key', 'stamps', { id: '0x01020304', name: 'third' }, /^0x01020304$/],
])('a row created with %s comes back with its id', async (_name, table, fields, id) => {
  const { body } = await admin.post(`/resources/${table}/actions/new`, fields);
  expect(body.notice?.type).toBe('success');
  expect(body.record?.id).toMatch(id);
  expect((await admin.get(`/resources/${table}/records/${body.record?.id}/show`)).body.record?.id).toMatch(
    id,
  );
});

test('binary keys are readable and find their row', async () => {
  const { body } = await admin.get('/resources/stamps/actions/list?sortBy=name');
  const first = body.records?.find(({ params }) => params.name === 'first');
  expect(first?.params.id).toBe('0x00ff2c2f');
  await admin.post(`/resources/stamps/records/${first?.id}/edit`, { name: 'renamed' });
  expect(await rows("SELECT name FROM stamps WHERE id = x'00FF2C2F'")).toEqual([{ name: 'renamed' }]);
});

test.each([
  ['0', 'Zero'],
  ['-5', 'Minus'],
  ['9007199254740993', 'Far'],
])('the id %s is an id like any other', async (id, name) => {
  const { body } = await admin.get(`/resources/planets/records/${id}/show`);
  expect(body.record?.params).toMatchObject({ id, name });
});

test('references to another unique column, to the own table, and two to one table show their titles', async () => {
  const flight = (await admin.get('/resources/flights/records/1/show')).body.record;
  expect(flight?.populated).toEqual({
    origin: { id: '9007199254740993', title: 'Far' },
    target: { id: '-5', title: 'Minus' },
  });
  const far = (await admin.get('/resources/planets/records/9007199254740993/show')).body.record;
  expect(far?.populated).toEqual({ parent: { id: '-5', title: 'Minus' } });
});

test('choices for a reference carry the value to store', async () => {
  const { body } = await admin.get('/resources/planets/actions/search/fa?valueColumn=code');
  expect(body.records?.map(({ title, params }) => [title, params.__value])).toEqual([['Far', 'far']]);
});

test('tables without a key and views are listed', async () => {
  expect((await admin.get('/resources/diary/actions/list')).body.records?.[0]?.params).toEqual({
    at: '2026-01-02T03:04:05.000Z',
    entry: 'no key here',
  });
  const { body } = await admin.get('/resources/busy/actions/list');
  expect(body.records?.[0]?.params.origin).toBe('far');
});

test('a bulk delete that the database refuses in part deletes nothing', async () => {
  await rows("INSERT INTO planets VALUES (70, 'free', 'Free', NULL)");
  const { body } = await admin.post('/resources/planets/bulk/bulkDelete?recordIds=70,-5');
  expect(body.notice).toMatchObject({
    type: 'error',
    message: "Nothing was deleted. 'Minus' is still used by flights: 'Flight 1'. Remove those first.",
  });
  expect(await rows('SELECT COUNT(*) AS kept FROM planets WHERE id IN (70, -5)')).toEqual([{ kept: 2 }]);
});

test.each([
  ['a parent with its child', "(81, 'p', 'P', NULL), (82, 'c', 'C', 81)", '81,82'],
  [
    'a child of a child, named in any order',
    "(85, 'p', 'P', NULL), (83, 'c', 'C', 85), (84, 'g', 'G', 83)",
    '83,85,84',
  ],
  ['rows that point at one another', "(86, 'a', 'A', NULL), (87, 'b', 'B', 86)", '86,87'],
  ['a row that points at itself', "(88, 's', 'S', NULL)", '88'],
])('%s are deleted together', async (_name, planets, ids) => {
  await rows(`INSERT INTO planets VALUES ${planets}`);
  await rows('UPDATE planets SET parent = 87 WHERE id = 86');
  await rows('UPDATE planets SET parent = 88 WHERE id = 88');
  const { body } = await admin.post(`/resources/planets/bulk/bulkDelete?recordIds=${ids}`);
  expect(body.notice).toMatchObject({ type: 'success' });
  expect(await rows(`SELECT id FROM planets WHERE id IN (${ids})`)).toEqual([]);
});

test('of a parent whose child is not among those to be deleted, the child is named', async () => {
  await rows(
    "INSERT INTO planets VALUES (91, 'p', 'Parent', NULL), (92, 'c', 'Kept', 91), (93, 'd', 'Going', 91)",
  );
  const { body } = await admin.post('/resources/planets/bulk/bulkDelete?recordIds=91,93');
  expect(body.notice?.message).toBe(
    "Nothing was deleted. 'Parent' is still used by planets: 'Kept'. Remove those first.",
  );
  const one = await admin.post('/resources/planets/records/91/delete');
  expect(one.body.notice?.message).toBe(
    "'Parent' is still used by planets: 'Kept', 'Going'. Remove those first.",
  );
});
