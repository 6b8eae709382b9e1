import { COUNTED_ROWS } from '../format.ts';
import type { ListMeta } from './load-rows.ts';

/** What an address says of its page, see list-params.ts. */
export type PagePlace = Readonly<Record<string, string | null>>;

/** The number of the last page, or null where the rows are too many to be counted. */
export function lastPage({ total, perPage }: ListMeta): number | null {
  return total > COUNTED_ROWS ? null : Math.max(1, Math.ceil(total / perPage));
}

/** The page of this number, from 1. */
export function toPage(page: number): PagePlace {
  return { page: page > 1 ? String(page) : null };
}

/** The page that ends with the last row. */
export function toLastPage(meta: ListMeta): PagePlace {
  const last = lastPage(meta);
  return last === null ? { fromEnd: '1' } : toPage(last);
}

/** The page beyond the last row that is shown, whatever has come or gone before it meanwhile. */
export function toNextPage({ page, fromEnd, last }: ListMeta): PagePlace {
  if (fromEnd !== null) return { fromEnd: String(Math.max(1, fromEnd - 1)), after: last };
  return { page: String(page + 1), after: last };
}

/** The page before the first row that is shown. */
export function toPreviousPage({ page, fromEnd, first }: ListMeta): PagePlace {
  if (fromEnd !== null) return { fromEnd: String(fromEnd + 1), before: first };
  return { page: String(Math.max(1, page - 1)), before: first };
}
