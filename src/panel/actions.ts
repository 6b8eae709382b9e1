import type { ActionContext, ActionRequest, RecordJSON, ResourceOptions } from 'adminjs';
import type { Refusal } from '../errors.ts';
import { actorOf, type SafeTable, toValidationError } from './safe-table.ts';
import type { ViewedRow } from './table-reader.ts';
import { TableRecord } from './table-record.ts';
import type { TableView } from './table-view.ts';

/** Field of a form that holds, as JSON, the values its person saw in the columns they changed. */
export const READ_FIELD = '__was';

/** The actions that every table has, each AdminJS's own in name and answer, with our handlers and this role's leave. */
export function createTableActions(view: TableView): ResourceOptions['actions'] {
  const { can } = view;
  return {
    list: { isAccessible: can.list, handler: listRows },
    search: { isAccessible: can.list, handler: searchRows },
    show: { isAccessible: can.show, isVisible: can.show, handler: showRow },
    new: { isAccessible: can.create, isVisible: can.create, handler: createRow },
    edit: { isAccessible: can.edit, isVisible: can.edit, handler: editRow },
    delete: { isAccessible: can.delete, isVisible: can.delete, handler: deleteOne },
    bulkDelete: { isAccessible: can.delete, isVisible: can.delete, showInDrawer: false, handler: deleteMany },
  } as unknown as ResourceOptions['actions'];
}

type Context = ActionContext & { records?: TableRecord[] };

function tableOf(context: Context): SafeTable {
  return context.resource as SafeTable;
}

function toJson(rows: readonly ViewedRow[], context: Context): RecordJSON[] {
  return rows.map((row) => new TableRecord(row, tableOf(context)).toJSON(context.currentAdmin));
}

async function listRows(request: ActionRequest, _response: unknown, context: Context) {
  const query = tableOf(context).parseQuery(request.query ?? {});
  if (!query.ok) throw toValidationError(query);
  const { rows, total, hasNext } = await tableOf(context).reader.findPage(query);
  return {
    meta: {
      total,
      hasNext,
      perPage: query.limit,
      page: query.page,
      direction: query.sort?.direction,
      sortBy: query.sort?.column,
    },
    records: toJson(rows, context),
  };
}

/**
 * Rows for a reference's choices: `params.query` is looked for in the title and the key. With `valueColumn` (the
 * column that the foreign key points at) each answer holds the value to store as `params.__value`.
 */
async function searchRows(request: ActionRequest, _response: unknown, context: Context) {
  const { valueColumn, ...query } = request.query ?? {};
  const table = tableOf(context);
  const titleColumn = table.view.titleColumn?.name;
  const sorted = { ...query, ...(titleColumn ? { sortBy: titleColumn } : {}), perPage: '50' };
  const parsed = table.parseQuery({ ...sorted, q: request.params.query ?? query.q });
  if (!parsed.ok) throw toValidationError(parsed);
  const { rows } = await table.reader.findPage(parsed);
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

async function showRow(_request: ActionRequest, _response: unknown, context: Context) {
  return { record: context.record?.toJSON(context.currentAdmin) };
}

async function createRow(request: ActionRequest, _response: unknown, context: Context) {
  if (request.method !== 'post') return { record: emptyRecord({}) };
  const { fields } = readForm(request);
  const written = await tableOf(context).writer.create(fields, actorOf(context));
  return written.ok
    ? saved(written.id, 'successfullyCreated', context)
    : refused(written, emptyRecord(fields));
}

async function editRow(request: ActionRequest, _response: unknown, context: Context) {
  const record = context.record?.toJSON(context.currentAdmin) ?? emptyRecord({});
  if (request.method !== 'post') return { record };
  const { fields, read } = readForm(request);
  const written = await tableOf(context).writer.change(record.id, fields, read, actorOf(context));
  if (written.ok) return saved(written.id, 'successfullyUpdated', context);
  return refused(written, { ...record, params: { ...record.params, ...fields } });
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
  if (!removed.ok)
    return { records, notice: { message: `Nothing was deleted. ${removed.message}`, type: 'error' } };
  const gone = asked.size - ids.length;
  const message = `${ids.length} deleted${gone > 0 ? `; ${gone} had gone already` : ''}`;
  return { records, redirectUrl: listUrl(context), notice: { message, type: 'success' } };
}

function readForm(request: ActionRequest): {
  fields: Record<string, unknown>;
  read: Record<string, unknown>;
} {
  const { [READ_FIELD]: was, ...fields } = request.payload ?? {};
  return { fields, read: parseRead(was) };
}

function parseRead(text: unknown): Record<string, unknown> {
  try {
    const read: unknown = JSON.parse(String(text ?? '{}'));
    return typeof read === 'object' && read !== null ? { ...read } : {};
  } catch {
    return {};
  }
}

async function saved(id: string, message: string, context: Context) {
  const [row] = await tableOf(context).reader.findByIds([id]);
  const record = row ? toJson([row], context)[0] : emptyRecord({});
  const { can } = tableOf(context).view;
  const redirectUrl = row && can.show ? recordUrl(context, id) : listUrl(context);
  return { record: record ?? emptyRecord({}), redirectUrl, notice: { message, type: 'success' } };
}

function refused(refusal: Refusal, record: RecordJSON) {
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

function listUrl({ h, resource }: Context): string {
  return h.resourceUrl({ resourceId: resource.id() });
}

function recordUrl({ h, resource }: Context, recordId: string): string {
  return h.recordActionUrl({ resourceId: resource.id(), recordId, actionName: 'show' });
}
