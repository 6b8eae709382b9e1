import { expect, test } from 'vitest';
import { checkResources } from '../../../src/resources/check.ts';
import type { ResourceConfig } from '../../../src/resources/define.ts';
import { buildTable, FILMS } from './build-table.ts';

const TABLES = [FILMS, buildTable('studios', []), buildTable('panel_accounts', [])];

const check = (parts: Partial<ResourceConfig>) =>
  checkResources([{ file: 'resources/films.ts', config: { table: 'films', ...parts } }], TABLES);

const told = (parts: Partial<ResourceConfig>) =>
  check(parts).map(({ code, message, fix }) => [code, message, fix]);

test('a config that fits the schema has no problem', () => {
  const config: ResourceConfig = {
    table: 'films',
    icon: 'Film',
    title: 'title',
    list: {
      columns: ['title', 'status', 'plot', 'upload_token'],
      sort: { column: 'price', direction: 'desc' },
      filters: ['on_sale'],
    },
    show: ['poster', 'credits', 'available'],
    form: ['title', 'credits'],
    columns: {
      status: { tones: { sold_out: 'danger' }, labels: { 'PG-13': 'Teens' } },
      on_sale: { labels: { true: 'Sale', false: 'Full price' }, format: 'badge' },
      title: { labels: { anything: 'goes' } },
      price: { format: 'money' },
      upload_token: { read: ['admin'] },
      available: { write: false },
    },
    constraints: { PRIMARY: 'a', films_title: 'b', films_studio: 'c', films_price: 'd' },
  };
  expect(check(config)).toEqual([]);
});

test('an unknown table is told with the nearest one, and never with one of the panel', () => {
  expect(told({ table: 'film' })).toEqual([
    ['unknown_table', "table: there is no table 'film'", "Did you mean 'films'?"],
  ]);
  expect(told({ table: 'panel_account' })[0]?.[0]).toBe('panel_table');
  expect(told({ table: 'accounts' })[0]?.[2]).toBe('Use one of: films, studios.');
});

test('the tables of the panel are no resources', () => {
  expect(told({ table: 'panel_accounts' })).toEqual([
    ['panel_table', "table: 'panel_accounts' is a table of the panel itself", expect.any(String)],
  ]);
});

test.each([
  ['title', { title: 'titel' }],
  ['list.columns[1]', { list: { columns: ['price', 'titel'] } }],
  ['list.sort.column', { list: { sort: { column: 'titel', direction: 'asc' } } }],
  ['list.filters[0]', { list: { filters: ['titel'] } }],
  ['show[0]', { show: ['titel'] }],
  ['form[0]', { form: ['titel'] }],
  ['columns.titel', { columns: { titel: { label: 'Title' } } }],
] as const)('an unknown column at %s is told with the nearest one', (place, parts) => {
  expect(check(parts)).toEqual([
    {
      code: 'unknown_column',
      where: 'resources/films.ts',
      message: `${place}: there is no column 'titel' in table films`,
      fix: "Did you mean 'title'?",
    },
  ]);
});

test.each([
  [{ icon: 'film' }, 'unknown_icon', "icon: there is no icon 'film'", /Did you mean 'Film'\?/],
  [{ form: ['available'] }, 'not_writable', "form[0]: 'available' is computed by the database", /'show'/],
  [
    { columns: { available: { write: ['admin'] } } },
    'not_writable',
    "columns.available.write: 'available' is not written by forms",
    /Remove/,
  ],
  [
    { list: { filters: ['credits'] } },
    'not_filterable',
    "list.filters[0]: 'credits' (json) cannot be filtered",
    /./,
  ],
  [
    { list: { sort: { column: 'poster', direction: 'asc' } } },
    'not_sortable',
    "list.sort.column: 'poster' (blob) has no order",
    /./,
  ],
  [{ show: ['title', 'price', 'title'] }, 'repeated_column', "show[2]: 'title' is named twice", /Remove/],
  [
    { columns: { status: { labels: { sold: 'Sold' } } } },
    'unknown_value',
    "columns.status.labels.sold: there is no value 'sold' in column status",
    /in_stock, sold_out, PG-13/,
  ],
  [
    { columns: { status: { tones: { sold_uot: 'danger' } } } },
    'unknown_value',
    "columns.status.tones.sold_uot: there is no value 'sold_uot' in column status",
    /'sold_out'/,
  ],
  [
    { columns: { on_sale: { tones: { yes: 'info' } } } },
    'unknown_value',
    "columns.on_sale.tones.yes: there is no value 'yes' in column on_sale",
    /true, false/,
  ],
  [
    { columns: { title: { format: 'money' } } },
    'wrong_format',
    "columns.title.format: 'money' does not fit title, which is varchar(100)",
    /integer, decimal/,
  ],
  [
    { columns: { title: { format: 'boolean' } } },
    'wrong_format',
    "columns.title.format: 'boolean' does not fit title, which is varchar(100)",
    /boolean, integer/,
  ],
  [
    { constraints: { films_titel: 'Taken' } },
    'unknown_constraint',
    "constraints.films_titel: there is no constraint 'films_titel' on table films",
    /'films_title'/,
  ],
  [
    { list: { columns: ['upload_token'] } },
    'secret_column',
    "list.columns[0]: 'upload_token' looks like a secret, so nobody sees it",
    /columns\.upload_token\.read/,
  ],
] as const)('what the schema does not allow is told: %j', (parts, code, message, fix) => {
  expect(told(parts)).toEqual([[code, message, expect.stringMatching(fix)]]);
});

test('a secret may be written by those a config names without being shown', () => {
  expect(check({ form: ['upload_token'], columns: { upload_token: { write: ['admin'] } } })).toEqual([]);
  expect(told({ form: ['upload_token'] })).toEqual([
    ['secret_column', expect.any(String), expect.any(String)],
  ]);
});

test('two files for one table are told of each other', () => {
  const config = { table: 'films' };
  const problems = checkResources(
    [
      { file: 'resources/films.ts', config },
      { file: 'resources/movies.ts', config },
    ],
    TABLES,
  );
  expect(problems.map(({ code, where, message }) => [code, where, message])).toEqual([
    ['duplicate_table', 'resources/films.ts', "table: 'films' is shaped by resources/movies.ts as well"],
    ['duplicate_table', 'resources/movies.ts', "table: 'films' is shaped by resources/films.ts as well"],
  ]);
});

test('all problems of a file are told at once', () => {
  const codes = check({
    title: 'a1',
    icon: 'b2',
    form: ['available'],
    columns: { zzz: {} },
    constraints: { nope: 'x' },
  }).map(({ code }) => code);
  expect(codes.sort()).toEqual([
    'not_writable',
    'unknown_column',
    'unknown_column',
    'unknown_constraint',
    'unknown_icon',
  ]);
});
