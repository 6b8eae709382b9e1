import { expect, test } from 'vitest';
import {
  addUp,
  collect,
  decideMoney,
  findExcess,
  isSame,
  type OrderLine,
  openQuantity,
  returnableQuantity,
  toLines,
  unheldQuantity,
} from '../../../src/orders/line-arithmetic.ts';

const line = (figures: Partial<OrderLine>): OrderLine => ({
  movieId: 1,
  quantity: 5,
  unitPrice: '9.99',
  held: 0,
  shipped: 0,
  cancelled: 0,
  returned: 0,
  ...figures,
});

test('what is open, unheld and returnable of a line', () => {
  const partly = line({ held: 1, shipped: 2, cancelled: 1, returned: 1 });
  expect([openQuantity(partly), unheldQuantity(partly), returnableQuantity(partly)]).toEqual([2, 1, 1]);
  expect(unheldQuantity(line({ held: 5 }))).toBe(0);
});

test('pieces of one film are added up, films come in the order of their ids, nothing is left out but zeros', () => {
  const sums = addUp([
    { movieId: 9, quantity: 1 },
    { movieId: 2, quantity: 3 },
    { movieId: 9, quantity: 4 },
    { movieId: 1, quantity: 0 },
  ]);
  expect(toLines(sums)).toEqual([
    { movieId: 2, quantity: 3 },
    { movieId: 9, quantity: 5 },
  ]);
  expect(toLines(collect([line({ movieId: 7, held: 2 }), line({ movieId: 3 })], (one) => one.held))).toEqual([
    { movieId: 7, quantity: 2 },
  ]);
});

test('where more is wanted than there is', () => {
  const wanted = new Map([
    [1, 2],
    [2, 1],
    [3, 4],
  ]);
  const limits = new Map([
    [1, 2],
    [3, 1],
  ]);
  expect(findExcess(wanted, limits)).toEqual([
    { movieId: 2, wanted: 1, limit: 0 },
    { movieId: 3, wanted: 4, limit: 1 },
  ]);
});

test('quantities are the same when films and numbers are', () => {
  expect(isSame(new Map([[1, 2]]), new Map([[1, 2]]))).toBe(true);
  expect(isSame(new Map([[1, 2]]), new Map([[1, 3]]))).toBe(false);
  expect(
    isSame(
      new Map([[1, 2]]),
      new Map([
        [1, 2],
        [3, 1],
      ]),
    ),
  ).toBe(false);
});

test('the money of an order is exact', () => {
  const lines = [
    line({ quantity: 3, unitPrice: '0.10', shipped: 3, returned: 1 }),
    line({ quantity: 2, unitPrice: '0.70', cancelled: 1 }),
  ];
  expect(decideMoney(lines)).toEqual({
    ordered: '1.70',
    cancelled: '0.70',
    total: '1.00',
    shipped: '0.30',
    returned: '0.10',
  });
  expect(decideMoney([])).toMatchObject({ total: '0.00' });
});
