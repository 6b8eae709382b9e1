import type { Queryable, RowDataPacket } from '../database/pool.ts';

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

/** A film of which no more is available than its threshold says. */
export interface LowStock {
  readonly movieId: number;
  readonly title: string;
  readonly stock: number;
  readonly reserved: number;
  readonly available: number;
  readonly threshold: number;
}

/** The films that run low, least available first; from the index movies_low_stock. */
export async function findLowStock(db: Queryable, limit = 100): Promise<LowStock[]> {
  const [rows] = await db.query<RowDataPacket[]>(
    `SELECT id AS movieId, title, stock, reserved, available, low_stock_threshold AS threshold
     FROM movies WHERE low_stock = TRUE ORDER BY available, title LIMIT ?`,
    [limit],
  );
  return rows as (RowDataPacket & LowStock)[];
}

/** A row of the stock ledger. `at`: 'YYYY-MM-DD HH:MM:SS.mmm', UTC. */
export interface StockMovement {
  readonly id: number;
  readonly at: string;
  readonly stockDelta: number;
  readonly reservedDelta: number;
  readonly reason: string;
  readonly note: string | null;
  readonly orderId: number | null;
  /** Null where another program did it. */
  readonly actorName: string | null;
}

/** A film's movements, newest first; `beforeId` is the last id of the page before. */
export async function findStockMovements(
  db: Queryable,
  movieId: number,
  { beforeId = Number.MAX_SAFE_INTEGER, limit = 50 }: { beforeId?: number; limit?: number } = {},
): Promise<StockMovement[]> {
  const [rows] = await db.query<RowDataPacket[]>(
    `SELECT id, created_at AS at, stock_delta AS stockDelta, reserved_delta AS reservedDelta, reason, note,
       order_id AS orderId, actor_name AS actorName
     FROM stock_movements WHERE movie_id = ? AND id < ? ORDER BY id DESC LIMIT ?`,
    [movieId, beforeId, limit],
  );
  return rows as (RowDataPacket & StockMovement)[];
}
