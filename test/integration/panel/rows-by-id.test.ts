import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { fillLongKeys, LONG_KEYS, NO_ICON } from '../../support/long-keys.ts';
import { startPanel, type TestPanel } from '../../support/panel.ts';

let database: TestDatabase;
let panel: TestPanel;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'panel' });
  const { pool } = database;
  await pool.query('CREATE TABLE owners (id INT PRIMARY KEY, name VARCHAR(40) NOT NULL)');
  await pool.query(
    `CREATE TABLE things (shelf INT, place INT, owner_id INT, wage INT, PRIMARY KEY (shelf, place),
       FOREIGN KEY (owner_id) REFERENCES owners (id))`,
  );
  await pool.query("INSERT INTO owners VALUES (1, 'Zorblax')");
  await pool.query('INSERT INTO things VALUES (1, 1, 1, 5), (1, 2, NULL, 6), (2, 1, 1, 7)');
  await fillLongKeys(pool);
  panel = await startPanel(database, [
    { table: 'things', can: { list: true, show: true }, columns: { wage: { read: ['admin'] } } },
    ...LONG_KEYS,
    {
      table: 'owners',
      can: { list: ['admin', 'employee'], show: true, delete: ['admin'] },
      documents: [
        { name: 'names', label: 'Names', can: true, render: async (_caller, ids) => ids.join(' ') },
      ],
    },
  ]);
});

afterAll(async () => {
  await panel?.stop();
  await database?.drop();
});

const read = (role: 'employee' | 'supervisor' | 'admin', table: string, ids: string) =>
  panel.as(role).get(`/resources/${table}/actions/rows?ids=${ids}`);

test('rows come by their ids, in that order, with the titles of what they point at; missing ones are left out', async () => {
  const { records } = (await read('admin', 'things', '2~1,9~9,1~1,,nonsense')).body;
  expect(records?.map(({ id, params, populated }) => [id, params.wage, populated.owner_id?.title])).toEqual([
    ['2~1', 7, 'Zorblax'],
    ['1~1', 5, 'Zorblax'],
  ]);
});

test('a role gets the columns that it may read, of the tables that it may list', async () => {
  const { records } = (await read('employee', 'things', '1~2')).body;
  expect(records?.map(({ params }) => params)).toEqual([{ shelf: 1, place: 2, owner_id: null }]);
  const { body } = await read('supervisor', 'owners', '1');
  expect(body.records ?? []).toEqual([]);
});

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1).join(',');
const printed = (ids: string) =>
  panel.http.request(`/admin/documents/owners/names?ids=${ids}`, { cookie: panel.as('admin').cookie });

test('a paper is printed of each row once, however often it is named', async () => {
  expect(await (await printed('2,1,2,2,1')).text()).toBe('2 1');
  expect(await (await printed('10,'.repeat(2_000).concat('10'))).text()).toBe('10');
});

test('500 rows are taken in one go; of more, a paper, rows and a bulk action say how many can be', async () => {
  expect((await printed(numbers(500))).status).toBe(200);
  const refused = await printed(numbers(501));
  expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('500')]);
  const rows = await read('admin', 'owners', numbers(501));
  expect([rows.body.records ?? [], rows.body.notice?.message]).toEqual([[], expect.stringContaining('500')]);
  const bulk = await panel.as('admin').post(`/resources/owners/bulk/bulkDelete?recordIds=${numbers(501)}`);
  expect([bulk.status, bulk.body.message]).toEqual([400, expect.stringContaining('500')]);
});

test('a row that a bulk action names twice is taken once', async () => {
  await database.pool.query("INSERT INTO owners VALUES (7, 'Mork')");
  const { body } = await panel.as('admin').post('/resources/owners/bulk/bulkDelete?recordIds=7,7,7');
  expect(body.notice).toEqual({ message: '1 deleted', type: 'success' });
});

describe.each(['codes', 'shelves'])('100 rows of %s, whose keys are long texts,', (table) => {
  const client = () => panel.as('admin');
  const findIds = async (perPage = 100) => {
    const { body } = await client().get(`/resources/${table}/actions/list?perPage=${perPage}`);
    return body.records?.map(({ id }) => id) ?? [];
  };

  test('are taken in one step, the rows named in its form or in JSON', async () => {
    const recordIds = (await findIds()).join(',');
    expect(recordIds.length).toBeGreaterThan(9_100);
    const path = `/resources/${table}/bulk/count_letters`;
    const { status, body } = await client().post(path, { recordIds, mode: 'run' });
    expect([status, body.results?.map(({ id }) => id).join(',')]).toEqual([200, recordIds]);
    const answer = await panel.http.request(`/admin/api${path}?recordIds=1`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ recordIds, mode: 'preview' }),
      cookie: client().cookie,
    });
    expect((await answer.json()).results).toHaveLength(100);
  });

  test('are read again', async () => {
    const ids = await findIds();
    const { body } = await client().post(`/resources/${table}/actions/rows`, { ids: ids.join(',') });
    expect(body.records?.map(({ id }) => id)).toEqual(ids);
  });

  test('are printed together', async () => {
    const ids = (await findIds()).join(',');
    const ask = (headers: Record<string, string>) =>
      panel.http.request(`/admin/documents/${table}/labels`, {
        method: 'POST',
        body: new URLSearchParams({ ids }),
        cookie: client().cookie,
        headers,
      });
    expect(await (await ask({ Origin: panel.http.origin })).text()).toBe(NO_ICON + ids.replaceAll(',', '\n'));
    expect((await ask({ Origin: 'https://elsewhere.example' })).status).toBe(403);
  });

  test('are deleted together, and of more than 500 none, in words', async () => {
    const before = await findIds(500);
    const path = `/resources/${table}/bulk/bulkDelete`;
    const many = Array.from({ length: 501 }, (_, index) => `${index}`).join(',');
    const refused = await client().post(path, { recordIds: many });
    expect([refused.status, refused.body.message]).toEqual([400, expect.stringContaining('up to 500')]);
    const ids = await findIds();
    const { body } = await client().post(path, { recordIds: ids.join(',') });
    expect(body.notice).toEqual({ message: '100 deleted', type: 'success' });
    expect(await findIds(500)).toEqual(before.filter((id) => !ids.includes(id)));
  });

  test('are told shortly in the log where all are refused', async () => {
    const recordIds = (await findIds(500)).join(',').repeat(3);
    await panel.as('employee').post(`/resources/${table}/bulk/bulkDelete`, { recordIds });
    const told = () =>
      panel.http
        .log()
        .split('\n')
        .findLast((line) => line.includes('"forbidden"')) ?? '';
    await expect.poll(told).toContain(recordIds.slice(0, 300));
    expect(told().length).toBeLessThan(2_000);
  });
});

test('a bulk action without rows, and with one that is none, is answered in words', async () => {
  for (const recordIds of ['', 'nonsense', ',']) {
    const answer = await panel.as('admin').post('/resources/codes/bulk/bulkDelete', { recordIds });
    expect([answer.status, answer.body.message]).toEqual([404, expect.any(String)]);
  }
});
