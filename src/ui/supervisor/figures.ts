import { ORDER_STATUSES, type OrderStatus } from '../../orders/order-statuses.ts';
import { dayOf, hourOf, minuteOf, shiftHour } from './hours.ts';
import { HELD, NOBODY, type SupervisorState } from './state.ts';
import { sumOf } from './tally.ts';

const HOUR_MS = 60 * 60 * 1000;
const HOURS_A_DAY = 24;

/** Orders by their status, and what of them is left to do at this moment. */
export interface SupervisorFigures {
  /** '2026-11-22', in UTC: what "today" is. */
  readonly day: string;
  readonly today: {
    readonly placed: number;
    readonly byStatus: Readonly<Record<OrderStatus, number>>;
    /** Null where it may not be read. */
    readonly soldCents: number | null;
    readonly shipped: number;
  };
  readonly open: {
    readonly total: number;
    readonly unassigned: number;
    readonly toPack: number;
    readonly toShip: number;
    readonly onHold: number;
    readonly late: number;
  };
  /** Open orders by how long they have waited; the last are late. */
  readonly ages: readonly AgeFigure[];
  readonly employees: readonly EmployeeFigure[];
  /** Null where it may not be read. */
  readonly lowStock: number | null;
}

/** Open orders placed from `from` on (null: since ever) and before `before` (null: until now). ISO 8601 UTC. */
export interface AgeFigure {
  readonly fromHours: number;
  readonly toHours: number | null;
  readonly from: string | null;
  readonly before: string | null;
  readonly count: number;
}

export interface EmployeeFigure {
  readonly id: number;
  readonly name: string;
  readonly toPack: number;
  readonly toShip: number;
  readonly onHold: number;
  /** All of an employee's open orders. */
  readonly open: number;
  /** Shipments of today. */
  readonly shipped: number;
}

export interface HourFigure {
  /** '2026-11-22T17', in UTC. */
  readonly hour: string;
  readonly placed: number;
  readonly shipped: number;
}

/** The figures at a moment, in milliseconds since the epoch; at most an hour before the state's last change. */
export function toFigures(state: SupervisorState, nowMs: number): SupervisorFigures {
  const day = dayOf(new Date(nowMs).toISOString());
  const isToday = (hour: string) => hour.startsWith(day);
  const count = (status: string) => sumOf(state.placed, (hour, inner) => isToday(hour) && inner === status);
  const ages = toAges(state, nowMs);
  return {
    day,
    today: {
      placed: sumOf(state.placed, isToday),
      byStatus: Object.fromEntries(ORDER_STATUSES.map((status) => [status, count(status)])) as Record<
        OrderStatus,
        number
      >,
      soldCents: state.soldCents && sumOf(state.soldCents, isToday),
      shipped: sumOf(state.shipped, isToday),
    },
    open: {
      total: sumOf(state.open),
      unassigned: sumOf(state.open, (id, work) => id === NOBODY && isWork(work, 'placed')),
      toPack: sumOf(state.open, (_id, work) => work === 'assigned'),
      toShip: sumOf(state.open, (_id, work) => work === 'packed' || work === 'partially_shipped'),
      onHold: sumOf(state.open, (_id, work) => work.endsWith(HELD)),
      late: ages.at(-1)?.count ?? 0,
    },
    ages,
    employees: toEmployees(state, isToday),
    lowStock: state.lowStockCount,
  };
}

function isWork(work: string, status: string): boolean {
  return work === status || work === status + HELD;
}

/** An age counts in whole minutes: an order grows late with the clock's next minute. */
function toAges(state: SupervisorState, nowMs: number): AgeFigure[] {
  const late = state.lateAfterHours;
  const bounds = [0, late / 4, late / 2, late];
  const before = (hours: number) => minuteOf(new Date(nowMs - hours * HOUR_MS).toISOString());
  const olderThan = (hours: number) =>
    hours === 0
      ? sumOf(state.waiting)
      : sumOf(state.waiting, (_hour, minute) => !/^\d/.test(minute) || minute < before(hours));
  return bounds.map((fromHours, index) => {
    const toHours = bounds[index + 1] ?? null;
    return {
      fromHours,
      toHours,
      from: toHours === null ? null : `${before(toHours)}:00.000Z`,
      before: fromHours === 0 ? null : `${before(fromHours)}:00.000Z`,
      count: olderThan(fromHours) - (toHours === null ? 0 : olderThan(toHours)),
    };
  });
}

/** Everybody who works here or has something to do or done, by name. */
function toEmployees(state: SupervisorState, isToday: (hour: string) => boolean): EmployeeFigure[] {
  return Object.entries(state.employees)
    .map(([id, { name, isActive }]) => {
      const work = Object.entries(state.open[id] ?? {});
      const count = (matches: (work: string) => boolean) =>
        work.reduce((sum, [key, amount]) => (matches(key) ? sum + amount : sum), 0);
      return {
        id: Number(id),
        name,
        isActive,
        toPack: count((key) => key === 'assigned'),
        toShip: count((key) => key === 'packed' || key === 'partially_shipped'),
        onHold: count((key) => key.endsWith(HELD)),
        open: count(() => true),
        shipped: sumOf(state.shipped, (hour, employeeId) => employeeId === id && isToday(hour)),
      };
    })
    .filter(({ isActive, open, shipped }) => isActive || open > 0 || shipped > 0)
    .map(({ isActive: _isActive, ...figure }) => figure)
    .sort((left, right) => left.name.localeCompare(right.name) || left.id - right.id);
}

/** Orders placed and shipments made in each hour: of today in UTC, or of the last 24 hours. */
export function toHours(state: SupervisorState, nowMs: number, range: 'today' | 'last-day'): HourFigure[] {
  const now = new Date(nowMs).toISOString();
  const first = range === 'today' ? `${dayOf(now)}T00` : shiftHour(hourOf(now), 1 - HOURS_A_DAY);
  return Array.from({ length: HOURS_A_DAY }, (_, index) => {
    const hour = shiftHour(first, index);
    const sumOfHour = (counts: Readonly<Record<string, number>> = {}) =>
      Object.values(counts).reduce((sum, count) => sum + count, 0);
    return { hour, placed: sumOfHour(state.placed[hour]), shipped: sumOfHour(state.shipped[hour]) };
  });
}
