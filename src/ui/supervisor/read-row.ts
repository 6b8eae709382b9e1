import type { LiveRow } from '../../live/protocol.ts';
import { isOpenStatus } from '../../orders/order-statuses.ts';
import type { LowFilm, OldestOrder, StockMove } from './state.ts';

/** An open order out of its row; null where it is none. */
export function readOldest(row: LiveRow | null): OldestOrder | null {
  if (row?.placed_at === undefined || !isOpenStatus(String(row.status))) return null;
  return {
    id: Number(row.id),
    status: String(row.status),
    onHold: row.on_hold === undefined ? undefined : row.on_hold === true,
    employeeId: toNumber(row.employee_id),
    placedAt: String(row.placed_at),
    total: row.total === undefined ? undefined : String(row.total),
  };
}

/** A film that runs low out of its row; null where it does not. */
export function readLowFilm(row: LiveRow | null): LowFilm | null {
  if (row?.low_stock !== true || row.available === undefined) return null;
  return {
    id: Number(row.id),
    title: String(row.title ?? `Movie ${row.id}`),
    available: Number(row.available),
    threshold: toNumber(row.low_stock_threshold) ?? undefined,
  };
}

/** A row of the stock ledger; the titles are of films in the same transaction. */
export function readMove(row: LiveRow | null, titles: ReadonlyMap<number, string>): StockMove | null {
  if (!row) return null;
  return {
    id: String(row.id),
    at: String(row.created_at),
    movieId: Number(row.movie_id),
    title: titles.get(Number(row.movie_id)) ?? null,
    stockDelta: toNumber(row.stock_delta) ?? undefined,
    reservedDelta: toNumber(row.reserved_delta) ?? undefined,
    reason: toText(row.reason) ?? undefined,
    orderId: toNumber(row.order_id),
    actorName: toText(row.actor_name),
  };
}

function toNumber(value: LiveRow[string] | undefined): number | null | undefined {
  return value === null || value === undefined ? value : Number(value);
}

function toText(value: LiveRow[string] | undefined): string | null | undefined {
  return value === null || value === undefined ? value : String(value);
}
