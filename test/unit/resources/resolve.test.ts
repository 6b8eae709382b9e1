import { expect, test } from 'vitest';
import { type ResourceConfig, ROLES } from '../../../src/resources/define.ts';
import { resolveResources } from '../../../src/resources/resolve.ts';
import { buildColumn, buildTable, buildText, FILMS } from './build-table.ts';

function resolve(table = FILMS, config?: Omit<ResourceConfig, 'table'>) {
  const [resource] = resolveResources([table], config ? [{ table: table.name, ...config }] : []);
  if (!resource) throw new Error('nothing was resolved');
  return resource;
}

const readersOf = (resource: ReturnType<typeof resolve>, name: string) =>
  resource.columns.get(name)?.readableBy;
const writersOf = (resource: ReturnType<typeof resolve>, name: string) =>
  resource.columns.get(name)?.writableBy;

test('a table without a file gets a whole screen', () => {
  expect(resolve()).toMatchObject({
    label: 'Films',
    singular: 'film',
    navigation: { group: 'Tables', position: 1000 },
    icon: 'Film',
    titleColumn: 'title',
    listColumns: ['title', 'status', 'price', 'available', 'on_sale', 'studio_id'],
    formColumns: ['title', 'status', 'price', 'on_sale', 'studio_id', 'poster', 'credits', 'plot'],
    filterColumns: ['id', 'title', 'status', 'price', 'available', 'on_sale', 'studio_id', 'plot'],
    sort: { column: 'id', direction: 'desc' },
    constraints: {},
  });
  expect(resolve().showColumns).toEqual(
    FILMS.columns.map(({ name }) => name).filter((name) => name !== 'upload_token'),
  );
});

test('columns get labels, words for their values and formats', () => {
  const { columns } = resolve();
  expect([...columns.values()].map(({ label }) => label)).toEqual([
    'ID',
    'Title',
    'Status',
    'Price',
    'Available',
    'On sale',
    'Studio',
    'Poster',
    'Credits',
    'Plot',
    'Upload token',
  ]);
  expect(columns.get('status')?.labels).toEqual({ in_stock: 'In stock', sold_out: 'Sold out' });
  expect(columns.get('price')).toMatchObject({ format: 'money', help: null, tones: {} });
});

test('two columns are never called the same', () => {
  const table = buildTable('t', [buildText('movie'), buildColumn('movie_id'), buildColumn('other_id')]);
  expect([...resolve(table).columns.values()].map(({ label }) => label)).toEqual([
    'ID',
    'Movie',
    'Movie ID',
    'Other',
  ]);
});

test('a column comment helps until the config says better', () => {
  const table = buildTable('t', [buildText('name', { comment: 'From the register' })]);
  expect(resolve(table).columns.get('name')?.help).toBe('From the register');
  expect(resolve(table, { columns: { name: { help: 'Mine' } } }).columns.get('name')?.help).toBe('Mine');
});

test.each([
  ['a well-known name', [buildText('code'), buildText('name')], {}, 'name'],
  ['an end such as _name', [buildText('city'), buildText('first_name')], {}, 'first_name'],
  [
    'the unique text',
    [buildText('planet'), buildText('serial')],
    { uniqueKeys: [{ name: 'u', columns: ['serial'] }] },
    'serial',
  ],
  ['the first short text', [buildText('essay', { maxLength: 4000 }), buildText('planet')], {}, 'planet'],
  ['no optional text', [buildText('remark', { nullable: true })], {}, null],
  ['no secret', [buildText('password')], {}, null],
  [
    'no reference',
    [buildText('country')],
    {
      foreignKeys: [
        {
          name: 'f',
          columns: ['country'],
          referencedTable: 'countries',
          referencedColumns: ['code'],
          onDelete: 'refuse',
          onUpdate: 'refuse',
        },
      ],
    },
    null,
  ],
  ['nothing', [buildColumn('amount')], {}, null],
  [
    'what a key of references refers to',
    [buildText('part'), buildColumn('film_id')],
    {
      key: ['film_id', 'part'],
      foreignKeys: [
        {
          name: 'f',
          columns: ['film_id'],
          referencedTable: 'films',
          referencedColumns: ['id'],
          onDelete: 'refuse',
          onUpdate: 'refuse',
        },
      ],
    },
    null,
  ],
] as const)('the title is guessed: %s', (_rule, columns, parts, title) => {
  expect(resolve(buildTable('things', columns, parts)).titleColumn).toBe(title);
});

