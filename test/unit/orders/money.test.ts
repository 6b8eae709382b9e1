import { expect, test } from 'vitest';
import { decideTotal, multiplyMoney, sumMoney } from '../../../src/orders/money.ts';

test('nothing is rounded, however many and however large the amounts', () => {
  expect(sumMoney(Array.from({ length: 10 }, () => '0.10'))).toBe('1.00');
  expect(sumMoney(['9007199254740993.01', '0.02'])).toBe('9007199254740993.03');
  expect(multiplyMoney('999999.99', 9_999)).toBe('9998999900.01');
  expect(sumMoney([])).toBe('0.00');
});

test('a total that the column cannot hold is refused', () => {
  expect(decideTotal(['9999999999.99'])).toBeNull();
  expect(decideTotal(['9999999999.99', '0.01'])).toMatchObject({ code: 'total_too_large' });
});
