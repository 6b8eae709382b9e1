import { ACTIVITY_DETAILS, ACTIVITY_TABLE } from '../database/activity.ts';
import { type Parameter, parseValue } from '../database/column-value.ts';
import type { Filter } from '../database/filter.ts';
import { decodePosition } from '../database/position-text.ts';
import type { PageQuery } from '../database/read-page.ts';
import { isSortable, type Place, type RowOrder, resolveOrder, type Sort } from '../database/row-order.ts';
import type { Column } from '../database/table.ts';
import { type Refusal, refuse } from '../errors.ts';
import { sentences } from '../sentence.ts';
import { readShown } from '../ui/list/read-shown.ts';
import type { TableReader } from './table-reader.ts';
import { columnConfig, type TableView } from './table-view.ts';

/**
 * A URL's query: `perPage`, `sortBy`, `direction`, `q`, `filters.<column>[.from|.to]`, and which page: `page`, or
 * `fromEnd`, both counted from 1, and `after` or `before`, the place beyond or before which it really lies.
 */
export type Query = Readonly<Record<string, unknown>>;

export interface ListQuery extends PageQuery {
  readonly ok: true;
  readonly sort: Sort | null;
  readonly page: number;
  /** The page's number from the end, where it is counted from there. */
  readonly fromEnd: number | null;
}

/** Values of `filters.<column>` that ask whether there is anything to read, and why not. */
const PRESENCE_FILTERS = new Map<string, 'empty' | 'filled' | 'null' | 'blank'>([
  ['~empty', 'empty'],
  ['~filled', 'filled'],
  ['~null', 'null'],
  ['~blank', 'blank'],
]);

const MAX_PER_PAGE = 500;
const DEFAULT_PER_PAGE = 25;
const PREFIX = 'filters.';

/** Reads a list's query as far as this role may ask; an unknown column or a value that does not fit is refused. */
export function parseListQuery(view: TableView, reader: TableReader, query: Query): ListQuery | Refusal {
  const filters: Filter[] = [];
  const wrong = new Map<string, string>();
  for (const [key, value] of Object.entries(query)) {
    if (!key.startsWith(PREFIX) || value === '' || value === undefined) continue;
    const parsed = parseFilter(view, key.slice(PREFIX.length), value);
    if (typeof parsed === 'string') wrong.set(key.slice(PREFIX.length), parsed);
    else filters.push(parsed);
  }
  if (wrong.size > 0) return refuse('bad_filter', sentences(wrong.values()), Object.fromEntries(wrong));
  const limit = Math.min(wholeNumber(query.perPage) ?? DEFAULT_PER_PAGE, MAX_PER_PAGE);
  const page = wholeNumber(query.page) ?? 1;
  const fromEnd = wholeNumber(query.fromEnd);
  const sort = parseSort(view, query);
  const order = resolveOrder(view.table, view.columns, sort);
  const place = parsePlace(
    order,
    query,
    fromEnd ? { offsetFromEnd: (fromEnd - 1) * limit } : { offset: (page - 1) * limit },
  );
  if (place === null) return refuse('bad_filter', BAD_PLACE);
  const text = typeof query.q === 'string' ? query.q.trim() : '';
  return {
    ok: true,
    page,
    filters,
    ...(text ? { search: reader.searchFor(text) } : {}),
    sort,
    order,
    limit,
    fromEnd,
    place,
  };
}

const BAD_PLACE = 'This address begins at no row of this list. Go on from its first page.';

/** Where the page lies; `counted` without a place in the address, null where what is there is none of this list. */
function parsePlace(order: RowOrder, query: Query, counted: Place): Place | null {
  const [name, text] = query.after ? ['after' as const, query.after] : ['before' as const, query.before];
  if (!text) return counted;
  const position = decodePosition(order, String(text));
  if (!position) return null;
  return name === 'after' ? { after: position } : { before: position };
}

function wholeNumber(value: unknown): number | null {
  return typeof value === 'string' && /^[1-9]\d{0,8}$/.test(value) ? Number(value) : null;
}

function parseSort(view: TableView, query: Query): Sort | null {
  const column = queryColumns(view).find(
    (candidate) => candidate.name === query.sortBy && isSortable(candidate),
  );
  if (column) return { column: column.name, direction: query.direction === 'desc' ? 'desc' : 'asc' };
  const { sort } = view.resource;
  return sort && view.columns.some(({ name }) => name === sort.column) ? sort : null;
}

