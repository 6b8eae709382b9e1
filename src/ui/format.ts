/** The sign of Galactic credits, the store's currency. */
export const CURRENCY_SIGN = '₲';

const LOCALE = 'en-GB';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** '1234.5' → '₲ 1,234.50'. Takes decimal strings, so no digit is lost; what is no number stays as it is. */
export function formatMoney(value: string | number): string {
  const parts = splitNumber(value);
  if (!parts) return String(value);
  return `${parts.sign}${CURRENCY_SIGN}\u00a0${group(parts.whole, 4)}.${parts.fraction.padEnd(2, '0')}`;
}

/** '1234567' → '1,234,567'. Four digits stay together, as in years. */
export function formatInteger(value: string | number): string {
  return formatNumber(value);
}

/** '12345.670' → '12,345.670'. What is no plain number, such as 1e21, stays as it is. */
export function formatNumber(value: string | number): string {
  const parts = splitNumber(value);
  if (!parts) return String(value);
  return `${parts.sign}${group(parts.whole, 5)}${parts.fraction ? `.${parts.fraction}` : ''}`;
}

/** Of a list, rows are counted no further than one beyond this many. */
export const COUNTED_ROWS = 10_000;

/** The count of a list that is counted no further than one beyond `limit`: 10001 → '10,000+'. */
export function formatCount(total: number, limit = COUNTED_ROWS): string {
  return total > limit ? `${formatNumber(limit)}+` : formatNumber(total);
}

function splitNumber(value: string | number): { sign: string; whole: string; fraction: string } | null {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(value).trim());
  if (!match) return null;
  const [, minus = '', whole = '0', fraction = ''] = match;
  return { sign: minus ? '−' : '', whole, fraction };
}

function group(digits: string, fromLength: number): string {
  if (digits.length < fromLength) return digits;
  const first = digits.length % 3;
  const groups = first > 0 ? [digits.slice(0, first)] : [];
  for (let start = first; start < digits.length; start += 3) groups.push(digits.slice(start, start + 3));
  return groups.join(',');
}

export interface TimeOptions {
  /** IANA name; the browser's own zone when left out. */
  readonly timeZone?: string;
  /** Milliseconds since the epoch; the present when left out. */
  readonly nowMs?: number;
}

/** An ISO time in the reader's zone, to its last digit: '22 Nov 2026, 18:43:29.279 GMT+1'. */
export function formatDateTime(iso: string, { timeZone }: TimeOptions = {}): string {
  return format(iso, { dateStyle: 'medium', timeStyle: 'long', timeZone });
}

/** An ISO time for a table's cell, in the reader's zone: '22 Nov, 18:43', with the year where it is another one. */
export function formatShortDateTime(iso: string, { timeZone, nowMs = Date.now() }: TimeOptions = {}): string {
  const year = (time: Date) => new Intl.DateTimeFormat(LOCALE, { year: 'numeric', timeZone }).format(time);
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  const showsYear = year(time) !== year(new Date(nowMs));
  return format(iso, {
    day: 'numeric',
    month: 'short',
    ...(showsYear ? { year: 'numeric' } : {}),
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  });
}

/** An ISO time as the database holds it: '2026-11-22 17:43:29.279 UTC'. */
export function formatUtc(iso: string): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  return `${time.toISOString().slice(0, -5).replace('T', ' ')}${fractionOf(iso)} UTC`;
}

/** How far a time lies from now: 'just now', '5 min ago', 'yesterday', 'in 2 mo.'. */
export function formatRelative(iso: string, { nowMs = Date.now() }: TimeOptions = {}): string {
  const distanceMs = Date.parse(iso) - nowMs;
  if (Number.isNaN(distanceMs)) return iso;
  const awayMs = Math.abs(distanceMs);
  if (awayMs < MINUTE_MS) return 'just now';
  const [unit, unitMs] = relativeUnit(awayMs);
  const words = new Intl.RelativeTimeFormat(LOCALE, { numeric: 'auto', style: 'short' });
  return words.format(Math.trunc(distanceMs / unitMs), unit);
}

function relativeUnit(awayMs: number): [Intl.RelativeTimeFormatUnit, number] {
  if (awayMs < HOUR_MS) return ['minute', MINUTE_MS];
  if (awayMs < DAY_MS) return ['hour', HOUR_MS];
  if (awayMs < 30 * DAY_MS) return ['day', DAY_MS];
  if (awayMs < 365 * DAY_MS) return ['month', 30 * DAY_MS];
  return ['year', 365 * DAY_MS];
}

/** A DATE, which belongs to no zone: '2026-11-22' → '22 Nov 2026'. */
export function formatDate(day: string): string {
  return format(`${day}T00:00:00Z`, { dateStyle: 'medium', timeZone: 'UTC' }, day);
}

function format(iso: string, options: Intl.DateTimeFormatOptions, otherwise = iso): string {
  const time = new Date(iso);
  // Of a year 0 the calendar would say 1 BC, as of none before it.
  if (Number.isNaN(time.getTime()) || time.getUTCFullYear() < 1) return otherwise;
  const write = ({ type, value }: Intl.DateTimeFormatPart) => {
    if (type === 'second') return value + fractionOf(iso);
    return type === 'year' ? value.padStart(4, '0') : value;
  };
  return new Intl.DateTimeFormat(LOCALE, options).formatToParts(time).map(write).join('');
}

/** What a time holds behind its second, such as '.279'; nothing where that is nought. */
function fractionOf(iso: string): string {
  return /\.\d*[1-9](?=0*Z?$)/.exec(iso)?.[0] ?? '';
}

/** A stored value in words: 'partially_shipped' → 'Partially shipped'. */
export function humanizeValue(value: string): string {
  const words = value.replaceAll('_', ' ').trim();
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** What to say first at an hour of the day, 0–23. */
export function greetingAt(hour: number): string {
  if (hour < 5) return 'Good night';
  if (hour < 12) return 'Good morning';
  return hour < 18 ? 'Good afternoon' : 'Good evening';
}
