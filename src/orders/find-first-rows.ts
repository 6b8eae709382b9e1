import type { Queryable, RowDataPacket } from '../database/pool.ts';
import { OPEN_STATUSES } from './order-status.ts';

/** The first rows of a list; complete where the list has no others. */
export interface FirstRows<T> {
  readonly rows: readonly T[];
  readonly isComplete: boolean;
}

/** An open order. Times here are ISO 8601 UTC, money is a decimal string. */
export interface OldestOrder {
  readonly id: number;
  readonly status: string;
  readonly onHold: boolean;
  readonly employeeId: number | null;
  readonly placedAt: string;
  readonly total: string;
}

export interface LowFilm {
  readonly id: number;
  readonly title: string;
  readonly available: number;
  readonly threshold: number;
}

export interface StockMove {
  /** Decimal string. */
  readonly id: string;
  readonly at: string;
  readonly movieId: number;
  readonly title: string;
  readonly stockDelta: number;
  readonly reservedDelta: number;
  readonly reason: string;
  readonly orderId: number | null;
  readonly actorName: string | null;
}

const ROWS_KEPT = 60;

/** The open orders that were placed first. */
export async function findOldestOrders(db: Queryable): Promise<FirstRows<OldestOrder>> {
  const parts = OPEN_STATUSES.map(
    () => `(SELECT id, placed_at FROM orders FORCE INDEX (orders_status)
            WHERE status = ? ORDER BY placed_at, id LIMIT ?)`,
  );
  const [rows] = await db.query<RowDataPacket[]>(
    `SELECT o.id, o.status, o.on_hold AS onHold, o.employee_id AS employeeId, o.placed_at AS placedAt, o.total
     FROM (${parts.join(' UNION ALL ')}) oldest JOIN orders o ON o.id = oldest.id
     ORDER BY o.placed_at, o.id LIMIT ?`,
    [...OPEN_STATUSES.flatMap((status) => [status, ROWS_KEPT]), ROWS_KEPT],
  );
  return toFirstRows(
    rows.map((row) => ({ ...row, onHold: row.onHold === 1, placedAt: toIso(row.placedAt) }) as OldestOrder),
  );
}

/** The films that run low, least available first. */
export async function findLowFilms(db: Queryable): Promise<FirstRows<LowFilm>> {
  const [rows] = await db.query<RowDataPacket[]>(
    `SELECT id, title, available, low_stock_threshold AS threshold
     FROM movies WHERE low_stock = TRUE ORDER BY available, id LIMIT ?`,
    [ROWS_KEPT],
  );
  return toFirstRows(rows as (RowDataPacket & LowFilm)[]);
}

/** The newest rows of the stock ledger. */
export async function findNewestMoves(db: Queryable): Promise<FirstRows<StockMove>> {
  const [rows] = await db.query<RowDataPacket[]>(
    `SELECT s.id, s.created_at AS at, s.movie_id AS movieId, m.title, s.stock_delta AS stockDelta,
       s.reserved_delta AS reservedDelta, s.reason, s.order_id AS orderId, s.actor_name AS actorName
     FROM (SELECT * FROM stock_movements ORDER BY id DESC LIMIT ?) s JOIN movies m ON m.id = s.movie_id
     ORDER BY s.id DESC`,
    [ROWS_KEPT],
  );
  return toFirstRows(rows.map((row) => ({ ...row, id: String(row.id), at: toIso(row.at) }) as StockMove));
}

function toFirstRows<T>(rows: readonly T[]): FirstRows<T> {
  return { rows, isComplete: rows.length < ROWS_KEPT };
}

/** '2026-11-22 17:43:29.279', UTC as the database tells it, as an ISO time. */
export function toIso(text: string): string {
  return `${text.replace(' ', 'T')}Z`;
}
