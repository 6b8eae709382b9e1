import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { quoteIdentifier } from '../../../src/database/identifier.ts';
import { createEditForm, createNewForm, type FormValues } from '../../../src/ui/form/form-values.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createOddTable, ODD_NAMES } from '../../support/odd-names.ts';
import { type PanelAnswer, type PanelClient, startPanel, type TestPanel } from '../../support/panel.ts';

// Case 5.5: what a name may be is MySQL's to say alone.
const KEYS = ['__proto__', 'constructor', ' b', 'a.', 'a.0', '1e3', '0', 'a"b', '(', 'a/b', '__was'];
const keyTable = (index: number) => `keyed_${index}`;

let database: TestDatabase;
let panel: TestPanel;
let admin: PanelClient;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'panel' });
  const { pool } = database;
  await pool.query(createOddTable('odd', quoteIdentifier));
  await pool.query('CREATE TABLE plain (id INT PRIMARY KEY, title VARCHAR(20))');
  await pool.query("INSERT INTO plain VALUES (1, 'as ever')");
  for (const [index, name] of KEYS.entries()) {
    const key = quoteIdentifier(name);
    await pool.query(
      `CREATE TABLE ${keyTable(index)} (${key} VARCHAR(20) PRIMARY KEY, note VARCHAR(20), parent VARCHAR(20),
         FOREIGN KEY (parent) REFERENCES ${keyTable(index)} (${key}))`,
    );
    await pool.query(
      `INSERT INTO ${keyTable(index)} VALUES ('one', 'first', NULL), ('two', 'second', 'one')`,
    );
  }
  const columns = [...ODD_NAMES];
  panel = await startPanel(database, [
    {
      table: 'odd',
      can: { list: true, show: true, create: true, edit: true },
      list: { columns, filters: columns },
    },
  ]);
  admin = panel.as('admin');
});

afterAll(async () => {
  await panel?.stop();
  await database?.drop();
});

/** A value of each column, told apart by its number. */
const valuesOf = (prefix: string): Record<string, string> =>
  Object.fromEntries(ODD_NAMES.map((name, index) => [name, `${prefix} ${index}`]));

const post = async (path: string, body: FormData): Promise<PanelAnswer> => {
  const response = await panel.http.request(`/admin/api${path}`, {
    method: 'POST',
    body,
    cookie: admin.cookie,
  });
  return { status: response.status, body: await response.json() };
};

async function add(values: FormValues): Promise<string> {
  const { body } = await post('/resources/odd/actions/new', createNewForm(values, {}));
  expect(body.notice, JSON.stringify(body.record?.errors)).toMatchObject({ type: 'success' });
  return body.record?.id ?? '';
}

/** The row as it lies in the database, by column. */
async function held(id: string): Promise<Record<string, unknown>> {
  const selected = ODD_NAMES.map((name, index) => `${quoteIdentifier(name)} AS value${index}`);
  const [rows] = await database.pool.query(`SELECT ${selected.join(', ')} FROM odd WHERE number = ?`, [id]);
  const [row] = rows as Record<string, unknown>[];
  return Object.fromEntries(ODD_NAMES.map((name, index) => [name, row?.[`value${index}`]]));
}

const pick = (params: object | undefined) =>
  new Map(Object.entries(params ?? {}).filter(([name]) => name !== 'number'));
const mapOf = (values: object) => new Map(Object.entries(values));

test.each(['list', 'show', 'edit', 'filter'])('every column is a property of the %s', async (place) => {
  const page = await (await panel.http.request('/admin/resources/odd', { cookie: admin.cookie })).text();
  const [, state = '{}'] = /window\.REDUX_STATE = (.*);\n/.exec(page) ?? [];
  const { resources } = JSON.parse(state) as {
    resources: { id: string; [place: string]: { name: string; propertyPath: string }[] | string }[];
  };
  const odd = resources.find(({ id }) => id === 'odd');
  const properties = odd?.[`${place}Properties`] as { name: string; propertyPath: string }[];
  const told = properties.filter(({ name }) => name !== 'number');
  expect(told.map(({ name }) => name)).toEqual([...ODD_NAMES]);
  expect(told.map(({ propertyPath }) => propertyPath)).toEqual([...ODD_NAMES]);
});

