import type { Queryable, RowDataPacket } from '../database/pool.ts';
import type { ReadContext, SeenRow } from '../resources/panel-context.ts';
import { read } from './seen-rows.ts';

/** A film as the shop sells it. `price` is a decimal string. */
export interface FilmForSale {
  readonly movieId: number;
  readonly title: string;
  readonly releaseYear: number;
  readonly price: string;
  readonly available: number;
}

/**
 * Films whose title has every word of the text, those that begin with it first; with no text, the first of the
 * catalogue. Sold-out films are in it: the shop says so. Reads titles from the index movies_title_year alone.
 */
export async function searchFilmsForSale(db: Queryable, text: string, limit = 20): Promise<FilmForSale[]> {
  const words = text
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, 8);
  const condition = ['TRUE', ...words.map(() => 'title LIKE ?')].join(' AND ');
  const [rows] = await db.query<RowDataPacket[]>(
    `SELECT m.id AS movieId, m.title, m.release_year AS releaseYear, m.price, m.available
     FROM (SELECT id, title LIKE ? AS begins, title, release_year FROM movies FORCE INDEX (movies_title_year)
           WHERE ${condition} ORDER BY begins DESC, title, release_year LIMIT ?) found
     JOIN movies m ON m.id = found.id ORDER BY found.begins DESC, m.title, m.release_year`,
    [`${escapeLike(text.trim())}%`, ...words.map((word) => `%${escapeLike(word)}%`), limit],
  );
  return rows as (RowDataPacket & FilmForSale)[];
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

/** The films that run low as somebody sees them, least available first; from the index movies_low_stock. */
export function findLowStock(context: ReadContext, limit: number): Promise<SeenRow[]> {
  const sort = { column: 'available', direction: 'asc' } as const;
  return context.rows('movies').find({ where: { low_stock: true }, sort, limit });
}

/** A row of the stock ledger; what may not be read is absent. `at`: ISO 8601 UTC. */
export interface StockMovement {
  /** Decimal string. */
  readonly id: string;
  readonly at?: string;
  readonly stockDelta?: number;
  readonly reservedDelta?: number;
  readonly reason?: string;
  readonly note?: string | null;
  readonly orderId?: number | null;
  /** Null where another program did it. */
  readonly actorName?: string | null;
}

/** A film's last movements as somebody sees them, newest first. */
export async function findStockMovements(
  context: ReadContext,
  movieId: string | number,
  limit = 50,
): Promise<StockMovement[]> {
  const sort = { column: 'id', direction: 'desc' } as const;
  const rows = await context.rows('stock_movements').find({ where: { movie_id: movieId }, sort, limit });
  return rows.map((row) => ({
    id: row.id,
    at: read(row, 'created_at'),
    stockDelta: read(row, 'stock_delta'),
    reservedDelta: read(row, 'reserved_delta'),
    reason: read(row, 'reason'),
    note: read(row, 'note'),
    orderId: read(row, 'order_id'),
    actorName: read(row, 'actor_name'),
  }));
}
