import { expect, test } from 'vitest';
import { loadBirthYears, loadFilms } from '../../../src/seed/films.ts';

const films = loadFilms();

test('there are plenty of films, from every decade of cinema and of many genres', () => {
  expect(films.length).toBeGreaterThanOrEqual(160);
  const decades = new Set(films.map(({ year }) => Math.floor(year / 10) * 10));
  expect([...decades].sort()).toEqual([1920, 1930, 1940, 1950, 1960, 1970, 1980, 1990, 2000, 2010, 2020]);
  expect(new Set(films.map(({ genre }) => genre)).size).toBeGreaterThanOrEqual(12);
});

test('every film fits the table', () => {
  for (const { title, year, rating, runtimeMinutes, genre, price } of films) {
    expect(title.trim(), title).toBe(title);
    expect(title.length).toBeLessThanOrEqual(200);
    expect(year, title).toBeGreaterThanOrEqual(1888);
    expect(['G', 'PG', 'PG-13', 'R', 'NC-17', 'NR'], title).toContain(rating);
    expect(runtimeMinutes, title).toBeGreaterThan(30);
    expect(genre, title).toMatch(/^[A-Z][A-Za-z ]+$/);
    expect(price, title).toMatch(/^\d{1,2}\.\d\d$/);
    expect(Number(price), title).toBeGreaterThanOrEqual(4.99);
  }
});

test('no film is there twice, and no performance', () => {
  const keys = films.map(({ title, year }) => `${title.toLowerCase()} ${year}`);
  expect(new Set(keys).size).toBe(keys.length);
  for (const { title, cast } of films)
    expect(new Set(cast.map(({ actor, role }) => `${actor} ${role}`.toLowerCase())).size, title).toBe(
      cast.length,
    );
});

test('every film has 3 to 6 performances, and actors are shared among films', () => {
  const filmsOf = new Map<string, number>();
  for (const { title, cast } of films) {
    expect(cast.length, title).toBeGreaterThanOrEqual(3);
    expect(cast.length, title).toBeLessThanOrEqual(6);
    for (const actor of new Set(cast.map((performance) => performance.actor)))
      filmsOf.set(actor, (filmsOf.get(actor) ?? 0) + 1);
  }
  expect([...filmsOf.values()].filter((count) => count > 1).length).toBeGreaterThan(100);
});

test('birth years belong to actors of the films, who were born before their first film and alive at their last', () => {
  const actors = new Set(films.flatMap(({ cast }) => cast.map(({ actor }) => actor)));
  const birthYears = loadBirthYears();
  expect(birthYears.size).toBeGreaterThan(500);
  for (const actor of birthYears.keys()) expect(actors, actor).toContain(actor);
  for (const { title, year, cast } of films) {
    for (const { actor } of cast) {
      const age = year - (birthYears.get(actor) ?? year - 30);
      expect(age, `${actor} in ${title}`).toBeGreaterThanOrEqual(3);
      expect(age, `${actor} in ${title}`).toBeLessThan(95);
    }
  }
});
