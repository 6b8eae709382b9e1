import type { LiveChange, LiveRow, LiveTransaction } from '../../live/protocol.ts';
import { isOpenStatus } from '../../orders/order-statuses.ts';
import { hourOf, hoursBetween, minuteOf, shiftHour } from './hours.ts';
import { describeEvents } from './order-events.ts';
import { type Ranked, type Ranking, withoutRow, withRow } from './ranked.ts';
import { leastFirst, newestFirst, oldestFirst } from './rankings.ts';
import { readLowFilm, readMove, readOldest } from './read-row.ts';
import { EARLIER, HELD, NOBODY, type SupervisorState } from './state.ts';
import { addTo, type Tally } from './tally.ts';

const EVENTS_KEPT = 60;

/** The state after a transaction: what a snapshot taken right after it would say. */
export function foldTransaction(state: SupervisorState, transaction: LiveTransaction): SupervisorState {
  const { at, changes } = transaction;
  const titles = readTitles(changes);
  let next = advance(state, hourOf(at));
  for (const change of changes) next = foldChange(next, change, titles);
  const events = describeEvents(transaction, next.employees);
  return events.length === 0 ? next : { ...next, events: [...events, ...next.events].slice(0, EVENTS_KEPT) };
}

type Titles = ReadonlyMap<number, string>;

function readTitles(changes: readonly LiveChange[]): Titles {
  return new Map(
    changes.flatMap(({ table, after }) =>
      table === 'movies' && after?.title !== undefined ? [[Number(after.id), String(after.title)]] : [],
    ),
  );
}

function foldChange(state: SupervisorState, change: LiveChange, titles: Titles): SupervisorState {
  const { before, after } = change;
  switch (change.table) {
    case 'orders':
      return {
        ...countOrder(countOrder(state, before, -1), after, 1),
        oldest: rerank(state.oldest, oldestFirst, readOldest(before), readOldest(after)),
      };
    case 'shipments':
      return {
        ...state,
        shipped: countShipment(countShipment(state.shipped, state, before, -1), state, after, 1),
      };
    case 'movies':
      return {
        ...state,
        lowStockCount:
          state.lowStockCount === null
            ? null
            : state.lowStockCount + Number(isLow(after)) - Number(isLow(before)),
        lowStock: rerank(state.lowStock, leastFirst, readLowFilm(before), readLowFilm(after)),
      };
    case 'stock_movements': {
      const [old, move] = [readMove(before, titles), readMove(after, titles)];
      return { ...state, movements: rerank(state.movements, newestFirst, old, move) };
    }
    case 'employees':
      return { ...state, employees: foldEmployee(state.employees, before, after) };
    default:
      return state;
  }
}

function countOrder(state: SupervisorState, row: LiveRow | null, sign: 1 | -1): SupervisorState {
  // What may not be read is not told either.
  if (row?.status === undefined || row.placed_at === undefined) return state;
  const status = String(row.status);
  const hour = hourOf(String(row.placed_at));
  const isRecent = hour >= state.recentSince;
  const isOpen = isOpenStatus(status);
  if (!isRecent && !isOpen) return state;
  const cents = status === 'cancelled' ? 0 : toCents(row.total) - toCents(row.returned_total);
  const work = row.on_hold ? status + HELD : status;
  const [waitingHour, minute] = waitingKeys(String(row.placed_at), state.waitingSince);
  return {
    ...state,
    placed: isRecent ? addTo(state.placed, hour, status, sign) : state.placed,
    soldCents:
      isRecent && state.soldCents ? addTo(state.soldCents, hour, 'cents', sign * cents) : state.soldCents,
    open: isOpen ? addTo(state.open, String(row.employee_id ?? NOBODY), work, sign) : state.open,
    waiting: isOpen ? addTo(state.waiting, waitingHour, minute, sign) : state.waiting,
  };
}

function toCents(amount: LiveRow[string] | undefined): number {
  return Math.round(Number(amount) * 100);
}

function waitingKeys(placedAt: string, waitingSince: string): [hour: string, minute: string] {
  const hour = hourOf(placedAt);
  return hour < waitingSince ? [EARLIER, EARLIER] : [hour, minuteOf(placedAt)];
}

function countShipment(
  shipped: Tally,
  { recentSince }: SupervisorState,
  row: LiveRow | null,
  sign: 1 | -1,
): Tally {
  const hour = row?.shipped_at === undefined ? null : hourOf(String(row.shipped_at));
  return row && hour && hour >= recentSince
    ? addTo(shipped, hour, String(row.employee_id ?? NOBODY), sign)
    : shipped;
}

function isLow(row: LiveRow | null): boolean {
  return row?.low_stock === true;
}

function rerank<T>(ranked: Ranked<T>, ranking: Ranking<T>, before: T | null, after: T | null): Ranked<T> {
  const without = before ? withoutRow(ranked, ranking.idOf(before), ranking) : ranked;
  return after ? withRow(without, after, ranking) : without;
}

function foldEmployee(
  employees: SupervisorState['employees'],
  before: LiveRow | null,
  after: LiveRow | null,
): SupervisorState['employees'] {
  const next = { ...employees };
  if (before) delete next[String(before.id)];
  if (after)
    next[String(after.id)] = {
      name: String(after.name ?? `Employee ${after.id}`),
      isActive: after.active !== false,
    };
  return next;
}

/** Moves the beginnings on with the clock, so that what no figure asks for any more is forgotten. */
function advance(state: SupervisorState, hour: string): SupervisorState {
  const passed = hoursBetween(state.hour, hour);
  if (passed <= 0) return state;
  const recentSince = shiftHour(state.recentSince, passed);
  const waitingSince = shiftHour(state.waitingSince, passed);
  return {
    ...state,
    hour,
    recentSince,
    waitingSince,
    placed: dropBefore(state.placed, recentSince),
    soldCents: state.soldCents && dropBefore(state.soldCents, recentSince),
    shipped: dropBefore(state.shipped, recentSince),
    waiting: gatherBefore(state.waiting, waitingSince),
  };
}

function dropBefore(tally: Tally, since: string): Tally {
  return Object.fromEntries(Object.entries(tally).filter(([hour]) => hour >= since));
}

function gatherBefore(tally: Tally, since: string): Tally {
  let gathered: Tally = Object.fromEntries(
    Object.entries(tally).filter(([hour]) => hour === EARLIER || hour >= since),
  );
  for (const [hour, minutes] of Object.entries(tally))
    if (gathered[hour] === undefined)
      for (const count of Object.values(minutes)) gathered = addTo(gathered, EARLIER, EARLIER, count);
  return gathered;
}
