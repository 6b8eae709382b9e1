import { ApiClient, type RecordJSON } from 'adminjs';
import type { ReferenceDisplay } from '../column-display.ts';

/** A row that a foreign key may point at. */
export interface ReferenceChoice {
  /** What the foreign key stores. */
  readonly value: string;
  readonly title: string;
  readonly record: RecordJSON;
}

/** How many choices an answer holds at most. */
export const MAX_CHOICES = 50;

/** Rows whose title or key matches a text; any rows where it is empty. Rejects where the server gives no answer. */
export async function searchReferences(
  reference: ReferenceDisplay,
  text: string,
): Promise<readonly ReferenceChoice[]> {
  const { data } = await new ApiClient().resourceAction({
    resourceId: reference.resourceId,
    actionName: 'search',
    params: { valueColumn: reference.valueColumn, ...(text.trim() ? { q: text.trim() } : {}) },
  });
  const records: RecordJSON[] = data.records ?? [];
  return records.map((record) => ({
    value: String(record.params.__value ?? record.id),
    title: record.title,
    record,
  }));
}
