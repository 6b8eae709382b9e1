import { expect, test } from 'vitest';
import { sumPrices } from '../../../../src/ui/order/money.ts';

test.each([
  [[], '0.00'],
  [[{ price: '9.99', quantity: 3 }], '29.97'],
  [
    [
      { price: '0.10', quantity: 1 },
      { price: '0.2', quantity: 1 },
    ],
    '0.30',
  ],
  [[{ price: '999999.99', quantity: 9999 }], '9998999900.01'],
  [[{ price: '8', quantity: 2 }], '16.00'],
])('%j comes to %s', (lines, total) => {
  expect(sumPrices(lines)).toBe(total);
});
