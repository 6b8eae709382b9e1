import { describe, expect, test } from 'vitest';
import type { Change, Transaction } from '../../../src/changes/transaction.ts';
import { boundTransaction } from '../../../src/live/bound-transaction.ts';
import { findReplay } from '../../../src/live/replay.ts';
import { atOnce } from '../../../src/live/turns.ts';
import { sightOf } from '../../support/tables.ts';

const sight = sightOf(['films', 'orders'], ['id']);
const films = { table: 'films', id: null };

const rows = (table: string, count: number): Change[] =>
  Array.from({ length: count }, (_, index) => ({
    table,
    id: String(index),
    kind: 'delete',
    before: { id: index, secret: 1 },
    after: null,
  }));

const transactionOf = (cursor: string, changes: Change[], dirty: Transaction['dirty'] = []): Transaction => ({
  cursor,
  at: '2026-01-01T00:00:00.000Z',
  actor: null,
  changes,
  dirty,
});

describe('a replay', () => {
  test('holds what the topic missed, projected, and no transaction without it', () => {
    const missed = [
      transactionOf('a', rows('orders', 1)),
      transactionOf('b', [...rows('films', 1), ...rows('orders', 1)]),
    ];
    expect(atOnce(findReplay(missed, films, sight))).toEqual([
      {
        cursor: 'b',
        at: '2026-01-01T00:00:00.000Z',
        actor: null,
        changes: [{ table: 'films', id: '0', kind: 'delete', before: { id: 0 }, after: null }],
      },
    ]);
    expect(atOnce(findReplay([], films, sight))).toEqual([]);
  });

  test('cannot be had of an unknown past, nor where rows changed untold', () => {
    const dirty = (table: string) => [transactionOf('a', rows('films', 1), [{ table, reason: 'cascade' }])];
    expect(atOnce(findReplay(null, films, sight))).toBeNull();
    expect(atOnce(findReplay(dirty('films'), films, sight))).toBeNull();
    expect(atOnce(findReplay(dirty('films'), { table: 'films', id: '7' }, sight))).toBeNull();
    expect(atOnce(findReplay(dirty('films'), { table: null, id: null }, sight))).toBeNull();
    expect(atOnce(findReplay(dirty('orders'), films, sight))).toHaveLength(1);
    expect(atOnce(findReplay(dirty('hidden'), { table: null, id: null }, sight))).toHaveLength(1);
  });

  test('is not longer than reading anew', () => {
    const many = (count: number) => Array.from({ length: count }, () => transactionOf('a', rows('films', 1)));
    expect(atOnce(findReplay(many(1_000), films, sight))).toHaveLength(1_000);
    expect(atOnce(findReplay(many(1_001), films, sight))).toBeNull();
    const large = Array.from({ length: 6 }, () => transactionOf('a', rows('films', 1_000)));
    expect(atOnce(findReplay(large, films, sight))).toBeNull();
  });
});

describe('a large transaction', () => {
  test('has those of its tables read anew that changed in too many rows', () => {
    const bounded = boundTransaction(transactionOf('a', [...rows('films', 6), ...rows('orders', 5)]), 5);
    expect(bounded.changes.map(({ table }) => table)).toEqual(Array(5).fill('orders'));
    expect(bounded.dirty).toEqual([{ table: 'films', reason: 'too_large' }]);
  });

  test('is as it was where each table is within the bound', () => {
    const transaction = transactionOf('a', [...rows('films', 5), ...rows('orders', 5)]);
    expect(boundTransaction(transaction, 5)).toEqual(transaction);
  });
});
