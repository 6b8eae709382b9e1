import { describe, expect, test } from 'vitest';
import type { Change, RowImage } from '../../../src/changes/transaction.ts';
import { projectChange, resolveSight, type Sight, sightKey } from '../../../src/live/visibility.ts';
import { resolveResources } from '../../../src/resources/resolve.ts';
import { column, sightOf, table } from '../../support/tables.ts';

const films = table(
  'films',
  ['id', 'title', 'cost', 'api_token'].map((name) => column(name, name === 'id' ? 'integer' : 'string')),
  ['id'],
);
const wages = table('wages', [column('id', 'integer')], ['id']);
const resources = resolveResources(
  [films, wages],
  [
    { table: 'films', columns: { cost: { read: ['supervisor', 'admin'] } } },
    { table: 'wages', can: { list: ['admin'], show: ['admin'] } },
  ],
);
const viewer = (role: string, tables: Readonly<Record<string, readonly string[]>> | null = null) => ({
  accountId: 1,
  name: 'Zorblax',
  role,
  tables,
});

describe('who sees what', () => {
  test('follows the resources: tables that may be listed or shown, columns that may be read', () => {
    const see = (role: string) =>
      [...resolveSight(resources, viewer(role))].map(([name, { columns }]) => `${name}(${columns})`);
    expect(see('employee')).toEqual(['films(id,title)']);
    expect(see('supervisor')).toEqual(['films(id,title,cost)']);
    expect(see('admin')).toEqual(['films(id,title,cost)', 'wages(id)']);
    expect(see('nobody')).toEqual([]);
  });

  test('is limited to the tables and columns that the viewer is limited to, beside the key', () => {
    const limits = { films: ['title', 'api_token', 'nothing'], nothing: ['id'] };
    expect([...resolveSight(resources, viewer('admin', limits))]).toMatchObject([
      ['films', { table: { name: 'films' }, columns: ['id', 'title'] }],
    ]);
  });

  test('is the same for viewers with the same role and limits', () => {
    expect(sightKey(viewer('admin', { a: ['x'] }))).toBe(
      sightKey({ ...viewer('admin', { a: ['x'] }), accountId: 2 }),
    );
    expect(sightKey(viewer('admin', { a: ['x'] }))).not.toBe(sightKey(viewer('admin', { a: ['y'] })));
    expect(sightKey(viewer('admin', {}))).not.toBe(sightKey(viewer('admin')));
    expect(sightKey(viewer('admin'))).not.toBe(sightKey(viewer('employee')));
  });
});

describe('a change as it is told', () => {
  const row = { id: 1, title: 'Alien', cost: '3.00', api_token: 'secret' };
  const update = (change: Partial<typeof row>): Change => ({
    table: 'films',
    id: '1',
    kind: 'update',
    before: row,
    after: { ...row, ...change },
  });
  const sight = resolveSight(resources, viewer('employee'));

  test('holds the columns that may be read', () => {
    expect(projectChange(update({ title: 'Aliens', cost: '4.00' }), sight)).toEqual({
      table: 'films',
      id: '1',
      kind: 'update',
      before: { id: 1, title: 'Alien' },
      after: { id: 1, title: 'Aliens' },
    });
    const insert: Change = { table: 'films', id: '1', kind: 'insert', before: null, after: row };
    expect(projectChange(insert, sight)).toMatchObject({ before: null, after: { id: 1, title: 'Alien' } });
    expect(JSON.stringify(projectChange(insert, sight))).not.toContain('secret');
  });

  test('has yes and no, or numbers, as the screens do', () => {
    const tiny = { sqlType: 'tinyint(1)' };
    const marks = table(
      'marks',
      [
        column('id', 'integer'),
        column('stars', 'boolean', { ...tiny, holdsNumbers: true }),
        column('shown', 'boolean', tiny),
        column('bit1', 'boolean', { sqlType: 'bit(1)' }),
        column('flag', 'integer', { sqlType: 'smallint' }),
        column('plain', 'boolean', tiny),
      ],
      ['id'],
    );
    const columns = {
      shown: { format: 'number' },
      bit1: { format: 'number' },
      flag: { format: 'boolean' },
    } as const;
    const shaped = resolveSight(resolveResources([marks], [{ table: 'marks', columns }]), viewer('admin'));
    const tell = (logged: RowImage) =>
      projectChange({ table: 'marks', id: '1', kind: 'insert', before: null, after: logged }, shaped)?.after;
    expect(tell({ id: 1, stars: true, shown: false, bit1: true, flag: 1, plain: true })).toEqual({
      id: 1,
      stars: 1,
      shown: 0,
      bit1: '1',
      flag: true,
      plain: true,
    });
    expect(tell({ id: 1, stars: 5, shown: null, bit1: null, flag: 7, plain: 2 })).toEqual({
      id: 1,
      stars: 5,
      shown: null,
      bit1: null,
      flag: 7,
      plain: 2,
    });
  });

  test('is none where nothing changed that is seen', () => {
    expect(projectChange(update({ cost: '4.00', api_token: 'other' }), sight)).toBeNull();
  });

  test('is none in a table out of sight', () => {
    const change: Change = { table: 'wages', id: '1', kind: 'delete', before: { id: 1 }, after: null };
    expect(projectChange(change, sight)).toBeNull();
  });

  test('of a row that comes into sight is an insert, of one that leaves it a delete', () => {
    const seesRow = (seen: Readonly<Record<string, unknown>>) => seen.title === 'Alien';
    const [films] = sightOf(['films'], ['id', 'title']).values();
    const partial: Sight = new Map(films ? [['films', { ...films, seesRow }]] : []);
    expect(projectChange(update({ title: 'Aliens' }), partial)).toMatchObject({
      kind: 'delete',
      after: null,
    });
    const back: Change = { ...update({}), before: { ...row, title: 'Aliens' } };
    expect(projectChange(back, partial)).toMatchObject({ kind: 'insert', before: null });
    const hidden: Change = { ...back, after: { ...row, title: 'Alien 3' } };
    expect(projectChange(hidden, partial)).toBeNull();
  });
});

test('an activity tells the values of those columns alone that its reader may see', () => {
  const activity = table(
    'panel_activity',
    ['id', 'table_name', 'details'].map((name) => column(name, name === 'id' ? 'integer' : 'string')),
    ['id'],
  );
  const seen = resolveResources(
    [films, wages, activity],
    [
      { table: 'films', columns: { cost: { read: ['supervisor', 'admin'] } } },
      { table: 'wages', can: { list: ['admin'], show: ['admin'] } },
      { table: 'panel_activity', can: { list: true, show: true } },
    ],
  );
  const detailsFor = (role: string, named: string) => {
    const details = JSON.stringify({
      before: { id: 1, cost: '5' },
      after: { id: 1, cost: '7' },
      reason: 'why',
    });
    const after = { id: 1, table_name: named, details };
    const change = { table: 'panel_activity', id: '1', kind: 'insert', before: null, after } as const;
    return projectChange(change, resolveSight(seen, viewer(role)))?.after?.details;
  };
  const whole = '{"reason":"why","before":{"id":1,"cost":"5"},"after":{"id":1,"cost":"7"}}';
  expect(detailsFor('admin', 'films')).toBe(whole);
  expect(detailsFor('employee', 'films')).toBe('{"reason":"why","before":{"id":1},"after":{"id":1}}');
  expect(detailsFor('employee', 'wages')).toBeNull();
  expect(detailsFor('admin', 'nowhere')).toBeNull();
});
