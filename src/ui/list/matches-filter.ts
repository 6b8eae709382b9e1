import type { ColumnDisplay } from '../column-display.ts';
import { own } from '../own.ts';
import { findOrders, type Order } from './compare-values.ts';
import { BLANK, EMPTY, NO_VALUE, PRESENCES } from './list-params.ts';
import { type Match, matchAll, matchAny, matchPart, matchWhole } from './match-text.ts';
import { readShown } from './read-shown.ts';

/** What the columns of a list are like, by name. */
export type ColumnDisplays = Readonly<Record<string, ColumnDisplay>>;

/** A row's values as the server tells them; a column that is not told is left out. */
export type TellingRow = Readonly<Record<string, unknown>>;

type Held = string | number | boolean;

const FILTER = 'filters.';
const BOUND = /^(.*)(?:\.|~~)(from|to)$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Of a second, with its point. */
const LONGEST_FRACTION = 7;

/**
 * Whether a row belongs to the list at an address: what `whereSql` of the server would say. Where only the database
 * knows (letters beyond case and accents, the title of the row pointed at), the answer is 'unknown'.
 */
export function matchRow(params: URLSearchParams, columns: ColumnDisplays, row: TellingRow): Match {
  const filters = readPaths(params).map((path) =>
    matchFilter(columns, row, path, params.getAll(FILTER + path)),
  );
  const text = params.get('q')?.trim() ?? '';
  return matchAll(text === '' ? filters : [...filters, matchSearch(columns, row, text)]);
}

/** The columns on which it depends whether a row belongs to the list at an address. */
export function findDecisive(params: URLSearchParams, columns: ColumnDisplays): readonly string[] {
  const filtered = readPaths(params).map((path) => findName(columns, path));
  const searched = Object.keys(columns).filter((name) => columns[name]?.match.search.length);
  return [...filtered, ...(params.get('q')?.trim() ? searched : [])];
}

function readPaths(params: URLSearchParams): string[] {
  const keys = [...params.keys()].filter(
    (key) => key.startsWith(FILTER) && params.getAll(key).join('') !== '',
  );
  return [...new Set(keys)].map((key) => key.slice(FILTER.length));
}

function findName(columns: ColumnDisplays, path: string): string {
  return own(columns, path) ? path : (BOUND.exec(path)?.[1] ?? path);
}

function matchFilter(
  columns: ColumnDisplays,
  row: TellingRow,
  path: string,
  shown: readonly string[],
): Match {
  const name = findName(columns, path);
  const column = own(columns, name);
  const held = own(row, name);
  if (!column || held === undefined) return 'unknown';
  const [first = ''] = shown;
  if (shown.length === 1 && PRESENCES.has(first)) return hasPresence(column, held, first) ? 'yes' : 'no';
  if (held === null) return 'no';
  const value = held as Held;
  const asked = shown.map((text) => readShown(column, text));
  const [only = ''] = asked;
  if (asked.length > 1) return matchMany(column, value, asked);
  if (name !== path) return matchBound(column, value, only, path.endsWith('from') ? 'from' : 'to');
  if (column.columnKind === 'set') return matchMembers(column, value, only);
  if (column.columnKind === 'enum' && only.includes(',') && !column.values.includes(only))
    return matchMany(column, value, only.split(','));
  if (column.columnKind === 'datetime' && DAY.test(only))
    return matchAll([matchBound(column, value, only, 'from'), matchBound(column, value, only, 'to')]);
  return column.match.filter === 'part' ? matchInside(column, value, only) : matchEqual(column, value, only);
}

function hasPresence({ columnKind }: ColumnDisplay, held: unknown, asked: string): boolean {
  const isBlank = isBlankText(columnKind, held);
  if (asked === NO_VALUE) return held === null;
  if (asked === BLANK) return isBlank;
  return (held === null || isBlank) === (asked === EMPTY);
}

function isBlankText(columnKind: string, held: unknown): boolean {
  if (columnKind === 'binary') return held === '0x' || held === '';
  if (columnKind === 'blob') return held === '0 bytes';
  return ['string', 'text', 'enum', 'set'].includes(columnKind) && /^ *$/.test(String(held));
}

