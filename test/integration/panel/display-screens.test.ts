import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RowDataPacket } from '../../../src/database/pool.ts';
import { displayScreens } from '../../../src/http/display-screens.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { type PanelClient, startPanel, type TestPanel } from '../../support/panel.ts';

const DISPLAYS = '/resources/panel_displays';

let database: TestDatabase;
let panel: TestPanel;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'panel' });
  panel = await startPanel(database, [displayScreens]);
});

afterAll(async () => {
  await panel?.stop();
  await database?.drop();
});

const makeLink = (client: PanelClient, name: string) =>
  client.post(`${DISPLAYS}/actions/link`, { input: JSON.stringify({ name }) });

async function count(): Promise<number> {
  const [rows] = await database.pool.query<RowDataPacket[]>('SELECT COUNT(*) AS count FROM panel_displays');
  return rows[0]?.count;
}

test('an admin makes a link, which is told once, and revokes it once; both are recorded', async () => {
  const admin = panel.as('admin');
  const made = await makeLink(admin, '  Packing hall ');
  const { path } = (made.body as { data: { path: string } }).data;
  expect(path).toMatch(/^\/live-board\?key=[\w-]{43}$/);
  const [, token = ''] = path.split('=');
  const list = await admin.get(`${DISPLAYS}/actions/list`);
  const [record] = list.body.records ?? [];
  expect(record?.params).toMatchObject({
    name: 'Packing hall',
    revoked: false,
    created_by: 'The admin',
    last_seen_at: null,
  });
  expect(record?.params).not.toHaveProperty('token_hash');
  expect(JSON.stringify(list.body)).not.toContain(token);

  const revoke = () => admin.post(`${DISPLAYS}/records/${record?.id}/revoke`);
  expect((await revoke()).body.record?.params.revoked).toBe(true);
  expect((await revoke()).body.notice?.type).not.toBe('success');
  const [activities] = await database.pool.query<RowDataPacket[]>(
    'SELECT actor_name, action, record_id FROM panel_activity WHERE table_name = ? ORDER BY id',
    ['panel_displays'],
  );
  expect(activities).toEqual([
    { actor_name: 'The admin', action: 'display_created', record_id: record?.id },
    { actor_name: 'The admin', action: 'display_revoked', record_id: record?.id },
  ]);
});

test.each(['', '   ', 'x'.repeat(121)])('a display cannot be called %j', async (name) => {
  const before = await count();
  const { body } = await makeLink(panel.as('admin'), name);
  expect(body).toMatchObject({ refusal: { code: 'invalid', fields: { name: expect.any(String) } } });
  expect(await count()).toBe(before);
});

test.each(['employee', 'supervisor'] as const)('for the %s there are no displays', async (role) => {
  const before = await count();
  const client = panel.as(role);
  expect((await makeLink(client, 'Mine')).status).toBe(404);
  expect((await client.get(`${DISPLAYS}/actions/list`)).status).toBe(404);
  expect((await client.get(`${DISPLAYS}/records/1/show`)).status).toBe(404);
  expect((await client.post(`${DISPLAYS}/records/1/revoke`)).status).toBe(404);
  expect(await count()).toBe(before);
});

test('no form writes a display, whoever sends it', async () => {
  const admin = panel.as('admin');
  await makeLink(admin, 'Hall');
  const before = await database.pool.query('SELECT * FROM panel_displays ORDER BY id');
  await admin.post(`${DISPLAYS}/actions/new`, {
    name: 'Forged',
    token_hash: 'f'.repeat(64),
    created_by: 'x',
  });
  await admin.post(`${DISPLAYS}/records/2/edit`, { token_hash: 'f'.repeat(64), revoked_at: null });
  await admin.post(`${DISPLAYS}/records/2/delete`);
  expect((await database.pool.query('SELECT * FROM panel_displays ORDER BY id'))[0]).toEqual(before[0]);
});