/** The columns that rows are looked for by: not one whose text holds what its reader may not see. */
function queryColumns({ table, columns }: TableView): readonly Column[] {
  return columns.filter(({ name }) => table.name !== ACTIVITY_TABLE || name !== ACTIVITY_DETAILS);
}

/** The filter that `path` (`price`, `price.from`, or AdminJS's `price~~from`) and its value ask for, or what is wrong. */
function parseFilter(view: TableView, path: string, value: unknown): Filter | string {
  const [, name = path, bound] = /^(.*)(?:\.|~~)(from|to)$/.exec(path) ?? [];
  const columns = queryColumns(view);
  const column =
    columns.find((candidate) => candidate.name === path) ??
    columns.find((candidate) => candidate.name === name);
  if (!column) return `There is no column '${path}' to filter by`;
  const presence = PRESENCE_FILTERS.get(String(value));
  if (presence) return { column, operator: presence };
  const shown = {
    columnKind: column.kind,
    labels: columnConfig(view, column.name).labels,
    values: column.values,
  };
  const values = (Array.isArray(value) ? value : [value]).map((one) => readShown(shown, String(one)));
  if (values.length > 1) return parseMany(view, column, values);
  const [only = ''] = values;
  if (column.name !== path) return parseBound(view, column, bound === 'from' ? 'from' : 'to', only);
  if (column.kind === 'set') return { column, operator: 'members', value: only.split(',') };
  if (column.kind === 'enum' && only.includes(',') && !column.values.includes(only))
    return parseMany(view, column, only.split(','));
  if (isFilteredByPart(view, column)) return { column, operator: 'contains', value: only };
  if (column.kind === 'datetime' && isDay(only)) {
    const next = parseValue(column, nextDay(only));
    if (next.ok)
      return withValue(view, column, only, (value) => ({ column, operator: 'day', value, next: next.value }));
  }
  return withValue(view, column, only, (parsed) => ({ column, operator: 'equals', value: parsed }));
}

function parseMany(view: TableView, column: Column, values: readonly string[]): Filter | string {
  const parsed: Parameter[] = [];
  for (const value of values) {
    const one = parseValue(column, value);
    if (!one.ok) return describe(view, column, one.message);
    parsed.push(one.value);
  }
  return { column, operator: 'in', value: parsed };
}

function parseBound(
  view: TableView,
  column: Column,
  operator: 'from' | 'to',
  value: string,
): Filter | string {
  if (operator === 'from' || column.kind !== 'datetime')
    return withValue(view, column, value, (parsed) => ({ column, operator, value: parsed }));
  // A day as the end of a span of times means that whole day, and so does a part of a second.
  if (isDay(value))
    return withValue(view, column, nextDay(value), (parsed) => ({
      column,
      operator: 'before',
      value: parsed,
    }));
  const end = value.replace(/\.\d{1,5}(?=Z|[+-]|$)/, (fraction) => fraction.padEnd(LONGEST_FRACTION, '9'));
  return withValue(view, column, end, (parsed) => ({ column, operator, value: parsed }));
}

/** Of a second, with its point. */
const LONGEST_FRACTION = 7;

function withValue(
  view: TableView,
  column: Column,
  text: string,
  build: (value: Parameter) => Filter,
): Filter | string {
  const parsed = parseValue({ ...column, nullable: false }, text);
  return parsed.ok ? build(parsed.value) : describe(view, column, parsed.message);
}

function describe(view: TableView, column: Column, message: string): string {
  return `${columnConfig(view, column.name).label} ${message}`;
}

/** Whether a filter of the column looks for a part of its text rather than for the whole value. */
export function isFilteredByPart(view: TableView, column: Column): boolean {
  return ['string', 'text', 'json'].includes(column.kind) && !isKeyOrReference(view, column);
}

function isKeyOrReference(view: TableView, column: Column): boolean {
  const { key, foreignKeys } = view.table;
  return (
    (key.length === 1 && key[0] === column.name) ||
    foreignKeys.some(({ columns }) => columns.includes(column.name))
  );
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}

function nextDay(day: string): string {
  return new Date(Date.parse(day) + 24 * 60 * 60 * 1000).toISOString();
}
