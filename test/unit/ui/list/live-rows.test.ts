import type { RecordJSON } from 'adminjs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LiveChange, LiveRow, LiveTransaction } from '../../../../src/live/protocol.ts';
import {
  applyTransaction,
  type ListRules,
  type LiveRows,
  MAX_ARRIVALS,
  startLiveRows,
} from '../../../../src/ui/list/live-rows.ts';
import { matchRow } from '../../../../src/ui/list/matches-filter.ts';
import { buildDisplay } from '../../../support/column-display.ts';

const ZORBLAX = { id: 7, name: 'Zorblax', role: 'employee' };
const rules: ListRules = {
  table: 'orders',
  params: new URLSearchParams('filters.status=placed&filters.amount.from=3'),
  columns: {
    id: buildDisplay('integer'),
    status: buildDisplay('enum', { values: ['placed', 'packed'] }),
    amount: buildDisplay('integer'),
    name: buildDisplay('string', { match: { filter: 'part', search: ['text'], letters: 'alike' } }),
    employee_id: buildDisplay('integer'),
  },
  titleColumn: 'name',
  hasSteps: true,
};

type Row = LiveRow & { id: number };

const row = (id: number, rest: LiveRow = {}): Row => ({
  id,
  status: 'placed',
  amount: 5,
  name: `Order ${id}`,
  employee_id: null,
  ...rest,
});
const record = (params: Row, rest: Partial<RecordJSON> = {}): RecordJSON => ({
  id: String(params.id),
  title: String(params.name),
  params: { ...params },
  populated: {},
  errors: {},
  baseError: null,
  recordActions: [],
  bulkActions: [],
  ...rest,
});
const change = (before: Row | null, after: Row | null, table = 'orders'): LiveChange => ({
  table,
  id: String((after ?? before)?.id),
  kind: before ? (after ? 'update' : 'delete') : 'insert',
  before,
  after,
});
const transaction = (...changes: LiveChange[]): LiveTransaction => ({
  cursor: '1',
  at: '2026-11-22T12:00:00.000Z',
  actor: ZORBLAX,
  changes,
});
const apply = (rows: LiveRows, ...changes: LiveChange[]) =>
  applyTransaction(rows, transaction(...changes), rules);
const start = (...rows: Row[]) => startLiveRows(rows.map((params) => record(params)));

describe('a row on the screen', () => {
  test('takes the new values and counts which have changed, and a repetition changes nothing', () => {
    const packed = row(1, { name: 'Renamed', amount: 6 });
    const once = apply(start(row(1), row(2)), change(row(1), packed));
    expect(once.records.map(({ params, title }) => [params, title])).toEqual([
      [packed, 'Renamed'],
      [row(2), 'Order 2'],
    ]);
    expect(once.changes).toEqual({ 1: { name: 1, amount: 1 } });
    expect(once.incomplete).toEqual(new Set(['1']));
    expect(apply(once, change(row(1), packed))).toEqual(once);
    expect(apply(once, change(packed, row(1, { amount: 7 }))).changes).toEqual({ 1: { name: 2, amount: 2 } });
  });

  test('that the filters would not find any more stays and is marked until they do again', () => {
    const strayed = apply(start(row(1)), change(row(1), row(1, { status: 'packed' })));
    expect(strayed.strayed).toEqual(new Set(['1']));
    expect(apply(strayed, change(row(1, { status: 'packed' }), row(1))).strayed).toEqual(new Set());
  });

  test('that is deleted stays, with who did it, and comes back when it is inserted again', () => {
    const removed = apply(start(row(1)), change(row(1), null));
    expect(removed.records).toHaveLength(1);
    expect([...removed.removed]).toEqual([['1', ZORBLAX]]);
    expect(apply(removed, change(null, row(1))).removed.size).toBe(0);
  });

  test('pointing at another row takes the title that is on the screen, or none', () => {
    const zorblax = { employee_id: { id: '7', title: 'Zorblax' } } as unknown as RecordJSON['populated'];
    const one = record(row(1, { employee_id: 3 }), { populated: { ...zorblax } });
    const two = record(row(2, { employee_id: 7 }), { populated: zorblax });
    const rows = startLiveRows([one, two]);
    const known = apply(rows, change(row(1), row(1, { employee_id: 7 })));
    expect(known.records[0]?.populated).toEqual(zorblax);
    const unknown = apply(rows, change(row(1), row(1, { employee_id: 8 })));
    expect(unknown.records[0]?.populated).toEqual({});
  });

  test('is left alone by rows of other tables', () => {
    const rows = start(row(1));
    expect(apply(rows, change(row(1), row(1, { amount: 1 }), 'others'))).toBe(rows);
  });
});

