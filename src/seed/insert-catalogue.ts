import type { PoolConnection } from '../database/pool.ts';
import { type Film, loadBirthYears } from './films.ts';
import { formatTime, insertRows } from './insert-rows.ts';
import type { Customer, NewEmployee } from './people.ts';
import type { Shelf } from './stock-plan.ts';

/** A film with what the shop knows of it. */
export interface StockedFilm extends Film, Shelf {
  readonly id: number;
  readonly lowStockThreshold: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/** Writes films, actors and who played whom. */
export async function insertFilms(db: PoolConnection, films: readonly StockedFilm[]): Promise<void> {
  const columns = ['id', 'title', 'release_year', 'rating', 'runtime_minutes', 'genre', 'price'];
  const filmRows = films.map((film) => [
    film.id,
    film.title,
    film.year,
    film.rating,
    film.runtimeMinutes,
    film.genre,
    film.price,
    film.stock,
    film.reserved,
    film.lowStockThreshold,
    formatTime(film.createdAt),
  ]);
  const stockColumns = ['stock', 'reserved', 'low_stock_threshold', 'created_at'];
  await insertRows(db, 'movies', [...columns, ...stockColumns], filmRows);

  const birthYears = loadBirthYears();
  const names = [...new Set(films.flatMap(({ cast }) => cast.map(({ actor }) => actor)))].sort();
  const actorIds = new Map(names.map((name, index) => [name, index + 1]));
  const actorRows = [...actorIds].map(([name, id]) => [id, name, birthYears.get(name) ?? null]);
  await insertRows(db, 'actors', ['id', 'name', 'birth_year'], actorRows);

  const performanceRows = films.flatMap(({ id, cast }) =>
    cast.map(({ actor, role }) => [id, actorIds.get(actor), role]),
  );
  await insertRows(db, 'performances', ['movie_id', 'actor_id', 'role'], performanceRows);
}

export async function insertCustomers(db: PoolConnection, customers: readonly Customer[]): Promise<void> {
  const columns = ['id', 'name', 'email', 'species', 'planet', 'address', 'created_at'];
  const rows = customers.map(({ name, email, species, planet, address, id, since }) => [
    id,
    name,
    email,
    species,
    planet,
    address,
    formatTime(since),
  ]);
  await insertRows(db, 'customers', columns, rows);
}

/** Writes the staff; who has left is not active. */
export async function insertEmployees(db: PoolConnection, employees: readonly NewEmployee[]): Promise<void> {
  const columns = ['id', 'name', 'email', 'position', 'hired_on', 'active'];
  const rows = employees.map(({ id, name, email, position, since, until }) => [
    id,
    name,
    email,
    position,
    formatTime(since).slice(0, 10),
    until === Number.POSITIVE_INFINITY,
  ]);
  await insertRows(db, 'employees', columns, rows);
}
