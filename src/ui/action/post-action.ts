import { ApiClient, type RecordJSON } from 'adminjs';

/** An action that was not taken, in words. */
export interface ActionRefusal {
  readonly ok: false;
  readonly code: string;
  readonly message: string;
  /** Messages that belong to one field, by its name. */
  readonly fields: Readonly<Record<string, string>>;
  /** Films of which less is available than was asked for. */
  readonly shortages?: readonly {
    readonly movieId: number;
    readonly available: number;
    readonly wanted: number;
  }[];
}

export interface ActionDone {
  readonly ok: true;
  readonly message: string;
  readonly redirectUrl: string | null;
  /** What a page's step gave to show. */
  readonly data: unknown;
}

export type ActionOutcome = ActionDone | ActionRefusal;

/** What became, or would become, of one row of a bulk action. */
export interface BulkResult {
  readonly id: string;
  readonly ok: boolean;
  readonly message: string;
}

export type BulkOutcome = { readonly ok: true; readonly results: readonly BulkResult[] } | ActionRefusal;

/** What the form of an action opens with for its row. */
export interface ActionOpening {
  readonly warning?: string;
  /** What fields hold at first, by name. */
  readonly values?: Readonly<Record<string, string>>;
  /** What text fields offer, by name. */
  readonly suggestions?: Readonly<Record<string, readonly string[]>>;
}

type Input = Readonly<Record<string, unknown>>;

interface Answer {
  readonly record?: RecordJSON;
  readonly notice?: { readonly message: string; readonly type?: string };
  readonly redirectUrl?: string;
  readonly refusal?: Omit<ActionRefusal, 'ok' | 'fields'> & { readonly fields?: ActionRefusal['fields'] };
  readonly results?: readonly BulkResult[];
  readonly data?: unknown;
  readonly opening?: ActionOpening;
}

/** Asks what a step's form opens with. Never rejects: without an answer it opens with nothing. */
export async function loadOpening(
  resourceId: string,
  recordId: string,
  actionName: string,
): Promise<ActionOpening> {
  try {
    const { data } = await new ApiClient().recordAction({ resourceId, recordId, actionName });
    return (data as typeof data & { opening?: ActionOpening }).opening ?? {};
  } catch {
    return {};
  }
}

/** Asks what the form of a step with many rows opens with. Never rejects. */
export async function loadBulkOpening(
  resourceId: string,
  actionName: string,
  recordIds: readonly string[],
): Promise<ActionOpening> {
  try {
    return (await postRows(resourceId, actionName, recordIds, { mode: 'open' })).opening ?? {};
  } catch {
    return {};
  }
}

/** Takes a step with one row. Never rejects: no answer is a refusal, too. */
export function postRecordAction(
  resourceId: string,
  recordId: string,
  actionName: string,
  input: Input,
): Promise<ActionOutcome> {
  return answerOf(async () => {
    const data = toForm({ input: JSON.stringify(input) });
    const answer = await new ApiClient().recordAction({ resourceId, recordId, actionName, data });
    return decodeOutcome(answer.data);
  });
}

/** Sends what a page of the table has gathered. */
export function postPage(resourceId: string, actionName: string, input: Input): Promise<ActionOutcome> {
  return answerOf(async () => {
    const data = toForm({ input: JSON.stringify(input) });
    const answer = await new ApiClient().resourceAction({ resourceId, actionName, data });
    return decodeOutcome(answer.data as Answer);
  });
}

/** Takes a step with many rows, or asks what would become of each. */
export function postBulkAction(
  resourceId: string,
  actionName: string,
  recordIds: readonly string[],
  mode: 'preview' | 'run',
  input: Input,
): Promise<BulkOutcome> {
  return answerOf(async () => {
    const fields = { mode, input: JSON.stringify(input) };
    const { results, ...rest } = await postRows(resourceId, actionName, recordIds, fields);
    if (results) return { ok: true, results };
    const outcome = decodeOutcome(rest);
    return outcome.ok ? { ok: true, results: [] } : outcome;
  });
}

/** Deletes rows, all of them or none. */
export function postBulkDelete(
  resourceId: string,
  actionName: string,
  recordIds: readonly string[],
): Promise<ActionOutcome> {
  return answerOf(async () => decodeOutcome(await postRows(resourceId, actionName, recordIds, {})));
}

/** The rows are named in the form: the address, where AdminJS has them, would not hold many long keys. */
async function postRows(
  resourceId: string,
  actionName: string,
  recordIds: readonly string[],
  fields: Readonly<Record<string, string>>,
): Promise<Answer> {
  const data = toForm({ ...fields, recordIds: recordIds.join(',') });
  const answer = await new ApiClient().bulkAction({ resourceId, actionName, recordIds: [], data });
  return answer.data as unknown as Answer;
}

function toForm(fields: Readonly<Record<string, string>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
}

function decodeOutcome({ record, notice, redirectUrl, refusal, data = null }: Answer): ActionOutcome {
  if (refusal) return { ...refusal, ok: false, fields: refusal.fields ?? {} };
  const { errors = {}, baseError = null } = record ?? {};
  if (notice?.type !== 'error' && !baseError)
    return { ok: true, message: notice?.message ?? 'Done.', redirectUrl: redirectUrl ?? null, data };
  const fields = Object.entries(errors).map(([name, error]) => [name, error.message]);
  const message = notice?.message ?? baseError?.message ?? 'This was not done.';
  return { ok: false, code: baseError?.type ?? 'refused', message, fields: Object.fromEntries(fields) };
}

const NO_ANSWER = 'The server could not be reached. Try again: nothing is done twice.';

async function answerOf<T>(post: () => Promise<T>): Promise<T | ActionRefusal> {
  try {
    return await post();
  } catch (error) {
    const { response } = error as { response?: { data?: { code?: string; message?: string } } };
    const { code = 'no_answer', message = NO_ANSWER } = response?.data ?? {};
    return { ok: false, code, message, fields: {} };
  }
}
