import type { ActionRequest, RecordJSON, ResourceOptions } from 'adminjs';
import type { Response } from 'express';
import { describeSignal } from '../database/database-error.ts';
import type { Refusal } from '../errors.ts';
import { parseBoundedJson } from '../request-bounds.ts';
import { toRoles } from '../resources/access.ts';
import type {
  ActionAnswer,
  BulkAction,
  BulkResult,
  RecordAction,
  TablePage,
} from '../resources/define-action.ts';
import type { PanelContext } from '../resources/panel-context.ts';
import { type Context, recordUrl, refused, siteUrl, toJson } from './action-answer.ts';
import { type actorOf, tableOf } from './safe-table.ts';
import type { TableView } from './table-view.ts';

/** What the code of a resource file is given for a request. */
export type ContextOf = (request: Parameters<typeof actorOf>[0]) => PanelContext;

/** The form field that holds an action's input as JSON. */
export const INPUT_FIELD = 'input';

/** What a resource file hands over, as AdminJS's actions for one role. */
export function createHandedActions(
  contextOf: ContextOf,
  view: TableView,
): NonNullable<ResourceOptions['actions']> {
  const { recordActions, bulkActions, pages, queues } = view.resource;
  const may = ({ can }: Pick<RecordAction, 'can'>) => toRoles(can).includes(view.role);
  const actions = [
    ...recordActions.filter(may).map((action) => [action.name, createRecordAction(contextOf, action)]),
    ...bulkActions.filter(may).map((action) => [action.name, createBulkAction(contextOf, view, action)]),
    ...pages.filter(may).map((page) => [page.name, createTablePage(contextOf, page)]),
    ...(queues.length > 0 && view.can.list ? [['queues', createQueueCounts(contextOf, view)]] : []),
  ];
  return Object.fromEntries(actions);
}

function describe(action: RecordAction | BulkAction | TablePage) {
  const { name, label, icon = '', tone = 'default', ...rest } = action;
  const { fields = [], confirm = null, open, formOnPage = false } = rest as Partial<RecordAction>;
  return {
    name,
    icon,
    variant: tone,
    custom: { label, tone, fields, confirm, opens: open !== undefined, formOnPage },
    isVisible: true,
    hideActionHeader: true,
  };
}

function createRecordAction(contextOf: ContextOf, action: RecordAction) {
  const isAccessible = ({ record }: Partial<Context>) =>
    !record || (action.isPossible?.(record.params) ?? true);
  return {
    ...describe(action),
    actionType: 'record',
    component: 'ActionForm',
    // Whether the step is possible now is the step's own to say, in words: here only whether it is offered.
    isVisible: isAccessible,
    handler: async (request: ActionRequest, _response: unknown, context: Context) => {
      const record = currentRecord(context);
      if (request.method !== 'post')
        return { record, opening: await action.open?.(contextOf(context), record.id) };
      const parsed = readInput(request);
      const answer = parsed.ok
        ? await inWords(() => action.run(contextOf(context), record.id, parsed.input))
        : parsed;
      return answerRecord(answer, context);
    },
  };
}

/** What a trigger says no with is a refusal, whoever wrote the action. */
async function inWords<T>(run: () => Promise<T>): Promise<T | Refusal> {
  try {
    return await run();
  } catch (error) {
    const refusal = describeSignal(error);
    if (refusal) return refusal;
    throw error;
  }
}

function currentRecord(context: Context): RecordJSON {
  if (!context.record) throw new Error('a record action ran without its record');
  return context.record.toJSON(context.currentAdmin);
}

async function answerRecord(answer: ActionAnswer, context: Context) {
  const before = currentRecord(context);
  const [row] = await tableOf(context).reader.findByIds([before.id]);
  const record = (row && toJson([row], context)[0]) ?? before;
  if (!answer.ok) return refused(answer, record);
  const redirectUrl = answer.href ? siteUrl(context, answer.href) : recordUrl(context, record.id);
  return { record, redirectUrl, notice: { message: answer.message, type: 'success' } };
}

/** What can be printed of rows, for those who may. */
export function describeDocuments({ resource, role }: TableView): { name: string; label: string }[] {
  return resource.documents
    .filter(({ can }) => toRoles(can).includes(role))
    .map(({ name, label }) => ({ name, label }));
}

