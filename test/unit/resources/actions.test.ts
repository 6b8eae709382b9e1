import { expect, test } from 'vitest';
import { checkResources } from '../../../src/resources/check.ts';
import { decodeResourceConfig } from '../../../src/resources/decode.ts';
import type { ResourceConfig } from '../../../src/resources/define.ts';
import type { BulkAction, RecordAction } from '../../../src/resources/define-action.ts';
import { resolveResources } from '../../../src/resources/resolve.ts';
import { FILMS } from './build-table.ts';

const FILE = 'resources/films.ts';
const run = async () => ({ ok: true as const, message: 'Done.' });
const preview = async () => ({ ok: true as const, results: [] });

const screen: RecordAction = { name: 'screenFilm', label: 'Screen', icon: 'Film', can: ['admin'], run };
const screenAll: BulkAction = { name: 'screenFilms', label: 'Screen all', can: true, preview, run: preview };

const handed = {
  recordActions: [
    {
      ...screen,
      tone: 'primary',
      confirm: 'Sure?',
      isPossible: () => true,
      fields: [
        { name: 'room', label: 'Room', kind: 'select', options: [{ value: '1', label: 'One' }] },
        {
          name: 'before',
          label: 'After this film',
          kind: 'reference',
          table: 'films',
          required: true,
          help: 'x',
        },
      ],
    },
  ],
  bulkActions: [screenAll],
  pages: [{ name: 'programme', label: 'Programme', can: true, component: 'Programme', run }],
  recordPage: { component: 'FilmPage', load: run },
  documents: [{ name: 'film-poster', label: 'Poster', can: true, render: async () => '' }],
  queues: [{ name: 'to-screen', label: 'To screen', tone: 'warning', filters: async () => ({}) }],
};

const decode = (parts: object) => decodeResourceConfig(FILE, { table: 'films', ...parts });
const told = (parts: object) => decode(parts).problems.map(({ code, message }) => `${code} ${message}`);
const checked = (parts: Partial<ResourceConfig>) =>
  checkResources([{ file: FILE, config: { table: 'films', ...parts } }], [FILMS]).map(
    ({ code, message }) => `${code} ${message}`,
  );

test('what a file hands over reaches the panel', async () => {
  const { config, problems } = decode(handed);
  expect(problems).toEqual([]);
  if (!config) throw new Error('nothing was decoded');
  expect(checked(config)).toEqual([]);
  const [resource] = resolveResources([FILMS], [config]);
  expect(resource?.recordActions[0]?.run).toBe(run);
  expect(resource?.bulkActions[0]?.preview).toBe(preview);
  expect(resource?.pages).toHaveLength(1);
  expect(resource?.recordPage?.component).toBe('FilmPage');
  expect(resource?.documents).toHaveLength(1);
  expect(resource?.queues).toHaveLength(1);
});

test.each([
  [
    { recordActions: [{ ...screen, can: ['boss'] }] },
    "unknown_role recordActions[0].can[0]: there is no role 'boss'",
  ],
  [{ recordActions: [{ ...screen, can: undefined }] }, 'missing_key recordActions[0].can: this is missing'],
  [
    { recordActions: [{ ...screen, run: 'now' }] },
    "wrong_value recordActions[0].run: 'now' does not fit here",
  ],
  [
    { recordActions: [{ ...screen, name: 'screen film' }] },
    "wrong_value recordActions[0].name: 'screen film' does not fit here",
  ],
  [
    { bulkActions: [{ ...screenAll, colour: 'red' }] },
    "unknown_key bulkActions[0]: there is no setting 'colour'",
  ],
  [
    { recordActions: [{ ...screen, fields: [{ name: 'a', label: 'A', kind: 'number' }] }] },
    "unknown_kind recordActions[0].fields[0].kind: there is no kind 'number'",
  ],
  [{ recordPage: { load: run } }, 'missing_key recordPage.component: this is missing'],
  [
    { queues: [{ name: 'to screen', label: 'x', filters: run }] },
    "wrong_value queues[0].name: 'to screen' does not fit here",
  ],
])('a part of the wrong shape is told: %#', (parts, message) => {
  expect(told(parts)).toEqual([message]);
});

test('an unknown key of an action is told with the keys an action has', () => {
  expect(decode({ recordActions: [{ ...screen, confrim: 'Sure?' }] }).problems[0]?.fix).toBe(
    "Did you mean 'confirm'?",
  );
});

test.each([
  [{ recordActions: [screen, screen] }, "repeated_name recordActions[1].name: 'screenFilm' is taken already"],
  [
    { recordActions: [{ ...screen, name: 'edit' }] },
    "repeated_name recordActions[0].name: 'edit' is taken already",
  ],
  [
    { recordActions: [{ ...screen, icon: 'Flim' }] },
    "unknown_icon recordActions[0].icon: there is no icon 'Flim'",
  ],
  [
    { recordActions: [{ ...screen, fields: [{ name: 'a', label: 'A', kind: 'select' as const }] }] },
    'missing_key recordActions[0].fields[0].options: this is missing',
  ],
  [
    {
      bulkActions: [
        { ...screenAll, fields: [{ name: 'a', label: 'A', kind: 'reference' as const, table: 'filmz' }] },
      ],
    },
    "unknown_table bulkActions[0].fields[0].table: there is no table 'filmz'",
  ],
  [
    { queues: ['a', 'a'].map((name) => ({ name, label: 'A', filters: async () => ({}) })) },
    "repeated_name queues[1].name: 'a' is taken already",
  ],
])('what does not fit the schema or each other is told: %#', (parts, message) => {
  expect(checked(parts)).toEqual([message]);
});
