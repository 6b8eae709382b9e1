import { type Parameter, parseValue } from './column-value.ts';
import { findColumn, type Table } from './table.ts';

const EMPTY = '._';
/** The key of an InnoDB index has up to 3,072 bytes, each three characters long where it is escaped. */
const LONGEST_ID = 10_000;
const PLAIN = /^[A-Za-z0-9_-]+$/;

/**
 * One row's key as one string that is safe in URLs, comma lists and topics: the key columns' JSON values in key order,
 * joined by `~`; letters, digits, `_` and `-` stand for themselves, any other UTF-8 byte is `.` and two hex digits.
 * `[42, 7]` is `42~7`; an empty string is `._`.
 */
export function encodeRecordId(values: readonly unknown[]): string {
  return values.map((value) => encodePart(String(value))).join('~');
}

function encodePart(text: string): string {
  if (PLAIN.test(text)) return text;
  if (text === '') return EMPTY;
  return [...Buffer.from(text, 'utf8')]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[A-Za-z0-9_-]/.test(character)
        ? character
        : `.${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}

/** The key values an id stands for, as SQL parameters in key order, or null where the text is no id of this table. */
export function decodeRecordId(table: Table, id: string): Parameter[] | null {
  if (id.length > LONGEST_ID) return null;
  const parts = id.split('~');
  if (table.key.length === 0 || parts.length !== table.key.length) return null;
  const values: Parameter[] = [];
  for (const [index, part] of parts.entries()) {
    const column = findColumn(table, table.key[index] ?? '');
    const text = decodeIdPart(part);
    if (!column || text === null) return null;
    const parsed = text === '' ? { ok: true as const, value: '' } : parseValue(column, text);
    if (!parsed.ok || parsed.value === null) return null;
    values.push(parsed.value);
  }
  return values;
}

/** The text that one part of an id stands for; null where it is none. */
export function decodeIdPart(part: string): string | null {
  if (part === EMPTY) return '';
  if (!/^(?:[A-Za-z0-9_-]|\.[0-9A-F]{2})+$/.test(part)) return null;
  const bytes = [...part.matchAll(/\.([0-9A-F]{2})|([A-Za-z0-9_-]+)/g)].map(([, hex, plain = '']) =>
    hex ? Buffer.from(hex, 'hex') : Buffer.from(plain, 'latin1'),
  );
  return Buffer.concat(bytes).toString('utf8');
}
