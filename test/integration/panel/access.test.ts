import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ResourceConfig } from '../../../src/resources/define.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { startPanel, type TestPanel } from '../../support/panel.ts';

// Traps 9, 13, 14 and 15: what a role may not see or do is not there for it, whatever it sends.
const TABLES = `
  CREATE TABLE agents (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(80) NOT NULL, secret VARCHAR(40), wage DECIMAL(8,2));
  CREATE TABLE missions (id INT AUTO_INCREMENT PRIMARY KEY, title VARCHAR(40) NOT NULL, agent_id INT, budget DECIMAL(8,2),
    FOREIGN KEY (agent_id) REFERENCES agents (id));
  INSERT INTO agents (name, secret, wage) VALUES ('Seven</script><script>alert(1)</script>', 'hunter2', 99);
  INSERT INTO missions (title, agent_id, budget) VALUES ('Moon', 1, 1000)`;
const CONFIGS: ResourceConfig[] = [
  {
    table: 'agents',
    can: { list: ['admin'], show: ['admin'], edit: ['admin'] },
    columns: { secret: { read: false, write: false }, wage: { write: ['admin'] } },
  },
  {
    table: 'missions',
    can: { list: true, show: true, edit: true, delete: ['admin'] },
    columns: { budget: { read: ['supervisor', 'admin'], write: ['supervisor'] } },
  },
];

let database: TestDatabase;
let panel: TestPanel;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'panel' });
  for (const statement of TABLES.split(';\n')) await database.pool.query(statement);
  panel = await startPanel(database, CONFIGS);
});

afterAll(async () => {
  await panel?.stop();
  await database?.drop();
});

const mission = async () =>
  ((await database.pool.query('SELECT * FROM missions WHERE id = 1'))[0] as object[])[0];

test('a hidden column is neither sent nor written nor filtered nor sorted by', async () => {
  const employee = panel.as('employee');
  const { body } = await employee.get('/resources/missions/actions/list');
  expect(Object.keys(body.records?.[0]?.params ?? {})).toEqual(['id', 'title', 'agent_id']);
  const before = await mission();
  const { body: edited } = await employee.post('/resources/missions/records/1/edit', {
    title: 'Mars',
    budget: '1',
  });
  expect(edited.notice?.type).toBe('error');
  expect(await mission()).toEqual(before);
  expect((await employee.get('/resources/missions/actions/list?filters.budget=1000')).body.notice?.type).toBe(
    'error',
  );
  const sorted = await employee.get('/resources/missions/actions/list?sortBy=budget');
  expect(sorted.body.meta).not.toMatchObject({ sortBy: 'budget' });
});

test('a readable column that a role may not write stays as it is', async () => {
  const { body } = await panel.as('admin').post('/resources/missions/records/1/edit', { budget: '1' });
  expect(body.record?.errors.budget?.message).toMatch(/cannot be set here/);
  expect(await mission()).toMatchObject({ budget: '1000.00' });
});

test('what others may write is in the form, says who they are, and is refused', async () => {
  const { body } = await panel.as('admin').post('/resources/missions/records/1/edit', { budget: '1' });
  expect(body.record?.errors.budget?.message).toBe('Budget cannot be set here: ask a supervisor');
});

test('a denied table is not there, and its rows do not leak through references', async () => {
  const employee = panel.as('employee');
  for (const path of ['actions/list', 'actions/search/Sev', 'records/1/show', 'bulk/bulkDelete?recordIds=1'])
    expect((await employee.get(`/resources/agents/${path}`)).status).toBe(404);
  const { body } = await employee.get('/resources/missions/records/1/show');
  expect(JSON.stringify(body)).not.toContain('Seven');
  expect(body.record?.populated).toEqual({});
});

test('a reference carries its title, and nothing else of the row', async () => {
  const { body } = await panel.as('admin').get('/resources/missions/records/1/show');
  expect(body.record?.populated.agent_id).toEqual({
    id: '1',
    title: 'Seven</script><script>alert(1)</script>',
  });
  const agents = await panel.as('admin').get('/resources/agents/actions/list');
  expect(JSON.stringify(agents.body)).not.toContain('hunter2');
});

test('a denied action is refused before anything happens', async () => {
  const before = await mission();
  for (const path of ['records/1/delete', 'bulk/bulkDelete?recordIds=1', 'actions/new'])
    await panel.as('employee').post(`/resources/missions/${path}`, { title: 'forced' });
  expect(await mission()).toEqual(before);
  expect((await database.pool.query('SELECT COUNT(*) AS n FROM missions'))[0]).toEqual([{ n: 1 }]);
});

test('nobody gets data without a session', async () => {
  for (const path of [
    '/admin/api/dashboard',
    '/admin/api/resources/missions/actions/list',
    '/admin/api/pages/any',
  ])
    expect((await panel.http.request(path)).status).toBe(401);
});

test('names with markup cannot end the script of the page, and every inline script has the nonce', async () => {
  await database.pool.query("UPDATE panel_accounts SET name = '</script><b id=x>' WHERE role = 'admin'");
  const response = await panel.http.request('/admin', { cookie: panel.as('admin').cookie });
  const page = await response.text();
  expect(page).not.toContain('</script><b');
  const nonce = /'nonce-([^']+)'/.exec(response.headers.get('Content-Security-Policy') ?? '')?.[1];
  for (const [tag] of page.matchAll(/<script(?![^>]*src=)[^>]*>/g))
    expect(tag).toBe(`<script nonce="${nonce}">`);
  expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
});

test('an error of the database reaches nobody but the log', async () => {
  await database.pool.query('RENAME TABLE missions TO missions_gone');
  const { status, body } = await panel.as('admin').get('/resources/missions/actions/list');
  await database.pool.query('RENAME TABLE missions_gone TO missions');
  expect(status).toBe(500);
  expect(Object.keys(body).sort()).toEqual(['code', 'faultId', 'message']);
  expect(JSON.stringify(body)).not.toMatch(/missions|SELECT|test_/);
});
