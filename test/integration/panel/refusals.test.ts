import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defineResource } from '../../../src/resources/define.ts';
import type { BulkAction } from '../../../src/resources/define-action.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { type PanelAnswer, startPanel, type TestPanel } from '../../support/panel.ts';

const SECRET = 'a-value-that-no-log-may-hold';

/** Paints what has an odd id. */
const paint: BulkAction['run'] = async (_caller, ids) => ({
  ok: true,
  results: ids.map((id) =>
    Number(id) % 2 === 1
      ? { id, ok: true, message: 'painted' }
      : { id, ok: false, code: 'wrong_side', message: `${SECRET}: it hangs upside down.` },
  ),
});

let database: TestDatabase;
let panel: TestPanel;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'panel' });
  await database.pool.query(`CREATE TABLE planets (
    id INT PRIMARY KEY AUTO_INCREMENT, name VARCHAR(40) NOT NULL UNIQUE, moons TINYINT UNSIGNED NOT NULL)`);
  await database.pool.query(
    "INSERT INTO planets (name, moons) VALUES ('Gorak', 3), ('Zix', 1), ('Yor', 0), ('Pim', 2)",
  );
  panel = await startPanel(database, [
    defineResource({
      table: 'planets',
      can: { list: true, show: true, create: true, edit: ['supervisor', 'admin'], delete: ['admin'] },
      recordActions: [
        {
          name: 'blow_up',
          label: 'Blow up',
          can: true,
          run: async () => ({ ok: false, code: 'on_hold', message: 'It is on hold.' }),
        },
      ],
      bulkActions: [
        { name: 'paint_many', label: 'Paint', can: true, preview: paint, run: paint },
        {
          name: 'move_many',
          label: 'Move',
          can: true,
          preview: async () => ({ ok: true, results: [] }),
          run: async () => ({ ok: false, code: 'not_today', message: 'Nothing is moved today.' }),
        },
      ],
      pages: [
        {
          name: 'survey',
          label: 'Survey',
          can: true,
          component: 'PlaceOrder',
          run: async () => ({ ok: false, code: 'no_lines', message: 'There is nothing to survey.' }),
        },
      ],
    }),
  ]);
});

afterAll(async () => {
  await panel.stop();
  await database.drop();
});

const logged = (message: string) =>
  panel.http
    .log()
    .split('\n')
    .filter((line) => line.includes(JSON.stringify(message)))
    .map((line) => JSON.parse(line));

/** What was logged of refusals, the newest last. */
const refusals = () => logged('request refused');

const PLANETS = '/resources/planets';
const stale = { moons: '9', '__was ': JSON.stringify({ moons: '7' }) };

describe('a no is answered with its status, and its words where the screens read them', () => {
  const cases: [string, () => Promise<PanelAnswer>, number, string, string][] = [
    [
      'forbidden',
      () => panel.as('employee').post(`${PLANETS}/records/1/edit`, { moons: '9' }),
      403,
      'forbidden',
      'You may not do this',
    ],
    [
      'forbidden to many',
      () => panel.as('supervisor').post(`${PLANETS}/bulk/bulkDelete?recordIds=1,2`),
      403,
      'forbidden',
      'You may not do this',
    ],
    [
      'a row that is not there',
      () => panel.as('admin').get(`${PLANETS}/records/99/show`),
      404,
      'gone',
      'This row is not there any more',
    ],
    [
      'an id that cannot be one',
      () => panel.as('admin').get(`${PLANETS}/records/-1/show`),
      404,
      'gone',
      'This row is not there any more',
    ],
    [
      'a row that has changed',
      () => panel.as('admin').post(`${PLANETS}/records/1/edit`, stale),
      409,
      'stale',
      'changed meanwhile',
    ],
    [
      'a name that is taken',
      () => panel.as('admin').post(`${PLANETS}/actions/new`, { name: 'Zix', moons: '1' }),
      409,
      'duplicate',
      'already has this name',
    ],
    [
      'a value that does not fit',
      () => panel.as('admin').post(`${PLANETS}/actions/new`, { name: SECRET, moons: 'many' }),
      422,
      'bad_values',
      'Moons',
    ],
    [
      'a filter that does not fit',
      () => panel.as('admin').get(`${PLANETS}/actions/list?filters.moons=many`),
      400,
      'bad_filter',
      'Moons',
    ],
    [
      'a step that is not possible',
      () => panel.as('employee').post(`${PLANETS}/records/1/blow_up`),
      409,
      'on_hold',
      'on hold',
    ],
    [
      'a page that refuses',
      () => panel.as('employee').post(`${PLANETS}/actions/survey`),
      422,
      'no_lines',
      'nothing to survey',
    ],
  ];
  test.each(cases)('%s', async (_name, ask, status, code, words) => {
    const answer = await ask();
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.body.message).toContain(words);
    expect(answer.body.notice).toMatchObject({ type: 'error', message: answer.body.message });
    await expect
      .poll(() => refusals().at(-1))
      .toMatchObject({ code, table: 'planets', res: { statusCode: status } });
  });

  test.each([
    ['records/1/list', 404],
    ['records/1/survey', 404],
    ['actions/show', 404],
    ['actions/blow_up', 404],
    ['bulk/edit?recordIds=1', 404],
    ['records/1/bulkDelete', 404],
    ['records/1/show', 200],
    ['actions/list', 200],
  ])('an action asked for in the place of another kind, %s, is answered %i', async (path, status) => {
    expect((await panel.as('admin').get(`${PLANETS}/${path}`)).status).toBe(status);
  });
});

