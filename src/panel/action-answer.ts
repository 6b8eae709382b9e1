import type { ActionContext, BaseResource, CurrentAdmin, RecordJSON } from 'adminjs';
import type { Refusal } from '../errors.ts';
import type { ViewedRow } from './table-reader.ts';
import { TableRecord } from './table-record.ts';

/** AdminJS's context of a request for one of our tables. */
export interface Context {
  readonly resource: BaseResource;
  readonly currentAdmin?: CurrentAdmin;
  readonly h: ActionContext['h'];
  readonly record?: TableRecord;
  readonly records?: readonly TableRecord[];
}

/** Rows as AdminJS's clients read them. */
export function toJson(rows: readonly ViewedRow[], { resource, currentAdmin }: Context): RecordJSON[] {
  return rows.map((row) => new TableRecord(row, resource).toJSON(currentAdmin));
}

/** A refusal as AdminJS's clients read it: messages on fields, and a notice. */
export function refused(refusal: Refusal, record: RecordJSON) {
  const errors = Object.entries(refusal.fields ?? {}).map(([name, message]) => [
    name,
    { type: refusal.code, message },
  ]);
  return {
    record: {
      ...record,
      errors: Object.fromEntries(errors),
      baseError: { type: refusal.code, message: refusal.message },
    },
    notice: { message: refusal.message, type: 'error' },
  };
}

export function listUrl({ h, resource }: Context): string {
  return h.resourceUrl({ resourceId: resource.decorate().id() });
}

/** A path inside the site that a resource file names (`/admin/…`), as browsers know it. */
export function siteUrl({ h }: Context, path: string): string {
  return h.options.rootPath.replace(/\/admin$/, '') + path;
}

export function recordUrl({ h, resource }: Context, recordId: string): string {
  return h.recordActionUrl({ resourceId: resource.decorate().id(), recordId, actionName: 'show' });
}
