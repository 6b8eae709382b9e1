import { ApiClient, type RecordJSON } from 'adminjs';
import { FILM_TABLE } from './store-links.ts';

/** A film as the shop sells it now. `price` is a decimal string; what may not be read is absent. */
export interface FilmForSale {
  readonly movieId: number;
  readonly title: string;
  readonly releaseYear: string;
  readonly price?: string;
  readonly available?: number;
}

const MAX_FILMS = 20;

/** Films that match a text, with what is available of each at this moment. Rejects where the server gives no answer. */
export async function searchFilms(text: string): Promise<readonly FilmForSale[]> {
  const query = text.trim();
  const { data } = await new ApiClient().resourceAction({
    resourceId: FILM_TABLE,
    actionName: 'list',
    params: { perPage: MAX_FILMS, ...(query ? { q: query } : {}) },
  });
  const records: RecordJSON[] = data.records ?? [];
  return records.map(({ id, title, params }) => ({
    movieId: Number(id),
    title,
    releaseYear: String(params.release_year ?? ''),
    price: params.price === undefined ? undefined : String(params.price),
    available: params.available === undefined ? undefined : Number(params.available),
  }));
}
