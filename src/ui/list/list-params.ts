/** A list's address: page or fromEnd, after or before, perPage, sortBy, direction, q and filters.<column>[.from|.to]. */
const FILTER = 'filters.';
const POSITION = ['page', 'fromEnd', 'after', 'before', 'refresh', 'recordIds'];

/** Values of a filter that ask whether there is anything to read: nothing is either no value, or a text without letters. */
export const EMPTY = '~empty';
export const FILLED = '~filled';
export const NO_VALUE = '~null';
export const BLANK = '~blank';

/** What such a value is called in a menu. */
export const PRESENCES: ReadonlyMap<string, string> = new Map([
  [EMPTY, 'Empty'],
  [FILLED, 'Not empty'],
  [NO_VALUE, 'No value'],
  [BLANK, 'Empty text'],
]);

/** Filters by their path: 'price.from' → '5'. Several values of one path are lines. */
export type Filters = Readonly<Record<string, string>>;

const MANY = '\n';

/** The values that one filter asks for. In an address written by hand they may stand between commas. */
export function valuesOf(filter: string, known: readonly string[]): string[] {
  const values = filter.split(MANY).flatMap((part) => (known.includes(part) ? [part] : part.split(',')));
  return known.length === 0 ? [filter] : values.filter((value) => value !== '');
}

/** The filter that asks for any of these values. */
export function filterOf(values: readonly string[]): string {
  return values.join(MANY);
}

/** The filters of an address. */
export function readFilters(params: URLSearchParams): Filters {
  const filters = new Map<string, string>();
  for (const [key, value] of params) {
    if (!key.startsWith(FILTER) || value === '') continue;
    const path = key.slice(FILTER.length);
    const others = filters.get(path);
    filters.set(path, others === undefined ? value : others + MANY + value);
  }
  return Object.fromEntries(filters);
}

/** The address with these filters in place of its own, at the first page. */
export function withFilters(params: URLSearchParams, filters: Filters): URLSearchParams {
  const next = new URLSearchParams([...withParams(params, {})].filter(([key]) => !key.startsWith(FILTER)));
  for (const [path, filter] of Object.entries(filters))
    for (const value of filter.split(MANY)) if (value !== '') next.append(FILTER + path, value);
  return next;
}

/** The address with these values set, or taken out where null, at the first page unless `changes` names another. */
export function withParams(
  params: URLSearchParams,
  changes: Readonly<Record<string, string | null>>,
): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const key of POSITION) next.delete(key);
  for (const [key, value] of Object.entries(changes)) {
    if (value === null || value === '') next.delete(key);
    else next.set(key, value);
  }
  return next;
}

/** The address as it was before AdminJS marked it. */
export function withoutRefresh(params: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...params].filter(([key]) => !['refresh', 'recordIds'].includes(key)));
}

/** The column that a filter's path is about, of these: 'price.from' → 'price'. */
export function columnOf(path: string, columns: readonly string[]): string {
  return columns.includes(path) ? path : path.replace(/(?:\.|~~)(?:from|to)$/, '');
}

/** The filters without those about a column, of these. */
export function withoutColumn(filters: Filters, column: string, columns: readonly string[]): Filters {
  return Object.fromEntries(Object.entries(filters).filter(([path]) => columnOf(path, columns) !== column));
}
