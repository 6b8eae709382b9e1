import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LiveChange, LiveRow } from '../../../../src/live/protocol.ts';
import { isOpenStatus, ORDER_STATUSES } from '../../../../src/orders/order-statuses.ts';
import { toFigures, toHours } from '../../../../src/ui/supervisor/figures.ts';
import { foldTransaction } from '../../../../src/ui/supervisor/fold.ts';
import type { SupervisorState } from '../../../../src/ui/supervisor/state.ts';

const SEED = 20_261_122;
const HOUR_MS = 60 * 60 * 1000;
const START_MS = Date.parse('2026-11-22T21:17:31.250Z');
const LATE_AFTER_HOURS = 48;

const EMPTY: SupervisorState = {
  takenAt: new Date(START_MS).toISOString(),
  hour: '2026-11-22T21',
  lateAfterHours: LATE_AFTER_HOURS,
  recentSince: '2026-11-21T20',
  placed: {},
  soldCents: {},
  shipped: {},
  waitingSince: '2026-11-20T20',
  waiting: {},
  open: {},
  employees: { 1: { name: 'Zix', isActive: true }, 2: { name: 'Brill', isActive: false } },
  lowStockCount: 0,
  oldest: { rows: [], isComplete: true },
  lowStock: { rows: [], isComplete: true },
  movements: { rows: [], isComplete: true },
  events: [],
};

const order = fc.record({
  id: fc.integer({ min: 1, max: 12 }),
  status: fc.constantFrom(...ORDER_STATUSES),
  on_hold: fc.boolean(),
  employee_id: fc.constantFrom(null, 1, 2),
  agoMs: fc.oneof(
    fc.integer({ min: -HOUR_MS, max: 30 * HOUR_MS }),
    fc.integer({ min: 0, max: 60 * HOUR_MS }),
  ),
  total: fc.constantFrom('0.00', '12.34', '1999.99'),
  returned_total: fc.constantFrom('0.00', '9.99'),
});
const step = fc.record({
  order,
  isGone: fc.boolean(),
  passedMs: fc.oneof({ weight: 9, arbitrary: fc.nat(60_000) }, { weight: 1, arbitrary: fc.nat(3 * HOUR_MS) }),
});

interface Step {
  readonly order: {
    readonly id: number;
    readonly status: string;
    readonly on_hold: boolean;
    readonly employee_id: number | null;
    /** How long before it is written it was placed. */
    readonly agoMs: number;
    readonly total: string;
    readonly returned_total: string;
  };
  readonly isGone: boolean;
  readonly passedMs: number;
}

const centsOf = (amount: LiveRow[string] | undefined) => Math.round(Number(amount) * 100);

/** One order after another is written anew or deleted, while time passes. */
function walk(steps: readonly Step[]) {
  const rows = new Map<number, LiveRow>();
  let state = EMPTY;
  let nowMs = START_MS;
  for (const { order: written, isGone, passedMs } of steps) {
    nowMs += passedMs;
    const { agoMs, ...columns } = written;
    const before = rows.get(written.id) ?? null;
    const after = isGone ? null : { ...columns, placed_at: new Date(nowMs - agoMs).toISOString() };
    if (after) rows.set(written.id, after);
    else rows.delete(written.id);
    const kind = before === null ? 'insert' : after === null ? 'delete' : 'update';
    const changes: LiveChange[] = [{ table: 'orders', id: String(written.id), kind, before, after }];
    const at = new Date(nowMs).toISOString();
    state = foldTransaction(state, { cursor: at, at, actor: null, changes });
  }
  return { state, nowMs, rows: [...rows.values()] };
}

test('figures folded from changes are those counted from the rows', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const { state, nowMs, rows } = walk(steps);
      const figures = toFigures(state, nowMs);
      const now = new Date(nowMs).toISOString();
      const placedAt = (row: LiveRow) => String(row.placed_at);
      const ofToday = rows.filter((row) => placedAt(row).startsWith(now.slice(0, 10)));
      const open = rows.filter(({ status }) => isOpenStatus(String(status)));
      const minuteMs = nowMs - (nowMs % 60_000);
      const lateBefore = new Date(minuteMs - LATE_AFTER_HOURS * HOUR_MS).toISOString();
      expect(figures.today.placed).toBe(ofToday.length);
      for (const status of ORDER_STATUSES)
        expect(figures.today.byStatus[status]).toBe(ofToday.filter((row) => row.status === status).length);
      const sold = ofToday.filter(({ status }) => status !== 'cancelled');
      expect(figures.today.soldCents).toBe(
        sold.reduce((sum, row) => sum + centsOf(row.total) - centsOf(row.returned_total), 0),
      );
      expect(figures.open.total).toBe(open.length);
      expect(figures.open.late).toBe(open.filter((row) => placedAt(row) < lateBefore).length);
      expect(figures.ages.reduce((sum, { count }) => sum + count, 0)).toBe(open.length);
      expect(figures.open.onHold).toBe(open.filter((row) => row.on_hold).length);
      for (const { id, open: count } of figures.employees)
        expect(count).toBe(open.filter((row) => row.employee_id === id).length);
      const hours = toHours(state, nowMs, 'last-day');
      expect(hours.map(({ hour }) => hour).at(-1)).toBe(now.slice(0, 13));
      for (const { hour, placed } of hours)
        expect(placed).toBe(rows.filter((row) => placedAt(row).startsWith(hour)).length);
      const oldest = open.sort((left, right) =>
        placedAt(left) === placedAt(right)
          ? Number(left.id) - Number(right.id)
          : placedAt(left) < placedAt(right)
            ? -1
            : 1,
      );
      expect(state.oldest.rows.map(({ id }) => id)).toEqual(oldest.map(({ id }) => id));
    }),
    { seed: SEED, numRuns: 300 },
  );
});

test('the state does not grow with the hours that pass', () => {
  const steps = Array.from({ length: 600 }, (_, index) => ({
    order: {
      id: 1 + index,
      status: 'placed',
      on_hold: false,
      employee_id: null,
      agoMs: 0,
      total: '1.00',
      returned_total: '0.00',
    },
    isGone: false,
    passedMs: HOUR_MS,
  }));
  const { state, nowMs } = walk(steps);
  expect(Object.keys(state.placed).length).toBeLessThanOrEqual(26);
  expect(Object.keys(state.waiting).length).toBeLessThanOrEqual(LATE_AFTER_HOURS + 3);
  expect(toFigures(state, nowMs).open).toMatchObject({ total: 600, late: 600 - LATE_AFTER_HOURS - 1 });
});

test('a change that is none of the figures leaves the state as it is', () => {
  const change = { table: 'customers', id: '1', kind: 'insert', before: null, after: { id: 1 } } as const;
  expect(foldTransaction(EMPTY, { cursor: 'a', at: EMPTY.takenAt, actor: null, changes: [change] })).toBe(
    EMPTY,
  );
});
