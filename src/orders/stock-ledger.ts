import type { Actor } from '../database/activity.ts';
import type { Queryable, RowDataPacket } from '../database/pool.ts';
import { quoting, type Refusal, refuse } from '../errors.ts';
import type { Excess, Quantities } from './line-arithmetic.ts';

/**
 * Why a figure changed. Not here: 'outside' (another program changed movies.stock) and 'line_deleted' (a line that
 * held stock was deleted), which the database's triggers write by themselves.
 */
export type MovementReason =
  | 'reserved'
  | 'released'
  | 'shipped'
  | 'returned'
  | 'written_off'
  | 'received'
  | 'counted';

/** One row of stock_movements to be; the database moves the film's and the line's figures with it. */
export interface Movement {
  readonly movieId: number;
  /** Change of movies.stock. */
  readonly stock: number;
  /** Change of movies.reserved, and of the line's held_quantity. */
  readonly reserved: number;
  readonly reason: MovementReason;
}

/** What a lock on a film reads. */
export interface FilmStock {
  readonly movieId: number;
  readonly title: string;
  /** Decimal string. */
  readonly price: string;
  readonly stock: number;
  readonly reserved: number;
}

/** A film of which less is available than was asked for. */
export interface Shortage {
  readonly movieId: number;
  readonly title: string;
  readonly available: number;
  readonly wanted: number;
}

/** The refusal `not_enough_stock`, with every short film. */
export interface NotEnoughStock extends Refusal {
  readonly shortages: readonly Shortage[];
}

/** Locks films until the end of the transaction, always in the order of their ids, and reads them as they are now. */
export async function lockFilms(db: Queryable, movieIds: Iterable<number>): Promise<Map<number, FilmStock>> {
  const ids = [...new Set(movieIds)];
  if (ids.length === 0) return new Map();
  const [rows] = await db.query<RowDataPacket[]>(
    `SELECT id AS movieId, title, price, stock, reserved FROM movies FORCE INDEX (PRIMARY)
     WHERE id IN (?) ORDER BY id FOR UPDATE`,
    [ids],
  );
  return new Map((rows as (RowDataPacket & FilmStock)[]).map((row) => [row.movieId, row]));
}

/** Reads films without a lock, as they were a moment ago. */
export async function findFilms(db: Queryable, movieIds: readonly number[]): Promise<Map<number, FilmStock>> {
  if (movieIds.length === 0) return new Map();
  const [rows] = await db.query<RowDataPacket[]>(
    'SELECT id AS movieId, title, price, stock, reserved FROM movies WHERE id IN (?)',
    [movieIds],
  );
  return new Map((rows as (RowDataPacket & FilmStock)[]).map((row) => [row.movieId, row]));
}

/** The films as they would be after these movements. */
export function applyMovements(
  films: ReadonlyMap<number, FilmStock>,
  movements: readonly Movement[],
): Map<number, FilmStock> {
  const moved = new Map(films);
  for (const { movieId, stock, reserved } of movements) {
    const film = moved.get(movieId);
    if (film) moved.set(movieId, { ...film, stock: film.stock + stock, reserved: film.reserved + reserved });
  }
  return moved;
}

/** Null where every film of the demand exists and enough of it is available; else a refusal that lists all that fail. */
export function decideAvailability(
  demand: Quantities,
  films: ReadonlyMap<number, FilmStock>,
): Refusal | NotEnoughStock | null {
  const unknown = [...demand.keys()].filter((movieId) => !films.has(movieId));
  if (unknown.length > 0)
    return refuse('unknown_film', `There is no film ${unknown.join(', ')}. Choose it from the list again.`);
  const shortages = [...demand].flatMap(([movieId, wanted]) => {
    const film = films.get(movieId) as FilmStock;
    const available = film.stock - film.reserved;
    return available < wanted ? [{ movieId, title: film.title, available, wanted }] : [];
  });
  if (shortages.length === 0) return null;
  return quoting(
    { ...refuse('not_enough_stock', shortages.map(describeShortage).join(' ')), shortages },
    ['movies.title', 'movies.available'],
    `There are not enough copies of ${listFilms(shortages)}.`,
  );
}

/** Films by their numbers, for those who may not read their titles. */
function listFilms(films: readonly { readonly movieId: number }[]): string {
  return films.map(({ movieId }) => `film ${movieId}`).join(', ');
}

/** "Only 2 of 'Alien' are available; 5 were asked for." */
export function describeShortage({ title, available, wanted }: Shortage): string {
  const asked = `${wanted} ${wanted === 1 ? 'was' : 'were'} asked for.`;
  if (available <= 0) return `None of '${title}' is available; ${asked}`;
  return `Only ${available} of '${title}' ${available === 1 ? 'is' : 'are'} available; ${asked}`;
}

/** A refusal with a sentence for each film of which too many were named: "Of 'Alien', 1 can still be shipped, not 3." */
export function refuseExcess(
  code: string,
  excess: readonly Excess[],
  verb: string,
  films: ReadonlyMap<number, FilmStock>,
): Refusal {
  const sentences = excess.map(({ movieId, wanted, limit }) => {
    const title = films.get(movieId)?.title;
    const count = limit === 0 ? 'none' : String(limit);
    return title ? `Of '${title}', ${count} can ${verb}, not ${wanted}.` : `There is no film ${movieId}.`;
  });
  return quoting(
    refuse(code, sentences.join(' ')),
    ['movies.title', ...LINE_FIGURES],
    `Too many were named of ${listFilms(excess)}.`,
  );
}

const LINE_FIGURES = [
  'order_items.quantity',
  'order_items.shipped_quantity',
  'order_items.cancelled_quantity',
  'order_items.returned_quantity',
];

/** One movement a film: `toMovements(demand, 'reserved', { reserved: 1 })` reserves what the demand says. */
export function toMovements(
  quantities: Quantities,
  reason: MovementReason,
  sign: { readonly stock?: 1 | -1; readonly reserved?: 1 | -1 },
): Movement[] {
  return [...quantities].map(([movieId, quantity]) => ({
    movieId,
    stock: (sign.stock ?? 0) * quantity,
    reserved: (sign.reserved ?? 0) * quantity,
    reason,
  }));
}

/**
 * Posts movements to the ledger, which moves movies.stock, movies.reserved and the lines' held_quantity. The films
 * must be locked; the lines must leave room for what they are to hold.
 */
export async function recordMovements(
  db: Queryable,
  actor: Actor,
  movements: readonly Movement[],
  { orderId = null, note = null }: { orderId?: number | null; note?: string | null } = {},
): Promise<void> {
  if (movements.length === 0) return;
  await db.query(
    `INSERT INTO stock_movements (movie_id, stock_delta, reserved_delta, reason, note, order_id, actor_name)
     VALUES ?`,
    [movements.map((row) => [row.movieId, row.stock, row.reserved, row.reason, note, orderId, actor.name])],
  );
}
