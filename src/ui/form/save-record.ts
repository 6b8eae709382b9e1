import { ApiClient, type RecordActionResponse, type RecordJSON } from 'adminjs';

/** What became of a posted form. */
export type Saved =
  | {
      readonly ok: true;
      readonly redirectUrl: string | null;
      readonly notice: RecordActionResponse['notice'];
    }
  | { readonly ok: false; readonly code: string; readonly message: string; readonly errors: FieldErrors };

export type FieldErrors = RecordJSON['errors'];

const GONE = 'This has been deleted meanwhile, so there is nothing left to change.';

/** What is said where a request ended without an answer of the program. */
export const NO_ANSWER =
  'The server could not be reached. Nothing you typed is lost: please try again in a moment.';

interface RequestError {
  readonly isAxiosError?: boolean;
  readonly response?: { readonly data?: { readonly code?: string; readonly message?: string } };
}

/** Posts a form: to a new row, or to the row with this id. */
export async function saveRecord(
  resourceId: string,
  recordId: string | null,
  form: FormData,
): Promise<Saved> {
  try {
    const answer = await postForm(resourceId, recordId, form);
    if (recordId !== null && !answer.record?.id)
      return { ok: false, code: 'gone', message: GONE, errors: {} };
    return decodeAnswer(answer);
  } catch (error) {
    const { isAxiosError, response } = error as RequestError;
    if (!isAxiosError) throw error;
    const { code = 'no_answer', message = NO_ANSWER } = response?.data ?? {};
    return { ok: false, code, message, errors: {} };
  }
}

async function postForm(
  resourceId: string,
  recordId: string | null,
  data: FormData,
): Promise<RecordActionResponse> {
  const api = new ApiClient();
  const answer =
    recordId === null
      ? await api.resourceAction({ resourceId, actionName: 'new', data })
      : await api.recordAction({ resourceId, recordId, actionName: 'edit', data });
  return answer.data as RecordActionResponse;
}

function decodeAnswer({ record, notice, redirectUrl }: RecordActionResponse): Saved {
  const { errors = {}, baseError = null } = record ?? {};
  if (notice?.type !== 'error' && !baseError && Object.keys(errors).length === 0)
    return { ok: true, redirectUrl: redirectUrl ?? null, notice };
  const message = notice?.message ?? baseError?.message ?? 'This was not saved.';
  return { ok: false, code: baseError?.type ?? 'refused', message, errors };
}

/** Reads a row afresh; null where it is gone. Rejects where the server gives no answer. */
export async function loadRecord(resourceId: string, recordId: string): Promise<RecordJSON | null> {
  const { data } = await new ApiClient().recordAction({ resourceId, recordId, actionName: 'edit' });
  return data.notice?.type === 'error' ? null : data.record;
}
