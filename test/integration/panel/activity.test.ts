import { afterAll, beforeAll, expect, test } from 'vitest';
import { defineResource, type Role } from '../../../src/resources/define.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { startPanel, type TestPanel } from '../../support/panel.ts';

const PAY = '98765';
const ACTIVITY = '/resources/panel_activity';

let database: TestDatabase;
let panel: TestPanel;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'panel' });
  await database.pool.query(
    'CREATE TABLE agents (id INT PRIMARY KEY AUTO_INCREMENT, name VARCHAR(40), pay INT)',
  );
  await database.pool.query('CREATE TABLE bribes (id INT PRIMARY KEY AUTO_INCREMENT, amount INT)');
  panel = await startPanel(database, [
    defineResource({
      table: 'agents',
      can: { list: true, show: true, create: true, edit: true, delete: true },
      columns: { pay: { read: ['admin'] } },
    }),
    defineResource({
      table: 'bribes',
      can: { list: ['admin'], show: ['admin'], create: ['admin'] },
    }),
    defineResource({
      table: 'panel_activity',
      list: { columns: ['action', 'table_name', 'details'] },
      can: { list: true, show: true },
    }),
  ]);
  const admin = panel.as('admin');
  await admin.post('/resources/agents/actions/new', { name: 'Zix', pay: PAY });
  await admin.post('/resources/agents/records/1/edit', { name: 'Zax', pay: '12' });
  await admin.post('/resources/agents/records/1/delete');
  await admin.post('/resources/bribes/actions/new', { amount: PAY });
});

afterAll(async () => {
  await panel.stop();
  await database.drop();
});

/** What the list tells a role, by action and table. */
async function seenBy(role: Role): Promise<Record<string, unknown>> {
  const { body } = await panel.as(role).get(`${ACTIVITY}/actions/list`);
  return Object.fromEntries(
    (body.records ?? []).map(({ params }) => [
      `${params.action} ${params.table_name}`,
      params.details && JSON.parse(String(params.details)),
    ]),
  );
}

test('who may read a column is told what it held, on every change of a row', async () => {
  expect(await seenBy('admin')).toMatchObject({
    'record_created agents': { after: { name: 'Zix', pay: PAY } },
    'record_updated agents': { before: { name: 'Zix' }, after: { name: 'Zax', pay: '12' } },
    'record_deleted agents': { before: { name: 'Zax' } },
    'record_created bribes': { after: { amount: PAY } },
  });
});

test('others are told of the columns that they may read, and nothing of a table that they may not see', async () => {
  for (const role of ['employee', 'supervisor'] as const)
    expect(await seenBy(role)).toMatchObject({
      'record_created agents': { after: { name: 'Zix' } },
      'record_updated agents': { before: { name: 'Zix' }, after: { name: 'Zax' } },
      'record_created bribes': null,
    });
  for (const path of ['actions/list', 'records/1/show', 'actions/rows?ids=1,2,3,4', 'records/2/edit']) {
    const text = JSON.stringify(await panel.as('employee').get(`${ACTIVITY}/${path}`));
    expect(text, path).not.toContain('pay');
    expect(text, path).not.toContain(PAY);
  }
});

test('nobody finds or orders rows by what stands in them', async () => {
  const employee = panel.as('employee');
  expect((await employee.get(`${ACTIVITY}/actions/list?filters.details=${PAY}`)).body.code).toBe(
    'bad_filter',
  );
  expect((await employee.get(`${ACTIVITY}/actions/list?filters.details=~empty`)).body.code).toBe(
    'bad_filter',
  );
  expect((await employee.get(`${ACTIVITY}/actions/list?sortBy=details`)).body.meta).not.toMatchObject({
    sortBy: 'details',
  });
  expect((await employee.get(`${ACTIVITY}/actions/list?q=${PAY}`)).body.records).toEqual([]);
});
