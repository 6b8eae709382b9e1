import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  isShort,
  type Ranked,
  type Ranking,
  withoutRow,
  withRow,
} from '../../../../src/ui/supervisor/ranked.ts';

const SEED = 20_261_122;

interface Row {
  readonly id: number;
  readonly rank: number;
}

const ranking: Ranking<Row> = {
  idOf: ({ id }) => id,
  compare: (left, right) => left.rank - right.rank || left.id - right.id,
};

const row = fc.record({ id: fc.nat(400), rank: fc.nat(50) });
const act = fc.oneof(fc.record({ put: row }), fc.record({ drop: fc.nat(400) }));

test('what is known of a list is always its beginning', () => {
  const rows = fc.uniqueArray(row, { maxLength: 300, selector: ({ id }) => id });
  fc.assert(
    fc.property(rows, fc.nat(80), fc.array(act, { maxLength: 200 }), (first, keptCount, acts) => {
      const all = new Map(first.map((each) => [each.id, each]));
      const sorted = () => [...all.values()].sort(ranking.compare);
      let ranked: Ranked<Row> = { rows: sorted().slice(0, keptCount), isComplete: all.size <= keptCount };
      for (const each of acts) {
        const id = 'put' in each ? each.put.id : each.drop;
        all.delete(id);
        ranked = withoutRow(ranked, id, ranking);
        if ('put' in each) {
          all.set(id, each.put);
          ranked = withRow(ranked, each.put, ranking);
        }
        expect(ranked.rows).toEqual(sorted().slice(0, ranked.rows.length));
        if (ranked.isComplete) expect(ranked.rows).toHaveLength(all.size);
      }
    }),
    { seed: SEED },
  );
});

test('a list is short where rows are missing that there are', () => {
  const rows = [{ id: 1, rank: 1 }];
  expect(isShort({ rows, isComplete: false }, 2)).toBe(true);
  expect(isShort({ rows, isComplete: true }, 2)).toBe(false);
  expect(isShort({ rows, isComplete: false }, 1)).toBe(false);
});

test('a list is bounded however many rows come', () => {
  let ranked: Ranked<Row> = { rows: [], isComplete: true };
  for (let id = 0; id < 1_000; id++) ranked = withRow(ranked, { id, rank: -id }, ranking);
  expect(ranked.rows.length).toBeLessThan(200);
  expect(ranked.rows[0]?.id).toBe(999);
  expect(ranked.isComplete).toBe(false);
});
