import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defineResource } from '../../../src/resources/define.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { type PanelAnswer, startPanel, type TestPanel } from '../../support/panel.ts';

const SECRET = 'a-value-that-no-log-may-hold';

let database: TestDatabase;
let panel: TestPanel;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'panel' });
  await database.pool.query(`CREATE TABLE planets (
    id INT PRIMARY KEY AUTO_INCREMENT, name VARCHAR(40) NOT NULL UNIQUE, moons TINYINT UNSIGNED NOT NULL)`);
  await database.pool.query("INSERT INTO planets (name, moons) VALUES ('Gorak', 3), ('Zix', 1)");
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

/** What was logged of refusals, the newest last. */
const refusals = () =>
  panel.http
    .log()
    .split('\n')
    .filter((line) => line.includes('"request refused"'))
    .map((line) => JSON.parse(line));

const PLANETS = '/resources/planets';
const stale = { moons: '9', __was: JSON.stringify({ moons: '7' }) };

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
