import { ApiClient, type RecordJSON } from 'adminjs';

export interface ListMeta {
  /** Bounded: 10001 stands for more than 10,000. */
  readonly total: number;
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
  /** Where the first and the last of the rows lie in the list's order, for addresses; null where that is not known. */
  readonly first: string | null;
  readonly last: string | null;
  /** Labels of columns that a search has left out, as looking there took too long. */
  readonly unsearched: readonly string[];
  readonly perPage: number;
  readonly page: number;
  /** The page's number from the end, where it is counted from there. */
  readonly fromEnd: number | null;
  readonly sortBy?: string;
  readonly direction?: 'asc' | 'desc';
}

export interface LoadedRows {
  readonly records: readonly RecordJSON[];
  /** Null where there is no answer. */
  readonly meta: ListMeta | null;
  /** Why there is none, in words. */
  readonly refusal: string | null;
}

interface ListAnswer {
  readonly records?: readonly RecordJSON[];
  readonly meta?: ListMeta;
  readonly notice?: { readonly message: string; readonly type: string };
}

const NO_ANSWER = 'The list could not be loaded: the server gave no answer.';

/** The rows at a list's address. */
export async function loadRows(resourceId: string, search: string): Promise<LoadedRows> {
  try {
    const params = new URLSearchParams(search);
    const { data } = await new ApiClient().resourceAction({ resourceId, actionName: 'list', params });
    const { records = [], meta, notice } = data as unknown as ListAnswer;
    const refusal = notice?.type === 'error' || !meta ? (notice?.message ?? NO_ANSWER) : null;
    return { records, meta: meta?.perPage ? meta : null, refusal };
  } catch (error) {
    return { records: [], meta: null, refusal: wordsOf(error) };
  }
}

/** Rows by their ids; those that are not there are left out. */
export async function loadRowsById(
  resourceId: string,
  ids: readonly string[],
): Promise<Omit<LoadedRows, 'meta'>> {
  // In a form, as an address would not hold many long keys.
  const form = new FormData();
  form.append('ids', ids.join(','));
  try {
    const { data } = await new ApiClient().resourceAction({ resourceId, actionName: 'rows', data: form });
    const { records = [], notice } = data as unknown as ListAnswer;
    return { records, refusal: notice?.type === 'error' ? notice.message : null };
  } catch (error) {
    return { records: [], refusal: wordsOf(error) };
  }
}

/** What the server said no with, if it said anything. */
function wordsOf(error: unknown): string {
  const { response } = error as { response?: { data?: { message?: string } } };
  return response?.data?.message ?? NO_ANSWER;
}