test('a config may say that the key stands for the row', () => {
  expect(resolve(FILMS, { title: false }).titleColumn).toBeNull();
  expect(resolve(FILMS, { title: false }).listColumns[0]).toBe('id');
});

test('a list without a title starts with the key and holds eight columns at most', () => {
  const numbers = Array.from({ length: 12 }, (_, index) => buildColumn(`n${index}`));
  const table = buildTable('t', numbers, {
    columns: [...numbers],
    key: ['n5', 'n2'],
    indexedColumns: ['n5'],
  });
  expect(resolve(table).listColumns).toEqual(['n5', 'n2', 'n0', 'n1', 'n3', 'n4', 'n6', 'n7']);
  expect(resolve(table).sort).toEqual({ column: 'n5', direction: 'asc' });
});

test('a table without a counter is sorted by its title where an index helps', () => {
  const columns = [buildText('code'), buildText('name')];
  const table = (indexedColumns: string[]) => buildTable('t', [], { columns, key: ['code'], indexedColumns });
  expect(resolve(table(['code', 'name'])).sort).toEqual({ column: 'name', direction: 'asc' });
  expect(resolve(table(['code'])).sort).toEqual({ column: 'code', direction: 'asc' });
});

test('without a file everybody looks and admins do all', () => {
  expect(resolve().allowed).toEqual({
    list: ROLES,
    show: ROLES,
    create: ['admin'],
    edit: ['admin'],
    delete: ['admin'],
  });
  expect(resolve(FILMS, { label: 'Pictures' }).allowed).toEqual(resolve().allowed);
});

test('where permissions are given, what is not named is denied', () => {
  expect(resolve(FILMS, { can: { list: true, edit: ['admin', 'employee'], delete: false } }).allowed).toEqual(
    {
      list: ROLES,
      show: [],
      create: [],
      edit: ['employee', 'admin'],
      delete: [],
    },
  );
});

test.each([
  ['a view', { kind: 'view' }],
  ['a table without a key', { key: [] }],
] as const)('%s can only be listed, whatever the config says', (_name, parts) => {
  const table = buildTable('films', [buildText('title')], parts);
  const everything = { list: true, show: true, create: true, edit: true, delete: true };
  expect(resolve(table, { can: everything }).allowed).toEqual({
    list: ROLES,
    show: [],
    create: [],
    edit: [],
    delete: [],
  });
});

test('a secret is seen and set by nobody until the config says so', () => {
  const hidden = resolve();
  expect(readersOf(hidden, 'upload_token')).toEqual([]);
  expect(writersOf(hidden, 'upload_token')).toEqual([]);
  const shown = resolve(FILMS, { columns: { upload_token: { read: ['admin'] } } });
  expect(readersOf(shown, 'upload_token')).toEqual(['admin']);
  expect(writersOf(shown, 'upload_token')).toEqual(['admin']);
  const written = resolve(FILMS, { columns: { upload_token: { write: ['admin'] } } });
  expect(readersOf(written, 'upload_token')).toEqual([]);
  expect(writersOf(written, 'upload_token')).toEqual(['admin']);
});

test('a secret key closes the table to those who may not read it, as addresses hold keys', () => {
  const table = buildTable('sessions', [buildText('user')], {
    columns: [buildText('token'), buildText('user')],
    key: ['token'],
  });
  expect(Object.values(resolve(table).allowed).flat()).toEqual([]);
  const opened = resolve(table, { columns: { token: { read: ['admin'] } } });
  expect(opened.allowed).toMatchObject({ list: ['admin'], show: ['admin'], edit: ['admin'] });
});

