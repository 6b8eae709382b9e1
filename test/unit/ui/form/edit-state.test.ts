import type { RecordJSON } from 'adminjs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  changedOf,
  type EditEvent,
  type EditState,
  readValuesOf,
  reduceEdit,
  startEdit,
} from '../../../../src/ui/form/edit-state.ts';

const ZORBLAX = { id: 7, name: 'Zorblax', role: 'employee' };
const COLUMNS = ['title', 'stock', 'studio_id'];
const READ = { id: 1, title: 'Alien', stock: 9, studio_id: 3, seen: 'x' };

const record = (params: object): RecordJSON => ({
  id: '1',
  title: 'Alien',
  params: { ...READ, ...params },
  populated: { studio_id: { id: '3', title: 'Fox' } as unknown as RecordJSON },
  errors: {},
  baseError: null,
  recordActions: [],
  bulkActions: [],
});
const start = () => startEdit(record({}), COLUMNS);
const run = (...events: EditEvent[]): EditState => events.reduce(reduceEdit, start());
const type = (name: string, value: string): EditEvent => ({ type: 'type', name, value, selected: undefined });
const tell = (image: object): EditEvent => ({ type: 'tell', image: { ...READ, ...image }, author: ZORBLAX });
/** What would be posted: the changed columns, and what they are written against. */
const posted = (state: EditState) =>
  changedOf(state).map((name) => [name, state.values[name], state.source.params[name]]);

describe('what another writes into a field', () => {
  test('that the person has not touched takes its place', () => {
    const state = run(type('title', 'Alien 2'), tell({ stock: 7, seen: 'y' }));
    expect(state.values).toEqual({ title: 'Alien 2', stock: '7', studio_id: '3' });
    expect(state.refreshed).toEqual({ stock: 1 });
    expect(state.conflicts).toEqual({});
    expect(state.source.params.seen).toBe('y');
    expect(posted(state)).toEqual([['title', 'Alien 2', 'Alien']]);
  });

  test('that the person has touched is a conflict, and is posted against what they had read until they decide', () => {
    const state = run(type('stock', '5'), tell({ stock: 7 }));
    expect(state.conflicts).toEqual({ stock: { value: 7, author: ZORBLAX } });
    expect(state.values.stock).toBe('5');
    expect(posted(state)).toEqual([['stock', '5', 9]]);
  });

  test('to keep mine writes it over the new value, and leaves the other columns as they are', () => {
    const state = run(type('stock', '5'), tell({ stock: 7, title: 'Aliens' }), {
      type: 'keep_mine',
      name: 'stock',
    });
    expect(state.conflicts).toEqual({});
    expect(posted(state)).toEqual([['stock', '5', 7]]);
  });

  test('to take theirs writes nothing', () => {
    const state = run(type('stock', '5'), tell({ stock: 7 }), { type: 'take_theirs', name: 'stock' });
    expect(state.values.stock).toBe('7');
    expect(posted(state)).toEqual([]);
  });

  test('changed again after the decision is a conflict again', () => {
    const state = run(
      type('stock', '5'),
      tell({ stock: 7 }),
      { type: 'keep_mine', name: 'stock' },
      tell({ stock: 6 }),
    );
    expect(state.conflicts).toEqual({ stock: { value: 6, author: ZORBLAX } });
  });

  test('is no conflict once it is what was read, or what was typed', () => {
    expect(run(type('stock', '5'), tell({ stock: 7 }), tell({ stock: 9 })).conflicts).toEqual({});
    expect(posted(run(type('stock', '5'), tell({ stock: 5 })))).toEqual([]);
    expect(posted(run(type('stock', '5'), tell({ stock: 7 }), type('stock', '7')))).toEqual([]);
  });

  test('takes with it the title of the row that was pointed at', () => {
    expect(run(tell({ studio_id: 4 })).populated).toEqual({});
    expect(run(tell({ stock: 4 })).populated).toHaveProperty('studio_id');
  });
});

test('a deletion leaves what was typed', () => {
  const state = run(type('stock', '5'), { type: 'tell_deletion', author: null });
  expect(state.deletion).toEqual({ author: null });
  expect(state.values.stock).toBe('5');
});

test('a reload keeps what was typed where nobody else has written', () => {
  const state = run(type('stock', '5'), type('title', 'Alien 2'), {
    type: 'reload',
    record: record({ stock: 7 }),
  });
  expect(state.values).toEqual({ title: 'Alien 2', stock: '7', studio_id: '3' });
  expect(posted(state)).toEqual([['title', 'Alien 2', 'Alien']]);
});

test('whatever happens, nothing that another wrote is lost without a decision', () => {
  const name = fc.constantFrom(...COLUMNS);
  const number = fc.integer({ min: 1, max: 4 });
  const event = fc.oneof(
    fc.tuple(name, number).map(([column, value]) => type(column, String(value))),
    fc.tuple(name, number).map(([column, value]) => ({ column, value })),
    name.map((column): EditEvent => ({ type: 'keep_mine', name: column })),
    name.map((column): EditEvent => ({ type: 'take_theirs', name: column })),
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 30 }), (events) => {
      let state = start();
      let row: Record<string, unknown> = { ...READ };
      for (const next of events) {
        if ('column' in next) row = { ...row, [next.column]: next.value };
        state = reduceEdit(state, 'column' in next ? tell(row) : next);
      }
      for (const column of COLUMNS) {
        const isNoticed = String(state.source.params[column]) === String(row[column]);
        expect(isNoticed || state.conflicts[column] !== undefined).toBe(true);
        if (state.conflicts[column]) expect(state.conflicts[column]?.value).toBe(row[column]);
        const isTouched = state.values[column] !== readValuesOf(state)[column];
        if (!isTouched && !state.conflicts[column]) expect(state.values[column]).toBe(String(row[column]));
      }
    }),
    { numRuns: 1000 },
  );
});
