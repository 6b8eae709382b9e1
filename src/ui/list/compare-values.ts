/** Below 0 where the value held comes before the one asked for, 0 where they are equal, above 0 where it comes after. */
export type Order = -1 | 0 | 1;

const ANY_ORDER: readonly Order[] = [-1, 0, 1];
const NO_ORDER: readonly Order[] = [];

/** No number column holds longer ones: the server refuses them. */
const LONGEST_NUMBER = 100;

/** Digits of a second's fraction that are shown even where a column keeps fewer. */
const SHOWN_FRACTION = 3;

/**
 * In which order a column's value and a filter's text may stand in the database: one answer where that can be told
 * here, else all that are possible; none where the text is no value of the column.
 */
export function findOrders(
  columnKind: string,
  held: string | number | boolean,
  asked: string,
): readonly Order[] {
  const text = asked.trim();
  switch (columnKind) {
    case 'integer':
    case 'year':
    case 'bit':
      return compareWhole(String(held), text);
    case 'decimal':
      return compareDecimal(String(held), text);
    case 'float':
      return compareFloat(Number(held), Number(text));
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/.test(text) ? [orderOf(String(held), text)] : NO_ORDER;
    case 'datetime':
      return compareTimes(String(held), text);
    case 'time':
      return compareClocks(String(held), text);
    case 'binary':
      return compareBytes(String(held), text);
    default:
      return ANY_ORDER;
  }
}

function orderOf<T extends bigint | number | string>(held: T, asked: T): Order {
  return held === asked ? 0 : held < asked ? -1 : 1;
}

function compareWhole(held: string, asked: string): readonly Order[] {
  return asked.length <= LONGEST_NUMBER && /^[+-]?\d+$/.test(asked)
    ? [orderOf(BigInt(held), BigInt(asked.replace('+', '')))]
    : NO_ORDER;
}

function compareDecimal(held: string, asked: string): readonly Order[] {
  if (asked.length > LONGEST_NUMBER) return NO_ORDER;
  const places = Math.max(...[held, asked].map((text) => text.split('.')[1]?.length ?? 0));
  const [left, right] = [scale(held, places), scale(asked, places)];
  return left === null || right === null ? NO_ORDER : [orderOf(left, right)];
}

/** A decimal number as so many parts of 1; null where it is none. */
function scale(text: string, places: number): bigint | null {
  const [, sign, whole = '', fraction = ''] = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text) ?? [];
  if (sign === undefined || whole + fraction === '') return null;
  const size = BigInt(whole + fraction.padEnd(places, '0'));
  return sign === '-' ? -size : size;
}

/** Whether the column keeps 24 bits of what is asked for or 53 is not known here. */
function compareFloat(held: number, asked: number): readonly Order[] {
  if (!Number.isFinite(asked)) return NO_ORDER;
  const isNear = held !== asked && Math.fround(held) === Math.fround(asked);
  return isNear ? ANY_ORDER : [orderOf(held, asked)];
}

const TIME = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2})?(?:\.(\d{1,6}))?(Z|[+-]\d{2}:\d{2})?)?$/;

/** The server cuts what is asked for down to the digits that the column keeps, which are not known here. */
function compareTimes(held: string, asked: string): readonly Order[] {
  const [, date, clock = '00:00', seconds = ':00', fraction = '', zone = 'Z'] = TIME.exec(asked) ?? [];
  const time = new Date(`${date}T${clock}${seconds}${zone}`);
  if (date && /-00/.test(date)) return ANY_ORDER;
  const [heldSecond = '', heldFraction = ''] = held.replace('Z', '').split('.');
  if (!date || Number.isNaN(time.getTime())) return NO_ORDER;
  const least = heldFraction.length > SHOWN_FRACTION ? heldFraction.length : countDigits(heldFraction);
  const most = Math.max(heldFraction.length, SHOWN_FRACTION);
  const spell = (second: string, digits: string) => `${second}.${digits.padEnd(6, '0')}`;
  const orders = Array.from({ length: most - least + 1 }, (_, index) =>
    orderOf(
      spell(heldSecond, heldFraction),
      spell(time.toISOString().slice(0, 19), fraction.slice(0, least + index)),
    ),
  );
  return [...new Set(orders)];
}

/** Without the zeros that end a fraction. */
function countDigits(fraction: string): number {
  let count = fraction.length;
  while (fraction[count - 1] === '0') count--;
  return count;
}

function compareClocks(held: string, asked: string): readonly Order[] {
  const [left, right] = [toMicroseconds(held), toMicroseconds(asked)];
  return left === null || right === null ? ANY_ORDER : [orderOf(left, right)];
}

const MAX_HOURS = 838;

function toMicroseconds(clock: string): bigint | null {
  const [, sign, hours = '', minutes = '', seconds = '00', fraction = ''] =
    /^(-?)(\d{1,3}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?$/.exec(clock) ?? [];
  if (sign === undefined || Number(hours) > MAX_HOURS) return null;
  const whole = (BigInt(hours) * 60n + BigInt(minutes)) * 60n + BigInt(seconds);
  const size = whole * 1_000_000n + BigInt(fraction.padEnd(6, '0'));
  return sign === '-' ? -size : size;
}

function compareBytes(held: string, asked: string): readonly Order[] {
  if (/^0x/i.test(asked) && !/^0x([0-9a-f]{2})*$/i.test(asked)) return NO_ORDER;
  const [left, right] = [toBytes(held), toBytes(asked)];
  const shorter = Math.min(left.length, right.length);
  let at = 0;
  while (at < shorter && left[at] === right[at]) at++;
  return [orderOf(left[at] ?? -1, right[at] ?? -1)];
}

/** Bytes that are text come as that, others in hexadecimal. */
function toBytes(text: string): Uint8Array {
  if (!/^0x/i.test(text)) return new TextEncoder().encode(text);
  const bytes = new Uint8Array((text.length - 2) >> 1);
  for (let at = 0; at < bytes.length; at++)
    bytes[at] = Number.parseInt(text.slice(2 + 2 * at, 4 + 2 * at), 16);
  return bytes;
}
