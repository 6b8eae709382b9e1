import { expect, test } from 'vitest';
import { decodeResourceConfig } from '../../../src/resources/decode.ts';

const FILE = 'resources/films.ts';

const told = (value: unknown) =>
  decodeResourceConfig(FILE, value).problems.map(({ code, message, fix }) => [code, message, fix]);

test('a config with every setting passes unchanged', () => {
  const config = {
    table: 'films',
    label: 'Films',
    singular: 'film',
    navigation: { group: 'Catalogue', position: 1 },
    icon: 'Film',
    title: 'title',
    list: { columns: ['title'], sort: { column: 'title', direction: 'asc' }, filters: ['title'] },
    show: ['title'],
    form: ['title'],
    can: { list: true, show: ['employee'], create: false, edit: ['admin'], delete: [] },
    columns: {
      title: {
        label: 'Title',
        help: 'Of the film.',
        format: 'text',
        tones: { a: 'info' },
        labels: { a: 'A' },
        read: true,
        write: ['admin'],
      },
    },
    constraints: { films_title: 'There is one already' },
  };
  expect(decodeResourceConfig(FILE, config)).toEqual({ config, problems: [] });
});

test.each([
  ['lable', { lable: 'Films' }, "there is no setting 'lable'", "Did you mean 'label'?"],
  ['list', { list: { colums: [] } }, "list: there is no setting 'colums'", "Did you mean 'columns'?"],
  [
    'sort',
    { list: { sort: { column: 'a', direction: 'asc', dir: 1 } } },
    /^list\.sort: .*'dir'/,
    /direction/,
  ],
  ['column', { columns: { title: { labl: 'T' } } }, /^columns\.title: .*'labl'/, "Did you mean 'label'?"],
  [
    'group',
    { navigation: { group: 'A', positon: 2 } },
    /^navigation: .*'positon'/,
    "Did you mean 'position'?",
  ],
  [
    'permission',
    { can: { update: true } },
    /^can: .*'update'/,
    'Use one of: list, show, create, edit, delete.',
  ],
])('an unknown key is told with its place: %s', (_name, parts, message, fix) => {
  expect(told({ table: 'films', ...parts })).toEqual([
    ['unknown_key', expect.stringMatching(message), expect.stringMatching(fix)],
  ]);
});

test.each([
  [
    { can: { edit: ['admn'] } },
    'unknown_role',
    "can.edit[0]: there is no role 'admn'",
    "Did you mean 'admin'?",
  ],
  [
    { columns: { a: { read: ['boss'] } } },
    'unknown_role',
    "columns.a.read[0]: there is no role 'boss'",
    'Use one of: employee, supervisor, admin.',
  ],
  [
    { columns: { a: { tones: { x: 'dangr' } } } },
    'unknown_tone',
    "columns.a.tones.x: there is no tone 'dangr'",
    "Did you mean 'danger'?",
  ],
  [
    { columns: { a: { format: 'mony' } } },
    'unknown_format',
    "columns.a.format: there is no format 'mony'",
    "Did you mean 'money'?",
  ],
  [
    { list: { sort: { column: 'a', direction: 'down' } } },
    'unknown_direction',
    "list.sort.direction: there is no direction 'down'",
    'Use one of: asc, desc.',
  ],
])('an unknown name is told with the right ones: %j', (parts, code, message, fix) => {
  expect(told({ table: 'films', ...parts })).toEqual([[code, message, fix]]);
});

test.each([
  [{ label: '' }, "label: '' does not fit here", /text in quotes/],
  [{ label: 7 }, 'label: 7 does not fit here', /text in quotes/],
  [{ can: { edit: 'admin' } }, "can.edit: 'admin' does not fit here", /true, false or a list of roles/],
  [{ form: 'title' }, "form: 'title' does not fit here", /list of column names/],
  [{ navigation: true }, 'navigation: true does not fit here', /or false/],
  [{ show: ['title', 3] }, 'show[1]: 3 does not fit here', /text in quotes/],
])('a value of the wrong type is told with what belongs there: %j', (parts, message, fix) => {
  expect(told({ table: 'films', ...parts })).toEqual([['wrong_value', message, expect.stringMatching(fix)]]);
});

test.each([undefined, null, 'films', 7, {}, []])(
  'a default export that is no config is told: %j',
  (value) => {
    const { config, problems } = decodeResourceConfig(FILE, value);
    expect(config).toBeNull();
    expect(problems).toHaveLength(1);
    expect(problems[0]?.where).toBe(FILE);
  },
);

test('a missing key is told', () => {
  expect(told({ table: 'films', list: { sort: { column: 'a' } } })).toEqual([
    ['missing_key', 'list.sort.direction: this is missing', 'Use one of: asc, desc.'],
  ]);
});

test('what has the right shape is kept beside what has not', () => {
  const { config, problems } = decodeResourceConfig(FILE, {
    table: 'films',
    lable: 'Films',
    title: 'titel',
    can: { list: ['boss'], show: true },
    columns: { good: { label: 'Good' }, bad: { label: 3 } },
    navigation: { grup: 'A' },
  });
  expect(problems.map(({ code }) => code).sort()).toEqual([
    'missing_key',
    'unknown_key',
    'unknown_key',
    'unknown_role',
    'wrong_value',
  ]);
  expect(config).toMatchObject({ table: 'films', title: 'titel' });
});

test('of a list or of the columns only the wrong part is left out', () => {
  const { config } = decodeResourceConfig(FILE, {
    table: 'films',
    list: { columns: ['title', 3], filters: ['title'] },
    columns: { good: { label: 'Good' }, bad: { label: 3 } },
  });
  expect(config).toEqual({
    table: 'films',
    list: { filters: ['title'] },
    columns: { good: { label: 'Good' } },
  });
});
