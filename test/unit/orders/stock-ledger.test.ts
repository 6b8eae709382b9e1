import { expect, test } from 'vitest';
import {
  applyMovements,
  decideAvailability,
  describeShortage,
  toMovements,
} from '../../../src/orders/stock-ledger.ts';

const films = new Map([
  [1, { movieId: 1, title: 'Alien', price: '9.99', stock: 5, reserved: 3 }],
  [2, { movieId: 2, title: 'Brazil', price: '9.99', stock: 1, reserved: 1 }],
]);

test.each([
  [{ available: 2, wanted: 5 }, "Only 2 of 'Alien' are available; 5 were asked for."],
  [{ available: 1, wanted: 2 }, "Only 1 of 'Alien' is available; 2 were asked for."],
  [{ available: 0, wanted: 1 }, "None of 'Alien' is available; 1 was asked for."],
])('a shortage of %o is told in words', (figures, sentence) => {
  expect(describeShortage({ movieId: 1, title: 'Alien', ...figures })).toBe(sentence);
});

test('what is reserved is not available; every short film is told', () => {
  expect(decideAvailability(new Map([[1, 2]]), films)).toBeNull();
  expect(
    decideAvailability(
      new Map([
        [1, 3],
        [2, 1],
      ]),
      films,
    ),
  ).toMatchObject({
    code: 'not_enough_stock',
    shortages: [
      { movieId: 1, available: 2, wanted: 3 },
      { movieId: 2, available: 0, wanted: 1 },
    ],
  });
  expect(decideAvailability(new Map([[7, 1]]), films)).toMatchObject({ code: 'unknown_film' });
});

test('movements move the figures they name', () => {
  const moved = applyMovements(films, toMovements(new Map([[1, 2]]), 'shipped', { stock: -1, reserved: -1 }));
  expect(moved.get(1)).toMatchObject({ stock: 3, reserved: 1 });
  expect(moved.get(2)).toBe(films.get(2));
  expect(films.get(1)).toMatchObject({ stock: 5, reserved: 3 });
});
