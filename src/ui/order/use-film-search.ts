import { useEffect, useState } from 'react';
import { type FilmForSale, searchFilms } from './search-films.ts';

const TYPING_PAUSE_MS = 150;

export interface FilmSearch {
  readonly films: readonly FilmForSale[];
  readonly state: 'searching' | 'found' | 'failed';
}

/** The films for a text, asked for once typing pauses; `text` null asks for nothing. The latest text wins. */
export function useFilmSearch(text: string | null): FilmSearch {
  const [search, setSearch] = useState<FilmSearch>({ films: [], state: 'searching' });
  useEffect(() => {
    if (text === null) return;
    let isLatest = true;
    const show = (found: FilmSearch) => {
      if (isLatest) setSearch(found);
    };
    setSearch(({ films }) => ({ films, state: 'searching' }));
    const find = () =>
      searchFilms(text).then(
        (films) => show({ films, state: 'found' }),
        () => show({ films: [], state: 'failed' }),
      );
    const timer = setTimeout(find, text === '' ? 0 : TYPING_PAUSE_MS);
    return () => {
      isLatest = false;
      clearTimeout(timer);
    };
  }, [text]);
  return search;
}
