import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordActivity } from '../../../src/database/activity.ts';
import { introspect } from '../../../src/database/introspect.ts';
import type { RowDataPacket } from '../../../src/database/pool.ts';
import { quoting, refuse } from '../../../src/errors.ts';
import { createPanelContext } from '../../../src/panel/create-context.ts';
import { createRoleSight } from '../../../src/panel/role-sight.ts';
import type { Role } from '../../../src/resources/define.ts';
import type { PanelContext } from '../../../src/resources/panel-context.ts';
import { resolveResources } from '../../../src/resources/resolve.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
const contexts = new Map<Role, PanelContext>();
const as = (role: Role) => contexts.get(role) as PanelContext;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'panel' });
  const { pool } = database;
  await pool.query('CREATE TABLE crews (id INT PRIMARY KEY, name VARCHAR(40), motto VARCHAR(40))');
  await pool.query(
    `CREATE TABLE ships (id INT PRIMARY KEY, name VARCHAR(40), crew_id INT NULL, cargo INT NOT NULL, armed BOOLEAN NOT NULL,
       FOREIGN KEY (crew_id) REFERENCES crews (id))`,
  );
  await pool.query('CREATE TABLE codes (id INT PRIMARY KEY, code INT NOT NULL)');
  await pool.query("INSERT INTO crews VALUES (1, 'Orks', 'On'), (2, 'Gax', NULL)");
  await pool.query(
    "INSERT INTO ships VALUES (1, 'Ada', 1, 30, 1), (2, 'Bea', 1, 20, 0), (3, 'Cyd', 2, 10, 0), (4, 'Dot', NULL, 40, 1)",
  );
  await pool.query('INSERT INTO codes VALUES (1, 777)');
  const resources = resolveResources(await introspect(pool), [
    { table: 'crews', columns: { name: { read: ['admin'] } } },
    { table: 'ships', columns: { cargo: { read: ['admin'] }, crew_id: { read: ['admin', 'supervisor'] } } },
    { table: 'codes', can: { list: ['admin'] } },
  ]);
  for (const role of ['employee', 'supervisor', 'admin'] as const) {
    const actor = { id: 1, name: role, role };
    contexts.set(role, createPanelContext(pool, createRoleSight(resources, role), actor));
  }
});

afterAll(() => database.drop());

const findShips = async (role: Role, search: Parameters<ReturnType<PanelContext['rows']>['find']>[0]) =>
  (await as(role).rows('ships').find(search)).map(({ title }) => title).join(' ');

test('rows have the columns that the role may read, and titles that say no more', async () => {
  expect(await as('admin').rows('ships').byIds([3, '1', 9, 3])).toEqual([
    { id: '3', title: 'Cyd', values: { id: 3, name: 'Cyd', crew_id: 2, cargo: 10, armed: false } },
    { id: '1', title: 'Ada', values: { id: 1, name: 'Ada', crew_id: 1, cargo: 30, armed: true } },
  ]);
  expect(await as('employee').rows('ships').byIds([3])).toEqual([
    { id: '3', title: 'Cyd', values: { id: 3, name: 'Cyd', armed: false } },
  ]);
  expect(await as('employee').rows('crews').byIds([1])).toEqual([
    { id: '1', title: 'Crew 1', values: { id: 1, motto: 'On' } },
  ]);
});

test('rows are found by values, by none, in an order, and no more than asked for', async () => {
  expect(await findShips('admin', { where: { crew_id: 1 } })).toBe('Ada Bea');
  expect(await findShips('admin', { where: { crew_id: [1, 2], armed: false } })).toBe('Bea Cyd');
  expect(await findShips('admin', { where: { crew_id: null } })).toBe('Dot');
  expect(await findShips('admin', { where: { crew_id: [] } })).toBe('');
  expect(await findShips('admin', { where: { crew_id: 'no number' } })).toBe('');
  expect(await findShips('admin', { sort: { column: 'cargo', direction: 'desc' }, limit: 2 })).toBe(
    'Dot Ada',
  );
});

test('what may not be read neither finds nor sorts rows, and a closed table has none', async () => {
  expect(await findShips('employee', { where: { cargo: 30 } })).toBe('');
  expect(await findShips('employee', { where: { crew_id: null } })).toBe('');
  expect(await findShips('employee', { sort: { column: 'cargo', direction: 'desc' } })).toBe(
    'Ada Bea Cyd Dot',
  );
  expect(await as('employee').rows('codes').find({})).toEqual([]);
  expect(await as('employee').rows('codes').byIds([1])).toEqual([]);
  expect(await as('admin').rows('codes').find({})).toHaveLength(1);
});

test('figures are those of tables and columns that the role sees, else null', async () => {
  const sum = (role: Role, sql: string) =>
    as(role).figure(async (db) => Number((await db.query<RowDataPacket[]>(sql))[0][0]?.sum));
  expect(await sum('admin', 'SELECT SUM(cargo) AS sum FROM ships')).toBe(100);
  expect(await sum('employee', 'SELECT SUM(cargo) AS sum FROM ships')).toBeNull();
  expect(await sum('employee', 'SELECT SUM(armed) AS sum FROM ships')).toBe(2);
  expect(await sum('employee', 'SELECT SUM(code) AS sum FROM codes')).toBeNull();
  await expect(sum('admin', 'DELETE FROM ships')).rejects.toThrow('only one SELECT');
  await expect(sum('admin', 'SELECT COUNT(*) AS sum FROM panel_accounts')).rejects.toThrow('no table');
});

test('activity tells the facts asked for and the columns, each to those who may read it', async () => {
  const details = {
    before: { name: 'Ad', cargo: 1 },
    after: { name: 'Ada', cargo: 30 },
    weight: 30,
    pilot: 'Zix',
    secret: 'x',
  };
  const activity = { action: 'ship_loaded', table: 'ships', recordId: '1', details };
  await recordActivity(database.pool, { id: 7, name: 'Zix', role: 'employee' }, activity);
  const facts = { weight: ['ships.cargo'], pilot: [] };
  const read = async (role: Role) => (await as(role).activity('ships', { ids: [1], facts }))[0];
  const { secret: _secret, ...told } = details;
  expect(await read('admin')).toMatchObject({ action: 'ship_loaded', recordId: '1', actor: { name: 'Zix' } });
  expect((await read('admin'))?.details).toEqual(told);
  expect((await read('employee'))?.details).toEqual({
    before: { name: 'Ad' },
    after: { name: 'Ada' },
    pilot: 'Zix',
  });
  expect(await as('employee').activity('codes', { newest: 5 })).toEqual([]);
});

test('a refusal that quotes what may not be read says so plainly, at any depth', async () => {
  const refusal = quoting(
    refuse('too_heavy', 'It carries 30 already.', { cargo: 'is 30' }),
    ['ships.cargo'],
    'It is full.',
  );
  const work = async () => ({ ok: true as const, results: [{ orderId: 4, ...refusal }] });
  expect(await as('admin').run(async () => refusal, undefined)).toEqual({
    ok: false,
    code: 'too_heavy',
    message: 'It carries 30 already.',
    fields: { cargo: 'is 30' },
  });
  const done = { ok: true as const, at: new Date(0), count: 2 };
  expect(await as('employee').run(async () => done, undefined)).toEqual(done);
  const plain = { ok: false, code: 'too_heavy', message: 'It is full.' };
  expect(await as('employee').run(async () => refusal, undefined)).toEqual(plain);
  expect(await as('employee').run(work, undefined)).toEqual({
    ok: true,
    results: [{ orderId: 4, ...plain }],
  });
});
