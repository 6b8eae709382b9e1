import Decimal from 'decimal.js';
import { type Refusal, refuse } from '../errors.ts';

// Wide enough for any sum of DECIMAL(12,2) columns: nothing is ever rounded.
const Money = Decimal.clone({ precision: 40 });

// The limit of orders.total, DECIMAL(12,2).
const MAX_TOTAL = '9999999999.99';

/** Price times quantity, exact: `multiplyMoney('9.99', 3)` is '29.97'. */
export function multiplyMoney(price: string, quantity: number): string {
  return new Money(price).times(quantity).toFixed(2);
}

/** The exact sum of amounts such as '9.99'; '0.00' of none. */
export function sumMoney(amounts: readonly string[]): string {
  return amounts.reduce((sum, amount) => sum.plus(amount), new Money(0)).toFixed(2);
}

/** Refuses an order whose lines are worth more than orders.total can say. */
export function decideTotal(lineTotals: readonly string[]): Refusal | null {
  if (new Money(sumMoney(lineTotals)).lessThanOrEqualTo(MAX_TOTAL)) return null;
  return refuse(
    'total_too_large',
    `This order is worth more than ${MAX_TOTAL}. Split it into several orders.`,
  );
}
