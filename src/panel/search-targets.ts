import { parseValue } from '../database/column-value.ts';
import type { SearchTarget } from '../database/filter.ts';
import type { Column } from '../database/table.ts';
import { findReferenceView, type TableView, type TableViews } from './table-view.ts';

/** Where the search box of a list looks in one column. */
export function findSearchPlaces(
  views: TableViews,
  view: TableView,
  column: Column,
): readonly SearchTarget['in'][] {
  const { key, indexedColumns } = view.table;
  const isKey = key.length === 1 && key[0] === column.name;
  const isText =
    column === view.titleColumn || (column.kind === 'string' && indexedColumns.includes(column.name));
  const isTitled = findReferenceView(views, view, column.name)?.view.titleColumn?.kind === 'string';
  return [
    ...(isKey ? ['key' as const] : []),
    ...(isText ? ['text' as const] : []),
    ...(isTitled ? ['reference' as const] : []),
  ];
}

/** The same for every column of a view, with what a text means there: as a key it may mean nothing. */
export function findSearchTargets(views: TableViews, view: TableView, text: string): SearchTarget[] {
  return view.columns.flatMap((column) =>
    findSearchPlaces(views, view, column).flatMap((place): SearchTarget[] => {
      if (place === 'text') return [{ in: 'text', column }];
      if (place === 'reference') return toReferenceTarget(views, view, column);
      const key = parseValue(column, text);
      return key.ok ? [{ in: 'key', column, value: key.value }] : [];
    }),
  );
}

function toReferenceTarget(views: TableViews, view: TableView, column: Column): SearchTarget[] {
  const reference = findReferenceView(views, view, column.name);
  const titleColumn = reference?.view.titleColumn;
  if (!reference || !titleColumn) return [];
  const { table } = reference.view;
  return [{ in: 'reference', column, table: table.name, valueColumn: reference.valueColumn, titleColumn }];
}
