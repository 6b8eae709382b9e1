import type { Column } from './table.ts';

/** A value as mysql2 binds it. */
export type Parameter = string | number | bigint | Buffer | null;

/** What a column's value looks like as JSON: DECIMAL, 64-bit and BIT values are strings, times ISO 8601 UTC. */
export type JsonValue = string | number | boolean | null;

export type ParsedValue = { ok: true; value: Parameter } | { ok: false; message: string };

/** Kinds that are shown, not written: their text form does not carry the value back. */
export function isWritableKind(column: Column): boolean {
  return !column.generated && column.kind !== 'blob' && column.kind !== 'geometry';
}

/** Turns what `rows.ts` selected of a column into JSON. */
export function readValue(column: Column, raw: unknown): JsonValue {
  if (raw === null || raw === undefined) return null;
  switch (column.kind) {
    case 'boolean':
      return Number(raw) !== 0;
    case 'integer':
      return column.wide ? String(raw) : Number(raw);
    case 'year':
    case 'float':
      return Number(raw);
    case 'datetime':
      return readDateTime(String(raw));
    case 'binary':
      return `0x${(raw as Buffer).toString('hex')}`;
    case 'blob':
      return `${raw} bytes`;
    default:
      return String(raw);
  }
}

function readDateTime(text: string): string {
  // As a rule it has a time with three digits or more, and rows come by the hundred thousand.
  if (text.length >= 'YYYY-MM-DD HH:MM:SS.mmm'.length) return `${text.slice(0, 10)}T${text.slice(11)}Z`;
  const [date, time = '00:00:00'] = text.split(' ');
  const [clock, fraction = ''] = time.split('.');
  return `${date}T${clock}.${fraction.padEnd(3, '0')}Z`;
}

/** Turns what a form, filter or record id says of a column into a bound value, or tells what is wrong with it. */
export function parseValue(column: Column, input: unknown): ParsedValue {
  if (input === null || input === undefined) return parseNothing(column);
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
      if (text === '')
        return column.nullable ? pass(null) : column.hasDefault ? pass('') : fail('must be filled in');
      return checkLength(column, text);
    case 'enum':
      if (column.values.includes(text)) return pass(text);
      return text === '' ? null : fail(`must be one of ${column.values.join(', ')}`);
    case 'set': {
      const members = text.split(',', column.values.length + 1).filter((member) => member !== '');
      if (members.length > column.values.length || !members.every((member) => column.values.includes(member)))
        return fail(`can only hold ${column.values.join(', ')}`);
      return text === '' && column.nullable ? pass(null) : pass(text);
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
  if (column.kind === 'text' && column.maxLength !== null && Buffer.byteLength(text) > column.maxLength)
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
      return Number.isFinite(Number(text)) ? pass(Number(text)) : fail('must be a number');
    case 'boolean':
      if (/^(true|1|on|yes)$/i.test(text)) return pass(1);
      return /^(false|0|off|no)$/i.test(text) ? pass(0) : fail('must be yes or no');
    case 'date':
      return isDate(text) ? pass(text) : fail('must be a date like 2026-11-22');
    case 'datetime':
      return parseDateTime(column, text);
    case 'time':
      return /^-?\d{1,3}:[0-5]\d(:[0-5]\d(\.\d{1,6})?)?$/.test(text)
        ? pass(text)
        : fail('must be a time like 18:30:00');
    case 'json':
      return parseJson(text);
    case 'binary':
      return parseBinary(column, text);
    default:
      return fail('cannot be set here');
  }
}

const INTEGER_BITS: Readonly<Record<string, number>> = {
  tinyint: 8,
  smallint: 16,
  mediumint: 24,
  int: 32,
  bigint: 64,
};

function integerRange(column: Column): readonly [bigint, bigint] {
  if (column.kind === 'year') return [1901n, 2155n];
  if (column.kind === 'bit') return [0n, 2n ** BigInt(column.precision ?? 1) - 1n];
  const bits = BigInt(INTEGER_BITS[/^[a-z]+/.exec(column.sqlType)?.[0] ?? ''] ?? 64);
  return column.unsigned ? [0n, 2n ** bits - 1n] : [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n];
}

function parseInteger(column: Column, text: string): ParsedValue {
  if (!/^[+-]?\d{1,30}$/.test(text)) return fail('must be a whole number');
  const value = BigInt(text.replace('+', ''));
  const [least, most] = integerRange(column);
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

function trimEndZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end--;
  return digits.slice(0, end);
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function parseDateTime(column: Column, text: string): ParsedValue {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2})?(\.\d{1,6})?(Z|[+-]\d{2}:\d{2})?)?$/.exec(
    text,
  );
  const [, date = '', clock = '00:00', seconds = ':00', fraction = '', zone = 'Z'] = match ?? [];
  const time = new Date(`${date}T${clock}${seconds}${zone}`);
  if (!match || !isDate(date) || Number.isNaN(time.getTime()))
    return fail('must be a time like 2026-11-22T18:30:00Z');
  const digits = fraction.slice(1, 1 + (column.scale ?? 0));
  return pass(time.toISOString().slice(0, 19).replace('T', ' ') + (digits ? `.${digits}` : ''));
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
  if (text.length % 2 !== 0 || !/^0x[0-9a-f]*$/i.test(text))
    return fail('must be bytes in hexadecimal, like 0x1A2B');
  const bytes = Buffer.from(text.slice(2), 'hex');
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