test('the log says who was refused what, where from and why, and no value', async () => {
  await panel.as('employee').post(`${PLANETS}/records/2/edit`, { name: SECRET });
  await expect
    .poll(() => refusals().at(-1))
    .toMatchObject({
      level: 30,
      address: '127.0.0.1',
      accountId: expect.any(Number),
      role: 'employee',
      req: { method: 'POST', path: '/admin/api/resources/planets/records/2/edit' },
      table: 'planets',
      action: 'edit',
      recordId: '2',
      code: 'forbidden',
    });
  await panel.http.request('/admin/login', {
    method: 'POST',
    body: new URLSearchParams({ email: 'admin@panel.example', password: SECRET }),
  });
  await expect
    .poll(() => refusals().at(-1))
    .toMatchObject({
      code: 'wrong_credentials',
      address: '127.0.0.1',
      res: { statusCode: 401 },
    });
  await panel.as('admin').get(`/resources/nowhere/actions/list?token=${SECRET}`);
  await expect.poll(() => refusals().at(-1)).toMatchObject({ code: 'not_found', role: 'admin' });
  expect(panel.http.log()).not.toContain(SECRET);
});

describe('a step with many rows', () => {
  const runMany = (action: string, ids: string, mode: string) =>
    panel.as('employee').post(`${PLANETS}/bulk/${action}?recordIds=${ids}`, { mode });

  test('is logged with who was refused which of them, and why; its preview is not', async () => {
    expect((await runMany('paint_many', '1,2', 'preview')).status).toBe(200);
    expect((await runMany('paint_many', '1,3', 'run')).status).toBe(200);
    const answer = await runMany('paint_many', '1,2,3,4', 'run');
    expect(answer.status).toBe(200);
    const about = { table: 'planets', action: 'paint_many', code: 'wrong_side' };
    await expect.poll(() => logged('rows refused').length).toBeGreaterThan(0);
    expect(logged('rows refused')).toEqual([
      expect.objectContaining({
        level: 30,
        address: '127.0.0.1',
        accountId: expect.any(Number),
        role: 'employee',
        refusedRows: [
          { ...about, recordId: '2' },
          { ...about, recordId: '4' },
        ],
      }),
    ]);
    expect(panel.http.log()).not.toContain(SECRET);
  });

  test('that is refused as a whole is logged with the rows it was about', async () => {
    expect((await runMany('move_many', '2,3', 'run')).status).toBe(422);
    await expect
      .poll(() => refusals().at(-1))
      .toMatchObject({ code: 'not_today', table: 'planets', action: 'move_many', recordId: '2,3' });
    await panel.as('supervisor').post(`${PLANETS}/bulk/bulkDelete?recordIds=1,2`);
    await expect
      .poll(() => refusals().at(-1))
      .toMatchObject({ code: 'forbidden', role: 'supervisor', action: 'bulkDelete', recordId: '1,2' });
  });
});
