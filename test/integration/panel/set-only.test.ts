import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { RowDataPacket } from '../../../src/database/pool.ts';
import { defineResource } from '../../../src/resources/define.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { startPanel, type TestPanel } from '../../support/panel.ts';

const OLD = 'the-old-key';
const NEW = 'the-new-key';
const AGENTS = '/resources/agents';

let database: TestDatabase;
let panel: TestPanel;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'panel' });
  await database.pool.query(`CREATE TABLE agents (
    id INT PRIMARY KEY AUTO_INCREMENT, name VARCHAR(40) NOT NULL, api_key VARCHAR(60) NOT NULL,
    pin VARCHAR(10), KEY (api_key))`);
  panel = await startPanel(database, [
    defineResource({
      table: 'agents',
      can: { list: true, show: true, create: ['admin'], edit: ['supervisor', 'admin'] },
      columns: { api_key: { write: ['admin'] }, pin: { read: ['supervisor'], write: ['admin'] } },
    }),
  ]);
});

afterAll(async () => {
  await panel.stop();
  await database.drop();
});

beforeEach(async () => {
  await database.pool.query('DELETE FROM panel_activity');
  await database.pool.query('DELETE FROM agents');
  await database.pool.query("INSERT INTO agents (id, name, api_key, pin) VALUES (1, 'Zix', ?, '1234')", [
    OLD,
  ]);
});

async function findAgents(): Promise<RowDataPacket[]> {
  const [rows] = await database.pool.query<RowDataPacket[]>('SELECT * FROM agents ORDER BY id');
  return rows;
}

async function findActivityText(): Promise<string> {
  const [rows] = await database.pool.query<RowDataPacket[]>('SELECT details FROM panel_activity');
  return JSON.stringify(rows);
}

test('a column that admins only set can be set on a new row, and no answer holds it', async () => {
  const { status, body } = await panel
    .as('admin')
    .post(`${AGENTS}/actions/new`, { name: 'Gax', api_key: NEW });
  expect(status).toBe(200);
  expect(JSON.stringify(body)).not.toContain(NEW);
  expect((await findAgents())[1]).toMatchObject({ name: 'Gax', api_key: NEW });
  for (const path of [
    'actions/list',
    'records/1/show',
    'records/1/edit',
    'actions/rows?ids=1',
    'actions/search',
  ])
    expect(JSON.stringify(await panel.as('admin').get(`${AGENTS}/${path}`)), path).not.toContain(OLD);
});

test('a new row needs it where the table does', async () => {
  const { status, body } = await panel.as('admin').post(`${AGENTS}/actions/new`, { name: 'Gax' });
  expect(status).toBe(422);
  expect(body.record?.errors).toHaveProperty('api_key');
});

test('an edit sets it, or leaves it as it is where it is left alone or empty', async () => {
  const edit = (fields: Record<string, string | null>) =>
    panel.as('admin').post(`${AGENTS}/records/1/edit`, fields);
  await edit({ name: 'Zax' });
  await edit({ name: 'Zux', api_key: '' });
  await edit({ name: 'Zox', api_key: null });
  expect(await findAgents()).toMatchObject([{ name: 'Zox', api_key: OLD }]);
  const answer = await edit({ api_key: NEW, '__was ': JSON.stringify({ api_key: null }) });
  expect(answer.status).toBe(200);
  expect(await findAgents()).toMatchObject([{ api_key: NEW, pin: '1234' }]);
  const activity = await findActivityText();
  expect(activity).not.toContain(OLD);
  expect(activity).not.toContain(NEW);
});

test('an answer tells neither what it held nor what was typed, even where it is refused', async () => {
  const fields = {
    name: 'x'.repeat(99),
    api_key: NEW,
    '__was ': JSON.stringify({ api_key: 'a guess', name: 'Zix' }),
  };
  const answer = await panel.as('admin').post(`${AGENTS}/records/1/edit`, fields);
  expect(answer.status).toBe(422);
  const created = await panel
    .as('admin')
    .post(`${AGENTS}/actions/new`, { name: 'x'.repeat(99), api_key: NEW });
  expect(created.status).toBe(422);
  for (const text of [OLD, NEW]) expect(JSON.stringify([answer, created])).not.toContain(text);
});

test('who may not set it is refused, and cannot guess it', async () => {
  for (const guess of [OLD, 'another']) {
    const { status, body } = await panel
      .as('supervisor')
      .post(`${AGENTS}/records/1/edit`, { api_key: guess });
    expect([status, body.record?.errors.api_key?.message]).toEqual([422, 'API key cannot be set here']);
  }
});

test('nobody filters, sorts or searches by what he may not read', async () => {
  const admin = panel.as('admin');
  for (const filter of [
    `filters.api_key=${OLD}`,
    'filters.pin=1234',
    'filters.api_key=~filled',
    'filters.api_key.from=a',
  ])
    expect((await admin.get(`${AGENTS}/actions/list?${filter}`)).body.code).toBe('bad_filter');
  expect((await admin.get(`${AGENTS}/actions/list?sortBy=api_key`)).body.meta).not.toMatchObject({
    sortBy: 'api_key',
  });
  expect((await admin.get(`${AGENTS}/actions/list?q=${OLD}`)).body.records).toEqual([]);
  expect((await admin.get(`${AGENTS}/actions/search/${OLD}`)).body.records).toEqual([]);
});

test('what others may read and I only set is theirs to see', async () => {
  await panel.as('admin').post(`${AGENTS}/records/1/edit`, { pin: '9999' });
  const shown = await panel.as('supervisor').get(`${AGENTS}/records/1/show`);
  expect(shown.body.record?.params).toMatchObject({ pin: '9999' });
  expect((await panel.as('admin').get(`${AGENTS}/records/1/show`)).body.record?.params).not.toHaveProperty(
    'pin',
  );
});
