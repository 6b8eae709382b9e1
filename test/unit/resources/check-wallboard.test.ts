import { expect, test } from 'vitest';
import { checkWallboard } from '../../../src/resources/check-wallboard.ts';
import type { WallboardConfig } from '../../../src/resources/define-dashboard.ts';
import { column, table } from '../../support/tables.ts';

const films = table('films', [column('id', 'integer'), column('title', 'string')], ['id']);

function check(wallboard?: WallboardConfig): string[] {
  const snapshots = { store: { roles: ['supervisor'] as const, read: async () => null } };
  const config = { load: async () => ({ cards: [], lists: [] }), snapshots, wallboard };
  return checkWallboard('resources/dashboard.ts', config, [films]).map(
    ({ code, where, message, fix }) => `${where}: ${message} [${code}] ${fix}`,
  );
}

test('a wallboard of what there is has no problem, nor has none', () => {
  expect(check({ snapshot: 'store', tables: { films: ['id', 'title'] } })).toEqual([]);
  expect(check()).toEqual([]);
});

test('whatever it names wrongly is told, with the nearest right name', () => {
  expect(check({ snapshot: 'stores', tables: { film: ['id'], films: ['id', 'titel'] } })).toEqual([
    "resources/dashboard.ts: wallboard.snapshot: there is no snapshot 'stores' [unknown_snapshot] Did you mean 'store'?",
    "resources/dashboard.ts: wallboard.tables.film: there is no table 'film' [unknown_table] Did you mean 'films'?",
    "resources/dashboard.ts: wallboard.tables.films[1]: there is no column 'titel' in table films [unknown_column] Did you mean 'title'?",
  ]);
});
