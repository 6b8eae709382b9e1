import { type JsonValue, type Parameter, parseValue } from '../database/column-value.ts';
import type { Filter } from '../database/filter.ts';
import type { Queryable } from '../database/pool.ts';
import { RefusedRequestError, refuse } from '../errors.ts';
import { MOST_ROWS, type RowReads, type RowSearch, type SeenRow } from '../resources/panel-context.ts';
import { TableReader, type ViewedRow } from './table-reader.ts';
import type { TableView, TableViews } from './table-view.ts';

const NO_ROWS: RowReads = { byIds: async () => [], find: async () => [] };

/** Reads a table as these views show it, through the same reader as its lists. */
export function createRowReads(db: Queryable, views: TableViews, tableName: string): RowReads {
  const view = views.get(tableName);
  if (!view) return NO_ROWS;
  const reader = new TableReader(db, views, view);
  return {
    byIds: async (ids) => {
      const distinct = [...new Set(ids.map(String))];
      const rows = new Map((await reader.findPlainByIds(distinct)).map((row) => [row.id, row]));
      return distinct.flatMap((id) => rows.get(id) ?? []).map(toSeenRow);
    },
    find: async (search) => findRows(reader, view, search),
  };
}

async function findRows(
  reader: TableReader,
  { columns }: TableView,
  { where = {}, sort, limit = MOST_ROWS + 1 }: RowSearch,
): Promise<SeenRow[]> {
  const filters: Filter[] = [];
  for (const [name, wanted] of Object.entries(where)) {
    const column = columns.find((candidate) => candidate.name === name);
    if (!column) return [];
    const values = (Array.isArray(wanted) ? wanted : [wanted]) as readonly JsonValue[];
    if (wanted === null) filters.push({ column, operator: 'empty' });
    else filters.push({ column, operator: 'in', value: values.flatMap((value) => bindable(column, value)) });
  }
  const order = columns.some(({ name }) => name === sort?.column) ? (sort ?? null) : null;
  const rows = await reader.findPlain({ filters, sort: order, limit, offset: 0 });
  if (rows.length > MOST_ROWS) throw new RefusedRequestError(TOO_MANY_ROWS);
  return rows.map(toSeenRow);
}

const TOO_MANY_ROWS = refuse('too_many_rows', 'These are too many rows to show at once. Choose fewer.');

function bindable(column: TableView['columns'][number], value: JsonValue): Parameter[] {
  const parsed = parseValue(column, value);
  return parsed.ok ? [parsed.value] : [];
}

function toSeenRow({ id, title, params }: ViewedRow): SeenRow {
  return { id, title, values: params };
}
