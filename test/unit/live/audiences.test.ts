import { describe, expect, test } from 'vitest';
import type { Change } from '../../../src/changes/transaction.ts';
import { Audiences, joinAlike } from '../../../src/live/audiences.ts';
import { parseTopic, type Topic } from '../../../src/live/topics.ts';
import { sightOf } from '../../support/tables.ts';

const both = sightOf(['films', 'orders'], ['id']);
const filmsOnly = sightOf(['films'], ['id']);
const topicsOf = (...names: string[]) => new Map(names.map((name) => [name, parseTopic(name) as Topic]));
const insert = (table: string, id: string): Change => ({
  table,
  id,
  kind: 'insert',
  before: null,
  after: { id, secret: 'x' },
});

function project(audiences: Audiences<string>, ...changes: Change[]) {
  return Object.fromEntries(
    [...audiences.project(changes)].flatMap(([{ members }, told]) =>
      [...members].map((member) => [member, told.map(({ table, id }) => `${table}:${id}`)]),
    ),
  );
}

describe('audiences', () => {
  test('are shared by those who see the same and listen to the same, in any order', () => {
    const audiences = new Audiences<string>();
    const first = audiences.join('a', both, topicsOf('films', 'orders'));
    expect(audiences.join('b', both, topicsOf('orders', 'films'))).toBe(first);
    expect(audiences.join('c', filmsOnly, topicsOf('films', 'orders'))).not.toBe(first);
    expect(audiences.join('d', both, topicsOf('films'))).not.toBe(first);
  });

  test('are told each change once, whatever number of their topics it belongs to, and as they see it', () => {
    const audiences = new Audiences<string>();
    audiences.join('all', both, topicsOf('*', 'films', 'films:1'));
    audiences.join('films', filmsOnly, topicsOf('*'));
    audiences.join('one', both, topicsOf('films:1', 'orders:2'));
    audiences.join('none', both, topicsOf('films:9'));
    expect(project(audiences, insert('films', '1'), insert('orders', '1'), insert('films', '2'))).toEqual({
      all: ['films:1', 'orders:1', 'films:2'],
      films: ['films:1', 'films:2'],
      one: ['films:1'],
    });
  });

  test('share one projection where they see the same', () => {
    const audiences = new Audiences<string>();
    audiences.join('a', both, topicsOf('films'));
    audiences.join('b', both, topicsOf('films:1'));
    const [first, second] = [...audiences.project([insert('films', '1')]).values()];
    expect(first?.[0]).toBe(second?.[0]);
  });

  test('end with their last member, and leave nothing behind', () => {
    const audiences = new Audiences<string>();
    const audience = audiences.join('a', both, topicsOf('films', 'orders'));
    audiences.join('b', both, topicsOf('films', 'orders'));
    audiences.leave('a', audience);
    expect(project(audiences, insert('films', '1'))).toEqual({ b: ['films:1'] });
    audiences.leave('b', audience);
    expect(audiences.count).toBe(0);
    expect(project(audiences, insert('films', '1'))).toEqual({});
    expect(audiences.findDirty([{ table: 'films', reason: 'truncated' }])).toEqual([]);
  });

  test('read anew those of their topics that a loss concerns, if they may see the table', () => {
    const audiences = new Audiences<string>();
    audiences.join('a', both, topicsOf('films:1', 'orders', '*'));
    audiences.join('b', filmsOnly, topicsOf('films', '*'));
    const dirty = audiences.findDirty([{ table: 'orders', reason: 'cascade' }]);
    expect(dirty.map(([{ members }, messages]) => [[...members], messages])).toEqual([
      [
        ['a'],
        [
          { topic: 'orders', reason: 'cascade' },
          { topic: '*', reason: 'cascade' },
        ],
      ],
    ]);
  });
});

describe('audiences that are told the same', () => {
  test('are told it together, and each of the others apart', () => {
    const audiences = new Audiences<string>();
    audiences.join('list and one', both, topicsOf('films', 'films:1'));
    audiences.join('list and other', both, topicsOf('films', 'films:2'));
    audiences.join('one', both, topicsOf('films:1'));
    audiences.join('less', filmsOnly, topicsOf('films'));
    const groups = (...changes: Change[]) =>
      [...joinAlike(audiences.project(changes))].map((group) => [
        group.audiences.flatMap(({ members }) => [...members]),
        group.told.map(({ id }) => id),
      ]);
    expect(groups(insert('films', '1'), insert('films', '2'))).toEqual([
      [
        ['list and one', 'list and other'],
        ['1', '2'],
      ],
      [['less'], ['1', '2']],
      [['one'], ['1']],
    ]);
    expect(groups(insert('films', '1'))).toEqual([
      [['list and one', 'list and other', 'one'], ['1']],
      [['less'], ['1']],
    ]);
  });
});
