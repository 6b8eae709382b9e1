import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { introspect } from '../../src/database/introspect.ts';
import { loadResources } from '../../src/resources/load.ts';
import type { Resource } from '../../src/resources/resource.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let resources: Map<string, Resource>;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'all' });
  const loaded = await loadResources('resources', await introspect(database.pool));
  resources = new Map(loaded.map((resource) => [resource.table.name, resource]));
});
afterAll(() => database.drop());

function find(name: string): Resource {
  const resource = resources.get(name);
  if (!resource) throw new Error(`no resource ${name}`);
  return resource;
}

test('every table of the store has a file, and no table of the panel is a screen', async () => {
  const files = await readdir('resources');
  for (const name of resources.keys()) expect(files).toContain(`${name}.ts`);
  expect([...resources.keys()].filter((name) => name.startsWith('panel_'))).toEqual([]);
});

test('the navigation stands in groups', () => {
  const entries = [...resources.values()].flatMap(({ navigation, label }) =>
    navigation ? [`${navigation.group}: ${label}`] : [],
  );
  expect(entries).toEqual([
    'Fulfilment: Orders',
    'Fulfilment: Order lines',
    'Fulfilment: Shipments',
    'Fulfilment: Parcel contents',
    'Catalogue: Movies',
    'Catalogue: Actors',
    'Catalogue: Cast',
    'Catalogue: Stock movements',
    'People: Customers',
    'People: Employees',
  ]);
});

test.each([
  ['movies', 'esa', 'esa', 'sa', 'esa', 'sa'],
  ['actors', 'esa', 'esa', 'esa', 'esa', 'sa'],
  ['performances', 'esa', 'esa', 'esa', 'esa', 'sa'],
  ['stock_movements', 'esa', 'esa', '', '', ''],
  ['customers', 'esa', 'esa', 'esa', 'esa', 'sa'],
  ['employees', 'esa', 'esa', 'a', 'sa', 'a'],
  ['orders', 'esa', 'esa', '', 'sa', 'a'],
  ['order_items', 'esa', 'esa', '', '', ''],
  ['shipments', 'esa', 'esa', '', '', ''],
  ['shipment_items', 'esa', 'esa', '', '', ''],
  ['order_commands', '', '', '', '', ''],
])('who may do what with %s: list %s, show %s, create %s, edit %s, delete %s', (name, ...expected) => {
  const { list, show, create, edit, delete: remove } = find(name).allowed;
  const initials = [list, show, create, edit, remove].map((roles) => roles.map((role) => role[0]).join(''));
  expect(initials).toEqual(expected);
});

test.each([
  ['movies', ['title', 'release_year', 'genre', 'rating', 'runtime_minutes', 'price', 'low_stock_threshold']],
  ['actors', ['name', 'birth_year']],
  ['performances', ['movie_id', 'actor_id', 'role']],
  ['stock_movements', []],
  ['customers', ['name', 'email', 'species', 'planet', 'address']],
  ['employees', ['name', 'email', 'position', 'hired_on', 'active']],
  ['orders', ['customer_id']],
  ['order_items', []],
  ['shipments', []],
  ['shipment_items', []],
  ['order_commands', []],
])('what of %s forms may write at all: figures and states of the order book never', (name, expected) => {
  const written = [...find(name).columns.values()].filter(({ writableBy }) => writableBy.length > 0);
  expect(written.map((column) => column.name).sort()).toEqual([...expected].sort());
});

test('prices are set by those who lead alone', () => {
  expect(find('movies').columns.get('price')?.writableBy).toEqual(['supervisor', 'admin']);
});

test('every form names each column that has no default, so that a new row can be saved', () => {
  for (const { table, allowed, formColumns } of resources.values()) {
    if (allowed.create.length === 0) continue;
    const required = table.columns.filter((column) => !column.hasDefault && !column.generated);
    expect(formColumns).toEqual(expect.arrayContaining(required.map(({ name }) => name)));
  }
});

test('every default sort is one an index gives, and every constraint people meet has a sentence', () => {
  for (const { table, allowed, sort, constraints } of resources.values()) {
    if (allowed.list.length > 0) expect([...table.indexedColumns, null]).toContain(sort?.column ?? null);
    if (allowed.create.length === 0) continue;
    const names = [...table.uniqueKeys, ...table.foreignKeys, ...table.checks].map(({ name }) => name);
    expect(Object.keys(constraints)).toEqual(expect.arrayContaining(names));
  }
});
