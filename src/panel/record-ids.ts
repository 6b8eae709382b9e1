import { type Refusal, refuse } from '../errors.ts';

/** Rows that one request can name: as many as a page of a list shows. */
export const MAX_RECORD_IDS = 500;

/** Reads record ids between commas, each once, in the order given; refuses more than {@link MAX_RECORD_IDS}. */
export function parseRecordIds(
  text: unknown,
): { readonly ok: true; readonly ids: readonly string[] } | Refusal {
  return boundRecordIds(String(text ?? '').split(','));
}

/** The same of ids that have been taken apart already. */
export function boundRecordIds(
  given: readonly string[],
): { readonly ok: true; readonly ids: readonly string[] } | Refusal {
  const ids = [...new Set(given)];
  if (ids.length <= MAX_RECORD_IDS) return { ok: true, ids };
  const message = `These are ${ids.length} rows; up to ${MAX_RECORD_IDS} can be taken in one go. Choose fewer.`;
  return refuse('too_many_rows', message);
}
