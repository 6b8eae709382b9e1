import type { RowDataPacket } from '../database/pool.ts';
import type { ReadContext } from '../resources/panel-context.ts';
import { findLowStock } from './find-films.ts';
import { OPEN_STATUSES } from './order-statuses.ts';
import { describeFilm, findFilmRows, read } from './seen-rows.ts';

/** The first rows of a list; complete where the list has no others. */
export interface FirstRows<T> {
  readonly rows: readonly T[];
  readonly isComplete: boolean;
}

/** An open order; what may not be read is absent. Times here are ISO 8601 UTC, money is a decimal string. */
export interface OldestOrder {
  readonly id: number;
  readonly status: string;
  readonly onHold?: boolean;
  readonly employeeId?: number | null;
  readonly placedAt: string;
  readonly total?: string;
}

export interface LowFilm {
  readonly id: number;
  readonly title: string;
  readonly available: number;
  readonly threshold?: number;
}

export interface StockMove {
  /** Decimal string. */
  readonly id: string;
  readonly at: string;
  readonly movieId: number;
  readonly title: string;
  readonly stockDelta?: number;
  readonly reservedDelta?: number;
  readonly reason?: string;
  readonly orderId?: number | null;
  readonly actorName?: string | null;
}

const ROWS_KEPT = 60;

/** The open orders that were placed first; none where that may not be read. */
export async function findOldestOrders(context: ReadContext): Promise<FirstRows<OldestOrder>> {
  const parts = OPEN_STATUSES.map(
    () => `(SELECT id, placed_at FROM orders FORCE INDEX (orders_status)
            WHERE status = ? ORDER BY placed_at, id LIMIT ?)`,
  );
  const ids = await context.figure(async (db) => {
    const [rows] = await db.query<RowDataPacket[]>(
      `SELECT id FROM (${parts.join(' UNION ALL ')}) oldest ORDER BY placed_at, id LIMIT ?`,
      [...OPEN_STATUSES.flatMap((status) => [status, ROWS_KEPT]), ROWS_KEPT],
    );
    return rows.map(({ id }) => Number(id));
  });
  const orders = await context.rows('orders').byIds(ids ?? []);
  return toFirstRows(
    orders.map((order) => ({
      id: Number(order.id),
      status: String(order.values.status),
      onHold: read(order, 'on_hold'),
      employeeId: read(order, 'employee_id'),
      placedAt: String(order.values.placed_at),
      total: read(order, 'total'),
    })),
  );
}

/** The films that run low, least available first; none where that may not be read. */
export async function findLowFilms(context: ReadContext): Promise<FirstRows<LowFilm>> {
  if (!context.sees('movies', 'available')) return toFirstRows([]);
  const films = await findLowStock(context, ROWS_KEPT);
  return toFirstRows(
    films.map((film) => ({
      id: Number(film.id),
      title: film.title,
      available: Number(film.values.available),
      threshold: read(film, 'low_stock_threshold'),
    })),
  );
}

/** The newest rows of the stock ledger. */
export async function findNewestMoves(context: ReadContext): Promise<FirstRows<StockMove>> {
  const sort = { column: 'id', direction: 'desc' } as const;
  const moves = await context.rows('stock_movements').find({ sort, limit: ROWS_KEPT });
  const films = await findFilmRows(context, moves);
  return toFirstRows(
    moves.map((move) => ({
      id: move.id,
      at: String(move.values.created_at),
      movieId: Number(move.values.movie_id),
      title: describeFilm(Number(move.values.movie_id), films).title,
      stockDelta: read(move, 'stock_delta'),
      reservedDelta: read(move, 'reserved_delta'),
      reason: read(move, 'reason'),
      orderId: read(move, 'order_id'),
      actorName: read(move, 'actor_name'),
    })),
  );
}

function toFirstRows<T>(rows: readonly T[]): FirstRows<T> {
  return { rows, isComplete: rows.length < ROWS_KEPT };
}

/** '2026-11-22 17:43:29.279', UTC as the database tells it, as an ISO time. */
export function toIso(text: string): string {
  return `${text.replace(' ', 'T')}Z`;
}
