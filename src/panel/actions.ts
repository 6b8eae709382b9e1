import type { ActionRequest, RecordJSON, ResourceOptions } from 'adminjs';
import type { Request } from 'express';
import { isOvertime } from '../database/bounded-reads.ts';
import { encodePosition } from '../database/position-text.ts';
import { refuse } from '../errors.ts';
import { parseBoundedJson } from '../request-bounds.ts';
import type { RecordPage } from '../resources/define-action.ts';
import { NULL_TEXT, READ_FIELD } from '../ui/form/form-values.ts';
import { type Context, listUrl, recordUrl, refused, toJson } from './action-answer.ts';
import { type ContextOf, createHandedActions, describeDocuments } from './handed-actions.ts';
import { restoreLineEnds } from './line-ends.ts';
import { parseRecordIds } from './record-ids.ts';
import { actorOf, tableOf, toValidationError } from './safe-table.ts';
import type { TableView } from './table-view.ts';

/** The actions that every table has, each AdminJS's own in name and answer, with our handlers and this role's leave. */
export function createTableActions(contextOf: ContextOf, view: TableView): ResourceOptions['actions'] {
  const { can } = view;
  const { recordPage, about } = view.resource;
  return {
    list: {
      isAccessible: can.list,
      handler: inTime(listRows),
      showFilter: false,
      hideActionHeader: true,
      custom: { about },
    },
    search: { isAccessible: can.list, handler: inTime(searchRows) },
    rows: { actionType: 'resource', isAccessible: can.list, isVisible: false, handler: inTime(readRows) },
    show: {
      isAccessible: can.show,
      isVisible: can.show,
      handler: showRow(contextOf, recordPage),
      hideActionHeader: true,
      custom: { documents: describeDocuments(view), about },
      ...(recordPage ? { component: recordPage.component } : {}),
    },
    new: { isAccessible: can.create, isVisible: can.create, handler: createRow },
    edit: { isAccessible: can.edit, isVisible: can.edit, handler: editRow },
    delete: { isAccessible: can.delete, isVisible: can.delete, handler: deleteOne },
    bulkDelete: {
      isAccessible: can.delete,
      isVisible: can.delete,
      showInDrawer: false,
      hideActionHeader: true,
      handler: deleteMany,
    },
    ...createHandedActions(contextOf, view),
  } as unknown as ResourceOptions['actions'];
}

type Handler = (request: ActionRequest, response: unknown, context: Context) => Promise<object>;

/** Says in AdminJS's own form of answer that a read took too long, and what to do about it. */
function inTime(handler: Handler): Handler {
  return async (...call) => {
    try {
      return await handler(...call);
    } catch (error) {
      throw isOvertime(error) ? toValidationError(refuse('too_slow', TOO_SLOW)) : error;
    }
  };
}

const TOO_SLOW =
  'The database takes too long for this. Narrow it by a filter, or look for a number or a name that is in an index.';

async function listRows(request: ActionRequest, _response: unknown, context: Context) {
  const query = tableOf(context).parseQuery(request.query ?? {});
  if (!query.ok) throw toValidationError(query);
  const { rows, first, last, ...counts } = await tableOf(context).reader.findPage(query);
  return {
    meta: {
      ...counts,
      first: first && encodePosition(first),
      last: last && encodePosition(last),
      perPage: query.limit,
      page: query.page,
      fromEnd: query.fromEnd,
      direction: query.sort?.direction,
      sortBy: query.sort?.column,
    },
    records: toJson(rows, context),
  };
}

/** The rows with the ids in `ids`, between commas, of the form or the address; those that are not there are left out. */
async function readRows(request: ActionRequest, _response: unknown, context: Context) {
  const parsed = parseRecordIds(request.payload?.ids ?? request.query?.ids);
  if (!parsed.ok) throw toValidationError(parsed);
  return { records: toJson(await tableOf(context).reader.findListedByIds(parsed.ids), context) };
}

/**
 * Rows for a reference's choices: `params.query` is looked for in the title, and in the key or its beginning. With `valueColumn` (the
 * column that the foreign key points at) each answer holds the value to store as `params.__value`.
 */
async function searchRows(request: ActionRequest, _response: unknown, context: Context) {
  const { valueColumn, ...query } = request.query ?? {};
  const table = tableOf(context);
  const { titleColumn, table: searched } = table.view;
  const text = String(request.params.query ?? query.q ?? '').trim();
  // Of keys that begin alike the shortest comes first, which is the one that was typed where it is there.
  const sortBy = titleColumn?.name ?? (text === '' ? undefined : searched.key[0]);
  const parsed = table.parseQuery({ ...query, ...(sortBy ? { sortBy } : {}), perPage: '50', q: undefined });
  if (!parsed.ok) throw toValidationError(parsed);
  const search = text === '' ? undefined : table.reader.searchFor(text, { isChoice: true });
  const { rows } = await table.reader.findPage({ ...parsed, ...(search ? { search } : {}) });
  const records = rows.map(({ id, title, params }) => ({
    id,
    title,
    params: { __value: params[String(valueColumn)] ?? id },
    populated: {},
    errors: {},
    baseError: null,
    recordActions: [],
    bulkActions: [],
  }));
  return { records };
}