function createBulkAction(contextOf: ContextOf, view: TableView, action: BulkAction) {
  const { table } = view;
  const { custom, ...look } = describe(action);
  return {
    ...look,
    custom: { ...custom, documents: describeDocuments(view) },
    actionType: 'bulk',
    component: 'BulkActionForm',
    handler: async (request: ActionRequest, response: Response, context: Context) => {
      const records = toJson(
        (context.records ?? []).map(({ row }) => row),
        context,
      );
      if (request.method !== 'post') return { records };
      const ids = records.map(({ id }) => id);
      if (request.payload?.mode === 'open')
        return { records: [], opening: await action.open?.(contextOf(context), ids) };
      const isRun = request.payload?.mode === 'run';
      const step = isRun ? action.run : action.preview;
      const parsed = readInput(request);
      const answer = parsed.ok
        ? await inWords(() => step.call(action, contextOf(context), ids, parsed.input))
        : parsed;
      if (!answer.ok) return { records: [], ...refusedInput(answer) };
      if (isRun) noteRefusedRows(response, { table: table.name, action: action.name }, answer.results);
      return { records: [], results: answer.results };
    },
  };
}

/** Leaves word for the log of requests; what a preview foretells was refused to nobody. */
function noteRefusedRows(
  response: Response,
  about: { readonly table: string; readonly action: string },
  results: readonly BulkResult[],
): void {
  response.locals.refusedRows = results.flatMap((result) =>
    result.ok ? [] : [{ code: result.code, ...about, recordId: result.id }],
  );
}

function createTablePage(contextOf: ContextOf, page: TablePage) {
  return {
    ...describe(page),
    actionType: 'resource',
    component: page.component,
    handler: async (request: ActionRequest, _response: unknown, context: Context) => {
      const given = contextOf(context);
      if (request.method !== 'post') return { data: await page.load?.(given) };
      const parsed = readInput(request);
      const answer = parsed.ok ? await inWords(() => page.run(given, parsed.input)) : parsed;
      if (!answer.ok) return refusedInput(answer);
      const notice = { message: answer.message, type: 'success' };
      const redirectUrl = answer.href && siteUrl(context, answer.href);
      return { redirectUrl, data: answer.data, notice };
    },
  };
}

/** How many rows each queue holds, with the list's query that shows them. */
function createQueueCounts(contextOf: ContextOf, view: TableView) {
  return {
    actionType: 'resource',
    isVisible: false,
    handler: async (_request: unknown, _response: unknown, context: Context) => {
      const table = tableOf(context);
      const counted = view.resource.queues.map(async ({ name, label, tone, filters }) => {
        const wanted = await filters(contextOf(context));
        const query = Object.fromEntries(
          Object.entries(wanted).map(([key, value]) => [`filters.${key}`, value]),
        );
        // One that looks for rows by what this role may not read is not for it.
        if (!isReadable(view, Object.keys(wanted))) return [];
        const parsed = table.parseQuery(query);
        if (!parsed.ok) throw new Error(`the queue '${name}' of ${view.table.name}: ${parsed.message}`);
        const count = await table.reader.count(parsed);
        return [{ name, label, tone: tone ?? 'neutral', query, count }];
      });
      return { queues: (await Promise.all(counted)).flat() };
    },
  };
}

/** `paths`: of filters, such as `placed_at.to`. */
function isReadable({ table, columns }: TableView, paths: readonly string[]): boolean {
  const hidden = table.columns.filter((column) => !columns.includes(column));
  return !hidden.some(({ name }) => paths.some((path) => path === name || path.startsWith(`${name}.`)));
}

function readInput(
  request: ActionRequest,
): { readonly ok: true; readonly input: Record<string, unknown> } | Refusal {
  const parsed = parseBoundedJson(String(request.payload?.[INPUT_FIELD] ?? '{}'));
  return parsed.ok ? { ok: true, input: toRecord(parsed.value) } : parsed;
}

function toRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function refusedInput(refusal: Refusal) {
  return { refusal, notice: { message: refusal.message, type: 'error' } };
}
