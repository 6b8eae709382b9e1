import { isVector, parseBytes, readBlob, readBytes } from './bytes-value.ts';
import { isDate, parseDateTime, readDateTime } from './date-value.ts';
import type { Column } from './table.ts';

/** A value as mysql2 binds it. */
export type Parameter = string | number | bigint | Buffer | null;

/**
 * What a column's value looks like as JSON, each in a form that {@link parseValue} makes the same value of: DECIMAL,
 * 64-bit and BIT values are strings, times ISO 8601 UTC (zero dates with their zeros), yes/no true and false where it is 1
 * or 0 and else its number, bytes text or hexadecimal as bytes-value.ts tells. A blob that is no text is `12 bytes`, and
 * GEOMETRY its well-known text: these two go one way.
 */
export type JsonValue = string | number | boolean | null;

export type ParsedValue = { ok: true; value: Parameter } | { ok: false; message: string };

/** What is only shown: its text form does not carry the value back. */
export function isWritableKind(column: Column): boolean {
  return !column.generated && column.kind !== 'geometry' && !isVector(column);
}

const EMPTY_KINDS: ReadonlySet<string> = new Set(['string', 'text', 'set', 'binary', 'blob']);

/** Whether an empty text is a value of the column, other than NULL. */
export function holdsEmptyText({ kind, values }: Column): boolean {
  return EMPTY_KINDS.has(kind) || values.includes('');
}

/** Turns what `rows.ts` selected of a column into JSON. */
export function readValue(column: Column, raw: unknown): JsonValue {
  if (raw === null || raw === undefined) return null;
  switch (column.kind) {
    case 'boolean':
      return Number(raw) === 0 ? false : Number(raw) === 1 || readInteger(column, raw);
    case 'integer':
      return readInteger(column, raw);
    case 'year':
      return Number(raw);
    case 'float':
      return isSingle(column) ? shortenFloat(Number(raw)) : Number(raw);
    case 'datetime':
      return readDateTime(String(raw));
    case 'binary':
      return readBytes(column, raw as Buffer);
    case 'blob':
      return readBlob(column, raw as Buffer);
    default:
      return String(raw);
  }
}

function readInteger({ wide }: Column, raw: unknown): JsonValue {
  return wide ? String(raw) : Number(raw);
}

/** A value that was read by the kind that the column's type says, by the column's own kind, see `isKindChosen`. */
export function toOwnKind(column: Column, value: JsonValue): JsonValue {
  return typeof value === 'boolean' || column.kind === 'boolean'
    ? readValue(column, typeof value === 'boolean' ? Number(value) : value)
    : value;
}

/** Whether a column keeps 24 bits of a number, and not 53. */
function isSingle({ sqlType }: Column): boolean {
  return /^float\b/i.test(sqlType);
}

/** The fewest digits that tell a FLOAT from every other one. */
function shortenFloat(value: number): number {
  const single = Math.fround(value);
  const shortened = [6, 7, 8, 9].map((digits) => Number(value.toPrecision(digits)));
  return shortened.find((candidate) => Math.fround(candidate) === single) ?? value;
}

/**
 * Turns what a form, filter or record id says of a column into a bound value, or tells what is wrong with it. A Buffer is
 * bytes as they are.
 */
export function parseValue(column: Column, input: unknown): ParsedValue {
  if (input === null || input === undefined) return parseNothing(column);
  if (Buffer.isBuffer(input)) return parseUpload(column, input);
  if (typeof input === 'object') return fail('must be a single value');
  const parsed = parseText(column, String(input));
  if (parsed) return parsed;
  return String(input).trim() === '' ? parseNothing(column) : parseTyped(column, String(input).trim());
}

function parseNothing(column: Column): ParsedValue {
  return column.nullable ? pass(null) : fail('must be filled in');
}

function parseText(column: Column, text: string): ParsedValue | null {
  switch (column.kind) {
    case 'string':
    case 'text':
      return checkLength(column, text);
    case 'binary':
    case 'blob':
      return parseBinary(column, text);
    case 'enum':
      if (column.values.includes(text)) return pass(text);
      return text === '' ? null : fail(`must be one of ${column.values.join(', ')}`);
    case 'set': {
      const members = text.split(',', column.values.length + 1).filter((member) => member !== '');
      if (members.length > column.values.length || !members.every((member) => column.values.includes(member)))
        return fail(`can only hold ${column.values.join(', ')}`);
      return pass(text);
    }
    default:
      return null;
  }
}

function checkLength(column: Column, text: string): ParsedValue {
  if (column.kind === 'string' && column.maxLength !== null && text.length > column.maxLength) {
    const length = countCharacters(text);
    if (length > column.maxLength)
      return fail(`is too long: ${length} characters, at most ${column.maxLength} fit`);
  }
  const isUtf8 = column.collation?.startsWith('utf8') ?? false;
  if (column.kind === 'text' && isUtf8 && Buffer.byteLength(text) > (column.maxLength ?? Infinity))
    return fail(`is too long: at most ${column.maxLength} bytes fit`);
  return pass(text);
}