function matchMany(column: ColumnDisplay, held: Held, asked: readonly string[]): Match {
  return matchAny(asked.filter((text) => text !== '').map((text) => matchEqual(column, held, text)));
}

function matchEqual({ columnKind, match }: ColumnDisplay, held: Held, asked: string): Match {
  switch (columnKind) {
    case 'boolean':
      return held === parseBoolean(asked) ? 'yes' : 'no';
    case 'enum':
      return String(held) === asked ? 'yes' : 'no';
    case 'set':
    case 'string':
    case 'text':
      return matchWhole(String(held), asked.replaceAll('\r\n', '\n'), match.letters);
    default:
      return matchOrders(findOrders(columnKind, held, asked), (order) => order === 0);
  }
}

/** As the server reads it: a column of yes and no may hold other numbers beside 1 and 0. */
function parseBoolean(text: string): boolean | number {
  if (/^(true|0*1|on|yes)$/i.test(text.trim())) return true;
  return /^(false|0+|off|no)$/i.test(text.trim()) ? false : Number(text);
}

function matchBound({ columnKind }: ColumnDisplay, held: Held, asked: string, bound: 'from' | 'to'): Match {
  if (bound === 'from' || columnKind !== 'datetime') {
    const isWithin = (order: Order) => (bound === 'from' ? order >= 0 : order <= 0);
    return matchOrders(findOrders(columnKind, held, asked), isWithin);
  }
  // A day as the end of a span of times means that whole day, and so does a part of a second.
  if (DAY.test(asked) && !Number.isNaN(Date.parse(asked))) {
    const nextDay = new Date(Date.parse(asked) + DAY_MS).toISOString();
    return matchOrders(findOrders(columnKind, held, nextDay), (order) => order < 0);
  }
  const end = asked
    .trim()
    .replace(/\.\d{1,5}(?=Z|[+-]|$)/, (fraction) => fraction.padEnd(LONGEST_FRACTION, '9'));
  return matchOrders(findOrders(columnKind, held, end), (order) => order <= 0);
}

function matchOrders(orders: readonly Order[], isWanted: (order: Order) => boolean): Match {
  if (orders.length === 0) return 'no';
  if (orders.every(isWanted)) return 'yes';
  return orders.some(isWanted) ? 'unknown' : 'no';
}

/** All that are asked for are in it, beside others or not. */
function matchMembers({ match }: ColumnDisplay, held: Held, asked: string): Match {
  const members = String(held).split(',');
  const isIn = (one: string) => matchAny(members.map((member) => matchWhole(member, one, match.letters)));
  return matchAll(asked.split(',').map(isIn));
}

/** JSON is spelt by the server in its own way, so what is in its text is not known here. */
function matchInside({ columnKind, match }: ColumnDisplay, held: Held, part: string): Match {
  return columnKind === 'json' ? 'unknown' : matchPart(String(held), part, match.letters);
}

const SPELT_ALIKE = new Set(['string', 'text', 'enum', 'set', 'integer', 'decimal', 'date', 'year']);

function matchSearch(columns: ColumnDisplays, row: TellingRow, text: string): Match {
  const places = Object.entries(columns).flatMap(([name, column]) =>
    column.match.search.map((place): Match => {
      const held = own(row, name);
      if (held === undefined) return 'unknown';
      if (held === null) return 'no';
      if (place === 'key' && column.columnKind !== 'boolean') return matchEqual(column, held as Held, text);
      if (place !== 'text' || !SPELT_ALIKE.has(column.columnKind)) return 'unknown';
      return matchPart(String(held), text, column.match.letters);
    }),
  );
  return matchAny(namesRow(row, text) ? [...places, 'unknown'] : places);
}

/** Whether a text ends in a value of the row, as a title does that is made of its key: 'Order 42', '#42'. */
function namesRow(row: TellingRow, text: string): boolean {
  const parts = text.split(/[~#·\s]+/);
  return parts.length > 1 && Object.values(row).some((held) => parts.includes(String(held)));
}
