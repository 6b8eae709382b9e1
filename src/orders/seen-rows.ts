import type { JsonValue } from '../database/column-value.ts';
import type { ReadContext, SeenRow } from '../resources/panel-context.ts';

/** The films of rows that have a `movie_id`, by record id. */
export async function findFilmRows(
  context: ReadContext,
  rows: readonly SeenRow[],
): Promise<ReadonlyMap<string, SeenRow>> {
  return byId(await context.rows('movies').byIds(distinct(rows, 'movie_id')));
}

/** A film as somebody sees it. */
export interface FilmView {
  readonly movieId: number;
  readonly title: string;
  readonly releaseYear?: number;
}

/** A film's title and year as somebody sees them. */
export function describeFilm(movieId: number, films: ReadonlyMap<string, SeenRow>): FilmView {
  const film = films.get(String(movieId));
  return { movieId, title: film?.title ?? `Film ${movieId}`, releaseYear: read(film, 'release_year') };
}

/** By title, as a person looks for them. */
export function compareFilms(left: FilmView, right: FilmView): number {
  return left.title.localeCompare(right.title, 'en') || left.movieId - right.movieId;
}

/** Rows by the text of one of their columns. */
export function groupBy(rows: readonly SeenRow[], column: string): ReadonlyMap<string, readonly SeenRow[]> {
  const groups = new Map<string, SeenRow[]>();
  for (const row of rows) {
    const key = String(row.values[column]);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

/** A column of a row; undefined where it may not be read. */
export function read<T extends JsonValue>(row: SeenRow | undefined, column: string): T | undefined {
  return row?.values[column] as T | undefined;
}

/** The values of a column in rows that have any, as record ids. */
export function distinct(rows: readonly SeenRow[], column: string): string[] {
  const values = rows
    .map((row) => row.values[column])
    .filter((value) => value !== undefined && value !== null);
  return [...new Set(values.map(String))];
}

/** Rows by record id. */
export function byId(rows: readonly SeenRow[]): ReadonlyMap<string, SeenRow> {
  return new Map(rows.map((row) => [row.id, row]));
}

/** An employee as somebody sees him. */
export interface EmployeeView {
  readonly id: number;
  readonly name: string;
}

/** Whom a row with an `employee_id` belongs to; null: nobody, undefined: that may not be read. */
export function readEmployee(
  row: SeenRow,
  employees: ReadonlyMap<string, SeenRow>,
): EmployeeView | null | undefined {
  const id = read<number | null>(row, 'employee_id');
  if (id === null || id === undefined) return id;
  return { id, name: employees.get(String(id))?.title ?? `Employee ${id}` };
}
