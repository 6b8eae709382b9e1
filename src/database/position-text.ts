import type { Position, RowOrder } from './row-order.ts';

/** An address has room for no more: 255 letters and a key. Whoever stands at longer values goes on by the page's number. */
const LONGEST = 4_000;

/** A position as one string for addresses, or null where it is too long for one. */
export function encodePosition({ values, number }: Position): string | null {
  const text = Buffer.from(JSON.stringify([...values, number])).toString('base64url');
  return text.length > LONGEST ? null : text;
}

/** The position that a text stands for in an order, or null where it is none. */
export function decodePosition(order: RowOrder, text: string): Position | null {
  if (text.length > LONGEST || !/^[A-Za-z0-9_-]+$/.test(text)) return null;
  const parts = parse(Buffer.from(text, 'base64url').toString('utf8'));
  if (!parts) return null;
  const number = parts.at(-1);
  const values = parts.slice(0, -1);
  const isWhole = Number.isSafeInteger(number) && Number(number) >= (order.isTotal ? 0 : 1);
  if (!isWhole || !fits(order, values)) return null;
  return { values, number: Number(number) };
}

function parse(text: string): unknown[] | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

function fits({ terms }: RowOrder, values: unknown[]): values is (string | null)[] {
  return (
    values.length === terms.length && values.every((value) => value === null || typeof value === 'string')
  );
}
