import type { Position, RowOrder } from './row-order.ts';

/** An address has room for no more. Whoever stands at a longer value goes on by the page's number. */
const LONGEST = 1_500;

/** A position as one string for addresses, or null where it is too long for one. */
export function encodePosition({ values, passed }: Position): string | null {
  const text = Buffer.from(JSON.stringify([...values, passed])).toString('base64url');
  return text.length > LONGEST ? null : text;
}

/** The position that a text stands for in an order, or null where it is none. */
export function decodePosition(order: RowOrder, text: string): Position | null {
  if (text.length > LONGEST || !/^[A-Za-z0-9_-]+$/.test(text)) return null;
  const parts = parse(Buffer.from(text, 'base64url').toString('utf8'));
  if (!parts) return null;
  const passed = parts.at(-1);
  const values = parts.slice(0, -1);
  const isWhole = Number.isSafeInteger(passed) && Number(passed) >= 0;
  if (!isWhole || !fits(order, values)) return null;
  return { values, passed: Number(passed) };
}

function parse(text: string): unknown[] | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

function fits({ columns }: RowOrder, values: unknown[]): values is (string | null)[] {
  return (
    values.length === columns.length && values.every((value) => value === null || typeof value === 'string')
  );
}
