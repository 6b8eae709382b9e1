import { parseQuantity } from './quantity.ts';
import type { FilmForSale } from './search-films.ts';

/** A film in the basket, with its quantity as it is typed. */
export interface BasketLine {
  readonly film: FilmForSale;
  readonly typed: string;
}

/** Puts one more of a film into the basket; what is known of the film is renewed. */
export function addFilm(basket: readonly BasketLine[], film: FilmForSale): BasketLine[] {
  const has = basket.some((line) => line.film.movieId === film.movieId);
  if (!has) return [...basket, { film, typed: '1' }];
  return basket.map((line) =>
    line.film.movieId === film.movieId ? { film, typed: String((parseQuantity(line.typed) ?? 0) + 1) } : line,
  );
}

/** How many of a line's film are wanted; null where that is no whole number of at least 1. */
export function quantityOf({ typed }: BasketLine): number | null {
  const quantity = parseQuantity(typed);
  return quantity === 0 ? null : quantity;
}

/** What is wrong with a line as far as is known here; the server has the last word. */
export function describeLine(line: BasketLine): string | null {
  const quantity = quantityOf(line);
  const { available, title } = line.film;
  if (quantity === null) return 'How many?';
  if (available === undefined || quantity <= available) return null;
  return available === 0 ? `None of '${title}' is available` : `Only ${available} available`;
}
