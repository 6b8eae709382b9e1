import { loadTable } from './load-table.ts';

/** A film as it is known on Earth. */
export interface Film {
  readonly title: string;
  readonly year: number;
  /** A member of movies.rating. */
  readonly rating: string;
  readonly runtimeMinutes: number;
  readonly genre: string;
  /** Decimal string. */
  readonly price: string;
  readonly cast: readonly { readonly actor: string; readonly role: string }[];
}

const FILM_COLUMNS = ['title', 'year', 'rating', 'minutes', 'genre', 'price', 'cast'] as const;
const DECADES = ['1920s-1940s', '1950s', '1960s', '1970s', '1980s', '1990s', '2000s', '2010s-2020s'];

/** Every film of the seed data, oldest first. */
export function loadFilms(): Film[] {
  const rows = DECADES.flatMap((decade) => loadTable(`films-${decade}`, FILM_COLUMNS));
  return rows.map(({ title, year, rating, minutes, genre, price, cast }) => ({
    title,
    year: Number(year),
    rating,
    runtimeMinutes: Number(minutes),
    genre,
    price,
    cast: cast.split('; ').map(decodePerformance),
  }));
}

function decodePerformance(text: string): { actor: string; role: string } {
  const [actor, role] = text.split(' as ');
  if (!actor || !role) throw new Error(`not an actor and a role: ${text}`);
  return { actor, role };
}

/** Year of birth by actor's name, for those whose is known for sure. */
export function loadBirthYears(): Map<string, number> {
  const rows = loadTable('birth-years', ['actor', 'year']);
  return new Map(rows.map(({ actor, year }) => [actor, Number(year)]));
}
