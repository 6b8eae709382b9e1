import type { Queryable, RowDataPacket } from '../database/pool.ts';
import type { ReadContext } from '../resources/panel-context.ts';
import {
  type FirstRows,
  findLowFilms,
  findNewestMoves,
  findOldestOrders,
  type LowFilm,
  type OldestOrder,
  type StockMove,
  toIso,
} from './find-first-rows.ts';
import { findNewestOrderEvents, type RecordedOrderEvent } from './find-order-events.ts';
import { OPEN_STATUSES } from './order-statuses.ts';

/** Counts by two keys. */
export type Counts = Record<string, Record<string, number>>;

/** What the figures of the store begin from; src/ui/supervisor/state.ts tells what each part means. */
export interface SupervisorState {
  readonly takenAt: string;
  readonly hour: string;
  readonly lateAfterHours: number;
  readonly recentSince: string;
  readonly placed: Counts;
  /** Less what came back; null where the totals may not be read. */
  readonly soldCents: Counts | null;
  readonly shipped: Counts;
  readonly waitingSince: string;
  readonly waiting: Counts;
  readonly open: Counts;
  readonly employees: Record<string, { name: string; isActive: boolean }>;
  /** Null where it may not be read. */
  readonly lowStockCount: number | null;
  readonly oldest: FirstRows<OldestOrder>;
  readonly lowStock: FirstRows<LowFilm>;
  readonly movements: FirstRows<StockMove>;
  readonly events: readonly RecordedOrderEvent[];
}

/** More than a day, so that a clock that is a little behind finds all it asks for. */
const RECENT_HOURS = 25;
const EVENTS_KEPT = 40;

const MINUTE_S = 60;
const HOUR_S = 3600;
/** TO_SECONDS('1970-01-01'). It cuts times into hours six times as fast as DATE_FORMAT does. */
const EPOCH_S = 62_167_219_200;

/** Reads the state that the supervisor's figures are kept from. The reads must see one moment of the database. */
export async function findSupervisorState(
  context: ReadContext,
  { lateAfterHours }: { lateAfterHours: number },
): Promise<SupervisorState> {
  const { figure } = context;
  const takenAt = toIso((await figure(findNow)) ?? '');
  const recentSince = hourBefore(takenAt, RECENT_HOURS);
  const waitingSince = hourBefore(takenAt, lateAfterHours + 1);
  return {
    takenAt,
    hour: hourBefore(takenAt, 0),
    lateAfterHours,
    recentSince,
    ...(await countPlaced(context, recentSince)),
    shipped: (await figure((db) => countShipped(db, recentSince))) ?? {},
    waitingSince,
    waiting: (await figure((db) => countWaiting(db, waitingSince))) ?? {},
    open: (await figure(countOpen)) ?? {},
    employees: await findEmployees(context),
    lowStockCount: await figure(countLowStock),
    oldest: await findOldestOrders(context),
    lowStock: await findLowFilms(context),
    movements: await findNewestMoves(context),
    events: await findNewestOrderEvents(context, EVENTS_KEPT),
  };
}

async function findNow(db: Queryable): Promise<string> {
  const [rows] = await db.query<RowDataPacket[]>('SELECT UTC_TIMESTAMP(3) AS now');
  return rows[0]?.now;
}

async function countPlaced(
  { figure, sees }: ReadContext,
  since: string,
): Promise<Pick<SupervisorState, 'placed' | 'soldCents'>> {
  const isTotalSeen = sees('orders', 'total', 'returned_total');
  const sum = isTotalSeen ? ', SUM(total - returned_total) AS sold' : '';
  const rows = await figure(async (db) => {
    const [found] = await db.query<RowDataPacket[]>(
      `SELECT TO_SECONDS(placed_at) DIV 3600 AS hours, status, COUNT(*) AS count${sum}
       FROM orders WHERE placed_at >= ? GROUP BY hours, status`,
      [startOf(since)],
    );
    return found;
  });
  const placed: Counts = {};
  const soldCents: Counts = {};
  for (const { hours, status, count, sold } of rows ?? []) {
    const hour = toHour(hours * HOUR_S);
    setCount(placed, hour, status, count);
    const cents = Math.round(Number(sold) * 100);
    if (status !== 'cancelled' && cents > 0)
      setCount(soldCents, hour, 'cents', (soldCents[hour]?.cents ?? 0) + cents);
  }
  return { placed, soldCents: isTotalSeen ? soldCents : null };
}