function showRow(contextOf: ContextOf, recordPage: RecordPage | null) {
  return async (_request: ActionRequest, _response: unknown, context: Context) => {
    const record = context.record?.toJSON(context.currentAdmin) ?? emptyRecord({});
    const data = await recordPage?.load(contextOf(context), record.id);
    return { record, ...(recordPage ? { data } : {}) };
  };
}

async function createRow(request: ActionRequest, _response: unknown, context: Context) {
  if (request.method !== 'post') return { record: emptyRecord({}) };
  const { fields } = readForm(request);
  const written = await tableOf(context).writer.create(fields, actorOf(context));
  return written.ok
    ? saved(written.id, 'successfullyCreated', context, emptyRecord({}))
    : refused(written, emptyRecord(readableOf(context, fields)));
}

async function editRow(request: ActionRequest, _response: unknown, context: Context) {
  const record = context.record?.toJSON(context.currentAdmin) ?? emptyRecord({});
  if (request.method !== 'post') return { record };
  const { fields: typed, read } = readForm(request);
  const fields = withLineEnds(typed, record.params);
  const written = await tableOf(context).writer.change(record.id, fields, read, actorOf(context));
  if (written.ok) return saved(written.id, 'successfullyUpdated', context, record);
  return refused(written, { ...record, params: { ...record.params, ...readableOf(context, fields) } });
}

async function deleteOne(request: ActionRequest, _response: unknown, context: Context) {
  const record = context.record?.toJSON(context.currentAdmin) ?? emptyRecord({});
  if (request.method !== 'post') return { record };
  const removed = await tableOf(context).writer.remove([record.id], actorOf(context));
  if (!removed.ok) return refused(removed, record);
  return {
    record,
    redirectUrl: listUrl(context),
    notice: { message: 'successfullyDeleted', type: 'success' },
  };
}

async function deleteMany(request: ActionRequest, _response: unknown, context: Context) {
  const records = (context.records ?? []).map((record) => record.toJSON(context.currentAdmin));
  if (request.method !== 'post') return { records };
  const ids = records.map(({ id }) => id);
  const asked = new Set(String(request.query?.recordIds ?? '').split(','));
  const removed = await tableOf(context).writer.remove(ids, actorOf(context));
  if (!removed.ok) {
    const message = `Nothing was deleted. ${removed.message}`;
    return { records, refusal: { ...removed, message }, notice: { message, type: 'error' } };
  }
  const gone = asked.size - ids.length;
  const message = `${ids.length} deleted${gone > 0 ? `; ${gone} had gone already` : ''}`;
  return { records, redirectUrl: listUrl(context), notice: { message, type: 'success' } };
}

/** What was typed, without files and what is only set: these go one way. */
function readableOf(context: Context, fields: Record<string, unknown>): Record<string, unknown> {
  const hidden = new Set(tableOf(context).view.setOnly.map(({ name }) => name));
  return Object.fromEntries(
    Object.entries(fields).filter(([name, value]) => !hidden.has(name) && !Buffer.isBuffer(value)),
  );
}

function readForm(request: ActionRequest): {
  fields: Record<string, unknown>;
  read: Record<string, unknown>;
} {
  // Not from the payload: AdminJS loses a field called `__proto__` on its way there.
  const { fields: posted = {} } = request as ActionRequest & Pick<Request, 'fields'>;
  const { [READ_FIELD]: was, ...fields } = posted;
  const given = Object.entries(fields).map(([name, value]) => [name, value === NULL_TEXT ? null : value]);
  return { fields: Object.fromEntries(given), read: parseRead(was) };
}

/** What was typed, with the line ends that the row's texts have. */
function withLineEnds(
  fields: Record<string, unknown>,
  row: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const restore = (name: string, value: unknown) => {
    const held = row[name];
    return typeof value === 'string' && typeof held === 'string' ? restoreLineEnds(value, held) : value;
  };
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, restore(name, value)]));
}

function parseRead(text: unknown): Record<string, unknown> {
  const parsed = parseBoundedJson(String(text ?? '{}'));
  // Without it, what somebody else has changed meanwhile would be overwritten.
  if (!parsed.ok) throw toValidationError(parsed);
  return typeof parsed.value === 'object' && parsed.value !== null ? { ...parsed.value } : {};
}

/** `before` stands for the row where the database has given it a key that it does not tell. */
async function saved(id: string, message: string, context: Context, before: RecordJSON) {
  const { reader, view } = tableOf(context);
  const [row] = await reader.findByIds([id]);
  const record = row ? (toJson([row], context)[0] ?? before) : before;
  const redirectUrl = row && view.can.show ? recordUrl(context, id) : listUrl(context);
  const isLost = !row && view.table.key.length > 0;
  return { record, redirectUrl, notice: { message: isLost ? SAVED_UNSEEN : message, type: 'success' } };
}

const SAVED_UNSEEN = 'Saved. The database has given it a key of its own: look for it in the list.';

function emptyRecord(params: Record<string, unknown>): RecordJSON {
  return {
    id: '',
    title: '',
    params,
    populated: {},
    errors: {},
    baseError: null,
    recordActions: [],
    bulkActions: [],
  };
}
