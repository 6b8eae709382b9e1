import type { LowFilm } from './state.ts';

export interface LowFilmsProps {
  readonly films: readonly LowFilm[];
  /** Of all that run low; null where that may not be read. */
  readonly count: number | null;
}

/** What stands in place of films; a dash where there are some that may not be read. */
export function describeNoFilms(count: number | null): string {
  return count === 0 ? 'No film runs low.' : '–';
}