async function countShipped(db: Queryable, since: string): Promise<Counts> {
  const [rows] = await db.query<RowDataPacket[]>(
    `SELECT TO_SECONDS(shipped_at) DIV 3600 AS hours, employee_id AS employeeId, COUNT(*) AS count
     FROM shipments WHERE shipped_at >= ? GROUP BY hours, employee_id`,
    [startOf(since)],
  );
  return toCounts(
    rows.map((row) => [toHour(row.hours * HOUR_S), String(row.employeeId ?? 'nobody'), row.count]),
  );
}

/** Open orders by hour and minute, and in one sum those before: from the index orders_status alone. */
async function countWaiting(db: Queryable, since: string): Promise<Counts> {
  const [rows] = await db.query<RowDataPacket[]>(
    `SELECT TO_SECONDS(placed_at) DIV 60 AS minutes, COUNT(*) AS count
     FROM orders FORCE INDEX (orders_status) WHERE status IN (?) AND placed_at >= ? GROUP BY minutes`,
    [OPEN_STATUSES, startOf(since)],
  );
  const [earlier] = await db.query<RowDataPacket[]>(
    'SELECT COUNT(*) AS count FROM orders FORCE INDEX (orders_status) WHERE status IN (?) AND placed_at < ?',
    [OPEN_STATUSES, startOf(since)],
  );
  const counts = toCounts(
    rows.map(({ minutes, count }) => [
      toHour(minutes * MINUTE_S),
      toIsoTime(minutes * MINUTE_S).slice(0, 16),
      count,
    ]),
  );
  const count = Number(earlier[0]?.count ?? 0);
  return count > 0 ? { ...counts, earlier: { earlier: count } } : counts;
}

async function countOpen(db: Queryable): Promise<Counts> {
  const [rows] = await db.query<RowDataPacket[]>(
    `SELECT employee_id AS employeeId, status, on_hold AS onHold, COUNT(*) AS count
     FROM orders FORCE INDEX (orders_work) WHERE status IN (?) GROUP BY status, on_hold, employee_id`,
    [OPEN_STATUSES],
  );
  return toCounts(
    rows.map(({ employeeId, status, onHold, count }) => [
      String(employeeId ?? 'nobody'),
      onHold ? `${status}:held` : status,
      count,
    ]),
  );
}

async function findEmployees(context: ReadContext): Promise<SupervisorState['employees']> {
  const rows = await context.rows('employees').find({});
  return Object.fromEntries(
    rows.map(({ id, title, values }) => [id, { name: title, isActive: values.active !== false }]),
  );
}

async function countLowStock(db: Queryable): Promise<number> {
  const [rows] = await db.query<RowDataPacket[]>(
    'SELECT COUNT(*) AS count FROM movies WHERE low_stock = TRUE',
  );
  return Number(rows[0]?.count ?? 0);
}

function toCounts(entries: readonly (readonly [string, string, number])[]): Counts {
  const counts: Counts = {};
  for (const [outer, inner, count] of entries) setCount(counts, outer, inner, count);
  return counts;
}

function setCount(counts: Counts, outer: string, inner: string, count: number): void {
  counts[outer] = { ...counts[outer], [inner]: count };
}

/** Seconds since the beginning of the year 0, as TO_SECONDS counts them, as an ISO time. */
function toIsoTime(seconds: number): string {
  return new Date((seconds - EPOCH_S) * 1000).toISOString();
}

function toHour(seconds: number): string {
  return toIsoTime(seconds).slice(0, 13);
}

function hourBefore(iso: string, hours: number): string {
  return new Date(Date.parse(iso) - hours * 60 * 60 * 1000).toISOString().slice(0, 13);
}

function startOf(hour: string): string {
  return `${hour.replace('T', ' ')}:00:00`;
}