test('a row is added, listed, shown and read by its id with every value where it belongs', async () => {
  const values = valuesOf('added');
  const id = await add(values);
  expect(mapOf(await held(id))).toEqual(mapOf(values));
  const { body: shown } = await admin.get(`/resources/odd/records/${id}/show`);
  expect(pick(shown.record?.params)).toEqual(mapOf(values));
  const { body: listed } = await admin.get('/resources/odd/actions/list?sortBy=number&direction=desc');
  expect(pick(listed.records?.[0]?.params)).toEqual(mapOf(values));
  const { body: read } = await admin.get(`/resources/odd/actions/rows?ids=${id}`);
  expect(pick(read.records?.[0]?.params)).toEqual(mapOf(values));
});

test('an edit of one column changes that one alone, and is refused where another has changed it', async () => {
  const id = await add(valuesOf('before'));
  const expected = mapOf(valuesOf('before'));
  for (const [index, name] of ODD_NAMES.entries()) {
    const path = `/resources/odd/records/${id}/edit`;
    const read = Object.fromEntries(expected);
    const form = createEditForm(Object.fromEntries([[name, `after ${index}`]]), read, [name]);
    const { body } = await post(path, form);
    expect(body.notice, name).toMatchObject({ type: 'success' });
    expected.set(name, `after ${index}`);
    expect(pick(body.record?.params), name).toEqual(expected);
    const stale = await post(path, createEditForm(Object.fromEntries([[name, 'late']]), read, [name]));
    expect(stale.body.code, name).toBe('stale');
    expect(mapOf(stale.body.record?.errors ?? {}).get(name), name).toMatchObject({ type: 'stale' });
  }
  expect(mapOf(await held(id))).toEqual(expected);
});

test('rows are filtered and sorted by every column', async () => {
  const [first, second] = [await add(valuesOf('kept a')), await add(valuesOf('kept b'))];
  for (const [index, name] of ODD_NAMES.entries()) {
    const query = new URLSearchParams({ [`filters.${name}`]: 'kept', sortBy: name });
    const ids = async () =>
      (await admin.get(`/resources/odd/actions/list?${query}&direction=desc`)).body.records?.map(
        ({ id }) => id,
      );
    expect(await ids(), name).toEqual([second, first]);
    query.set(`filters.${name}`, `kept a ${index}`);
    expect(await ids(), name).toEqual([first]);
  }
});

describe.each(KEYS.map((name, index) => ({ name, table: keyTable(index) })))(
  'a key called $name',
  ({ table, name }) => {
    const list = async (query: string) => (await admin.get(`/resources/${table}/actions/list?${query}`)).body;

    test('tells rows apart in lists, pages, walks and searches', async () => {
      const { records, meta } = await list('perPage=1');
      expect(records?.map(({ id, params }) => [id, mapOf(params).get(name)])).toEqual([['one', 'one']]);
      expect((await list(`perPage=1&after=${meta?.last}`)).records?.map(({ id }) => id)).toEqual(['two']);
      expect((await list('perPage=1&page=2&sortBy=note')).records?.map(({ id }) => id)).toEqual(['two']);
      expect((await list('q=two')).records?.map(({ id }) => id)).toEqual(['two']);
      const { record } = (await admin.get(`/resources/${table}/records/two/show`)).body;
      expect(record?.params.note).toBe('second');
      expect(record?.populated.parent).toMatchObject({ id: 'one' });
    });

    test('is given to a new row, changed and deleted', async () => {
      const created = await post(
        `/resources/${table}/actions/new`,
        createNewForm({ ...mapped('three') }, {}),
      );
      expect(created.body.record?.id).toBe('three');
      const form = createEditForm(mapped('four'), mapped('three'), [name]);
      const edited = await post(`/resources/${table}/records/three/edit`, form);
      expect(edited.body.record?.id).toBe('four');
      await admin.post(`/resources/${table}/records/four/delete`);
      expect((await list('sortBy=note')).records?.map(({ id }) => id)).toEqual(['one', 'two']);
    });

    const mapped = (value: string) => Object.fromEntries([[name, value]]);
  },
);

test('another table is as ever', async () => {
  const { body } = await admin.get('/resources/plain/actions/list');
  expect(body.records?.map(({ params }) => params)).toEqual([{ id: 1, title: 'as ever' }]);
  expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('b');
});
