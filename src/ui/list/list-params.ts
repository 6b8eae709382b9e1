/** A list's address: page, perPage, sortBy, direction, after, q and filters.<column>[.from|.to]. */
const FILTER = 'filters.';
const POSITION = ['page', 'after', 'refresh', 'recordIds'];

/** Filters by their path: 'price.from' → '5'. Several values of one path are one list between commas. */
export type Filters = Readonly<Record<string, string>>;

/** The filters of an address. */
export function readFilters(params: URLSearchParams): Filters {
  const filters: Record<string, string> = {};
  for (const [key, value] of params) {
    if (!key.startsWith(FILTER) || value === '') continue;
    const path = key.slice(FILTER.length);
    filters[path] = filters[path] === undefined ? value : `${filters[path]},${value}`;
  }
  return filters;
}

/** The address with these filters in place of its own, at the first page. */
export function withFilters(params: URLSearchParams, filters: Filters): URLSearchParams {
  const others = [...params].filter(([key]) => !key.startsWith(FILTER));
  const wanted = Object.entries(filters).filter(([, value]) => value !== '');
  return withParams(
    new URLSearchParams(others),
    Object.fromEntries(wanted.map(([path, value]) => [FILTER + path, value])),
  );
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

/** The column that a filter's path is about: 'price.from' → 'price'. */
export function columnOf(path: string): string {
  return path.replace(/\.(from|to)$/, '');
}

/** The filters without those about a column. */
export function withoutColumn(filters: Filters, column: string): Filters {
  return Object.fromEntries(Object.entries(filters).filter(([path]) => columnOf(path) !== column));
}
