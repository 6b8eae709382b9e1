import { ApiClient, type RecordJSON } from 'adminjs';
import { useCallback, useEffect, useState } from 'react';

export interface ListMeta {
  /** Bounded: 10001 stands for more than 10,000. */
  readonly total: number;
  readonly hasNext: boolean;
  readonly perPage: number;
  readonly page: number;
  readonly sortBy?: string;
  readonly direction?: 'asc' | 'desc';
}

export interface Rows {
  readonly records: readonly RecordJSON[];
  /** Null until the first answer. */
  readonly meta: ListMeta | null;
  /** Why there is no answer, in words. */
  readonly refusal: string | null;
  readonly isLoading: boolean;
}

interface ListAnswer {
  readonly records?: readonly RecordJSON[];
  readonly meta?: ListMeta;
  readonly notice?: { readonly message: string; readonly type: string };
}

const NOTHING_YET: Rows = { records: [], meta: null, refusal: null, isLoading: true };
const NO_ANSWER = 'The list could not be loaded: the server gave no answer.';

/** The rows at a list's address. Those shown stay until the next have come; the latest address wins. */
export function useRows(resourceId: string, search: string): Rows & { reload(): void } {
  const [rows, setRows] = useState(NOTHING_YET);
  const [attempt, setAttempt] = useState(0);
  const reload = useCallback(() => setAttempt((count) => count + 1), []);
  useEffect(() => {
    let isLatest = true;
    setRows((shown) => ({ ...shown, isLoading: true }));
    loadRows(resourceId, search).then((loaded) => {
      if (isLatest) setRows(loaded);
    });
    return () => {
      isLatest = false;
    };
  }, [resourceId, search, attempt]);
  return { ...rows, reload };
}

async function loadRows(resourceId: string, search: string): Promise<Rows> {
  try {
    const params = new URLSearchParams(search);
    const { data } = await new ApiClient().resourceAction({ resourceId, actionName: 'list', params });
    const { records = [], meta, notice } = data as unknown as ListAnswer;
    const refusal = notice?.type === 'error' || !meta ? (notice?.message ?? NO_ANSWER) : null;
    return { records, meta: meta?.perPage ? meta : null, refusal, isLoading: false };
  } catch (error) {
    const { response } = error as { response?: { data?: { message?: string } } };
    return { records: [], meta: null, refusal: response?.data?.message ?? NO_ANSWER, isLoading: false };
  }
}