describe('a row that is not on the screen', () => {
  test('is announced when it comes to belong to the list, and no longer when it ceases to', () => {
    const rows = start(row(1));
    const arrived = apply(rows, change(null, row(2)), change(row(3, { amount: 1 }), row(3)));
    expect(arrived.arrived).toEqual(new Set(['2', '3']));
    expect(apply(arrived, change(row(2), null), change(row(3), row(3, { amount: 2 }))).arrived.size).toBe(0);
  });

  test('is not announced where it belonged to the list before, or does not now', () => {
    const rows = apply(
      start(row(1)),
      change(row(4), row(4, { name: 'On another page' })),
      change(null, row(5, { amount: 2 })),
      change(row(6), null),
    );
    expect([rows.arrived.size, rows.uncertain.size]).toEqual([0, 0]);
  });

  test('may be one of which only the database knows, unless nothing that decides has changed', () => {
    const search = { ...rules, params: new URLSearchParams('q=amelie') };
    const hear = (...changes: LiveChange[]) =>
      applyTransaction(start(row(1)), transaction(...changes), search);
    expect(hear(change(null, row(2, { name: 'Ærmelie' }))).uncertain.size).toBe(0);
    expect(hear(change(null, row(2, { name: 'Amœlie' }))).uncertain).toEqual(new Set(['2']));
    const same = change(row(2, { name: 'Amœlie' }), row(2, { name: 'Amœlie', amount: 1 }));
    expect(hear(same).uncertain.size).toBe(0);
  });

  test('without a key may be any', () => {
    const rows = apply(start(row(1)), { ...change(row(1), row(1, { amount: 9 })), id: '' });
    expect(rows.uncertain.size).toBe(1);
    expect(rows.records[0]?.params.amount).toBe(5);
  });

  test('is not remembered beyond what a number can tell', () => {
    const many = Array.from({ length: MAX_ARRIVALS + 50 }, (_, index) => change(null, row(100 + index)));
    expect(apply(start(row(1)), ...many).arrived.size).toBe(MAX_ARRIVALS);
  });
});

test('after any run of changes the list shows what the database holds', () => {
  const values = fc.record({
    status: fc.constantFrom('placed', 'packed'),
    amount: fc.constantFrom(1, 3, 5),
    employee_id: fc.constantFrom(null, 1, 2),
  });
  const acts = fc.array(fc.tuple(fc.integer({ min: 1, max: 8 }), fc.option(values)), { maxLength: 60 });
  fc.assert(
    fc.property(acts, fc.integer({ min: 0, max: 60 }), (steps, readAt) => {
      const table = new Map<number, Row>();
      const matches = (held: Row | undefined) =>
        held && matchRow(rules.params, rules.columns, held) === 'yes';
      let rows: LiveRows | null = null;
      const listedAtRead = new Set<number>();
      for (const [index, [id, value]] of steps.entries()) {
        if (index === Math.min(readAt, steps.length - 1)) {
          const listed = [...table.values()].filter(matches);
          for (const held of listed) listedAtRead.add(held.id);
          // The first page, of three rows.
          rows = start(...listed.slice(0, 3));
        }
        const before = table.get(id) ?? null;
        const after = value && row(id, value);
        if (!before && !after) continue;
        if (after) table.set(id, after);
        else table.delete(id);
        if (rows) rows = apply(rows, change(before, after));
      }
      for (const shown of rows?.records ?? []) {
        const held = table.get(Number(shown.id));
        expect(rows?.removed.has(shown.id)).toBe(held === undefined);
        if (held) expect(shown.params).toEqual(held);
        if (held) expect(rows?.strayed.has(shown.id)).toBe(!matches(held));
      }
      const shown = new Set(rows?.records.map(({ id }) => Number(id)));
      for (const id of rows?.arrived ?? []) expect(matches(table.get(Number(id)))).toBe(true);
      const isNew = ({ id }: Row) => !shown.has(id) && !listedAtRead.has(id);
      const unseen = rows ? [...table.values()].filter((held) => matches(held) && isNew(held)) : [];
      expect(unseen.filter(({ id }) => !rows?.arrived.has(String(id)))).toEqual([]);
    }),
    { numRuns: 500 },
  );
});