/** As the server counts them: what JavaScript takes for two halves is one. */
function countCharacters(text: string): number {
  let count = 0;
  for (const _character of text) count++;
  return count;
}

function parseTyped(column: Column, text: string): ParsedValue {
  switch (column.kind) {
    case 'integer':
    case 'bit':
    case 'year':
      return parseInteger(column, text);
    case 'decimal':
      return parseDecimal(column, text);
    case 'float':
      return parseFloatingPoint(column, text);
    case 'boolean':
      return parseBoolean(column, text);
    case 'date':
      return isDate(text) ? pass(text) : fail('must be a date like 2026-11-22');
    case 'datetime': {
      const time = parseDateTime(text, column.scale ?? 0);
      return time ? pass(time) : fail('must be a time like 2026-11-22T18:30:00Z');
    }
    case 'time':
      return /^-?\d{1,3}:[0-5]\d(:[0-5]\d(\.\d{1,6})?)?$/.test(text)
        ? pass(text)
        : fail('must be a time like 18:30:00');
    case 'json':
      return parseJson(text);
    default:
      return fail('cannot be set here');
  }
}

/** One that holds a number beside yes and no, such as TINYINT(1) with marks from 0 to 5, keeps it. */
function parseBoolean(column: Column, text: string): ParsedValue {
  if (/^(true|on|yes)$/i.test(text)) return pass(1);
  if (/^(false|off|no)$/i.test(text)) return pass(0);
  return /^[+-]?\d+$/.test(text) ? parseInteger(column, text) : fail('must be yes or no');
}

const INTEGER_BITS: Readonly<Record<string, number>> = {
  tinyint: 8,
  smallint: 16,
  mediumint: 24,
  int: 32,
  bigint: 64,
};

/** The least and the most number that a column of whole numbers holds. */
export function integerRange(column: Column): readonly [least: bigint, most: bigint] {
  if (column.kind === 'year') return [1901n, 2155n];
  if (column.kind === 'bit' || column.sqlType.startsWith('bit'))
    return [0n, 2n ** BigInt(column.precision ?? 1) - 1n];
  const bits = BigInt(INTEGER_BITS[/^[a-z]+/.exec(column.sqlType)?.[0] ?? ''] ?? 64);
  return column.unsigned ? [0n, 2n ** bits - 1n] : [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n];
}

function parseInteger(column: Column, text: string): ParsedValue {
  if (!/^[+-]?\d{1,30}$/.test(text)) return fail('must be a whole number');
  const value = BigInt(text.replace('+', ''));
  const [least, most] = integerRange(column);
  // The year 0000 stands for none.
  if (column.kind === 'year' && value === 0n) return pass(value);
  return value < least || value > most ? fail(`must be between ${least} and ${most}`) : pass(value);
}

/** A DECIMAL has up to 65 digits; some zeros may stand around them. */
const LONGEST_DECIMAL = 100;

function parseDecimal(column: Column, text: string): ParsedValue {
  if (text.length > LONGEST_DECIMAL) return fail(`must be a number of up to ${LONGEST_DECIMAL} characters`);
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text);
  if (!match || !/\d/.test(text)) return fail('must be a number like 12.50');
  const [, sign = ''] = match;
  const whole = (match[2] ?? '').replace(/^0+/, '');
  const fraction = trimEndZeros(match[3] ?? '');
  const scale = column.scale ?? 0;
  const wholeDigits = (column.precision ?? 65) - scale;
  if (column.unsigned && sign === '-' && (whole !== '' || fraction !== ''))
    return fail('must not be negative');
  if (fraction.length > scale)
    return fail(scale === 0 ? 'must be a whole number' : `can have at most ${scale} decimals`);
  if (whole.length > wholeDigits)
    return fail(`is out of range: at most ${wholeDigits} digits before the point`);
  return pass(
    `${sign === '-' ? '-' : ''}${whole || '0'}${scale > 0 ? `.${fraction.padEnd(scale, '0')}` : ''}`,
  );
}

function parseFloatingPoint(column: Column, text: string): ParsedValue {
  if (!Number.isFinite(Number(text))) return fail('must be a number');
  const value = isSingle(column) ? Math.fround(Number(text)) : Number(text);
  return Number.isFinite(value) ? pass(value) : fail('is out of range');
}

function trimEndZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end--;
  return digits.slice(0, end);
}

function parseJson(text: string): ParsedValue {
  try {
    JSON.parse(text);
    return pass(text);
  } catch {
    return fail('is not valid JSON');
  }
}

function parseBinary(column: Column, text: string): ParsedValue {
  const bytes = parseBytes(column, text);
  return bytes ? parseUpload(column, bytes) : fail('must be text, or bytes in hexadecimal like 0x1A2B');
}

function parseUpload(column: Column, bytes: Buffer): ParsedValue {
  if (column.kind !== 'binary' && column.kind !== 'blob') return fail('holds no files');
  if (column.maxLength !== null && bytes.length > column.maxLength)
    return fail(`is too long: at most ${column.maxLength} bytes fit`);
  return pass(bytes);
}

function pass(value: Parameter): ParsedValue {
  return { ok: true, value };
}

function fail(message: string): ParsedValue {
  return { ok: false, message };
}
