import { expect, test } from 'vitest';
import { parseQuantities, parseQuantity } from '../../../../src/ui/order/quantity.ts';

test.each([
  ['3', 3],
  [' 12 ', 12],
  ['0', 0],
  ['', null],
  ['-1', null],
  ['1.5', null],
  ['1e3', null],
  ['12345', null],
])('%j is read as %j', (text, quantity) => {
  expect(parseQuantity(text)).toBe(quantity);
});

test('quantities count only where each is within its limit', () => {
  const limits = [
    { movieId: 1, most: 2 },
    { movieId: 2, most: 5 },
  ];
  expect(parseQuantities({ 1: '2', 2: '0' }, limits)).toEqual([
    { movieId: 1, quantity: 2 },
    { movieId: 2, quantity: 0 },
  ]);
  expect(parseQuantities({ 1: '3', 2: '0' }, limits)).toBeNull();
  expect(parseQuantities({ 1: '1' }, limits)).toBeNull();
});