test('nobody sees more columns than rows, or sets more than they may write', () => {
  const resource = resolve(FILMS, {
    can: { list: ['supervisor'], create: ['admin'], edit: ['supervisor'] },
    columns: { price: { read: ['employee', 'supervisor'], write: true } },
  });
  expect(readersOf(resource, 'title')).toEqual(['supervisor']);
  expect(writersOf(resource, 'title')).toEqual(['supervisor', 'admin']);
  expect(readersOf(resource, 'price')).toEqual(['supervisor']);
  expect(writersOf(resource, 'price')).toEqual(['supervisor', 'admin']);
});

test('who may not see a column may not set it either, unless told', () => {
  const resource = resolve(FILMS, {
    can: { list: true, edit: true },
    columns: { price: { read: ['supervisor', 'admin'] }, title: { read: ['admin'], write: ['employee'] } },
  });
  expect(writersOf(resource, 'price')).toEqual(['supervisor', 'admin']);
  expect(writersOf(resource, 'title')).toEqual(['employee']);
});

test('what stands in no form is written by nobody', () => {
  const resource = resolve(FILMS, {
    can: { edit: true },
    form: ['title'],
    columns: { price: { write: true } },
  });
  expect(writersOf(resource, 'title')).toEqual(ROLES);
  expect(writersOf(resource, 'price')).toEqual([]);
  expect(writersOf(resource, 'available')).toEqual([]);
});

test('a config outdoes every guess', () => {
  const config: ResourceConfig = {
    table: 'films',
    label: 'Pictures',
    singular: 'picture',
    navigation: { group: 'Catalogue' },
    icon: 'Tv',
    title: 'plot',
    list: { columns: ['price'], sort: { column: 'price', direction: 'asc' }, filters: ['id'] },
    show: ['id'],
    form: ['plot'],
    columns: {
      status: { label: 'State', format: 'text', labels: { sold_out: 'Gone' }, tones: { sold_out: 'danger' } },
    },
    constraints: { films_title: 'There is one already.' },
  };
  expect(resolveResources([FILMS], [config])[0]).toMatchObject({
    label: 'Pictures',
    singular: 'picture',
    navigation: { group: 'Catalogue', position: 1000 },
    icon: 'Tv',
    titleColumn: 'plot',
    listColumns: ['price'],
    sort: { column: 'price', direction: 'asc' },
    filterColumns: ['id'],
    showColumns: ['id'],
    formColumns: ['plot'],
    constraints: { films_title: 'There is one already' },
  });
  expect(resolve(FILMS, config).columns.get('status')).toMatchObject({
    label: 'State',
    format: 'text',
    labels: { in_stock: 'In stock', sold_out: 'Gone' },
    tones: { sold_out: 'danger' },
  });
});

test('the order is that of the navigation, and the tables of the panel stay out', () => {
  const tables = ['panel_accounts', 'zebras', 'yaks', 'apes', 'cats', 'dogs'].map((name) =>
    buildTable(name, []),
  );
  const resources = resolveResources(tables, [
    { table: 'cats', navigation: { group: 'Pets', position: 2 } },
    { table: 'dogs', navigation: { group: 'Pets', position: 1 } },
    { table: 'apes', navigation: false },
  ]);
  expect(resources.map(({ table }) => table.name)).toEqual(['dogs', 'cats', 'yaks', 'zebras', 'apes']);
  expect(resources.at(-1)?.navigation).toBeNull();
});

test('what is resolved cannot be changed', () => {
  const resource = resolve(FILMS, { label: 'Films' });
  const parts = [
    resource,
    resource.allowed,
    resource.allowed.list,
    resource.listColumns,
    resource.columns.get('id'),
  ];
  expect(parts.every(Object.isFrozen)).toBe(true);
});
