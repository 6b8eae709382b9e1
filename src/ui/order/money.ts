import { formatMoney } from '../format.ts';

const CENTS = BigInt(100);

function toCents(amount: string): bigint {
  const [whole = '0', fraction = ''] = amount.split('.');
  return BigInt(whole) * CENTS + BigInt(fraction.padEnd(2, '0').slice(0, 2));
}

/** An amount with its currency; a dash for one that may not be read. */
export function showMoney(amount: string | undefined): string {
  return amount === undefined ? '–' : formatMoney(amount);
}

/**
 * Adds up prices times quantities, exactly: [{ '9.99', 3 }] → '29.97'. Prices: decimal strings, not negative; undefined
 * where one of them may not be read.
 */
export function sumPrices(
  lines: readonly { readonly price?: string; readonly quantity: number }[],
): string | undefined {
  if (!lines.every((line): line is { price: string; quantity: number } => line.price !== undefined))
    return undefined;
  const cents = lines.reduce(
    (sum, { price, quantity }) => sum + toCents(price) * BigInt(quantity),
    BigInt(0),
  );
  return `${cents / CENTS}.${String(cents % CENTS).padStart(2, '0')}`;
}
