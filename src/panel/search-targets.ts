import { parseValue } from '../database/column-value.ts';
import type { SearchTarget } from '../database/filter.ts';
import { findKeyTargets } from '../database/key-targets.ts';
import type { Column } from '../database/table.ts';
import { idInTitle, TITLE_SEPARATOR } from './row-titles.ts';
import { findReferenceView, type ReferenceView, type TableView, type TableViews } from './table-view.ts';

/** Where the search box of a list looks in one column. */
export function findSearchPlaces(
  views: TableViews,
  view: TableView,
  column: Column,
): readonly ('text' | 'key' | 'reference')[] {
  const { key, indexedColumns } = view.table;
  const isKey = key.length === 1 && key[0] === column.name;
  const isText = column === view.titleColumn || (holdsText(column) && indexedColumns.includes(column.name));
  const title = findReferenceView(views, view, column.name)?.view.titleColumn;
  const isTitled = title ? holdsText(title) : false;
  return [
    ...(isKey ? ['key' as const] : []),
    ...(isText ? ['text' as const] : []),
    ...(isTitled ? ['reference' as const] : []),
  ];
}

/** Whether its values are texts: bytes may be, too. */
function holdsText({ kind }: Column): boolean {
  return kind === 'string' || kind === 'binary';
}

/** What a search may ask for besides: `isChoice` where the rows' titles are chosen from, and may be begun only. */
export interface SearchScope {
  readonly isChoice: boolean;
}

/** The same for every column of a view, with what a text means there, and the rows whose titles the panel writes so. */
export function findSearchTargets(
  views: TableViews,
  view: TableView,
  text: string,
  scope: SearchScope,
): SearchTarget[] {
  const inColumns = view.columns.flatMap((column) => findColumnTargets(views, view, column, text));
  return [
    ...inColumns,
    ...findNamed(view, text, scope),
    ...view.columns.flatMap((column) => findNamedReference(views, view, column, text)),
    ...findJoined(views, view, text),
  ];
}

function findColumnTargets(views: TableViews, view: TableView, column: Column, text: string): SearchTarget[] {
  return findSearchPlaces(views, view, column).flatMap((place): SearchTarget[] => {
    if (place === 'text') return [{ in: 'text', column, text }];
    if (place === 'key') return findValue(column, text);
    const reference = findReferenceView(views, view, column.name);
    const titleColumn = reference?.view.titleColumn;
    return reference && titleColumn
      ? [toReference(column, reference, { in: 'text', column: titleColumn, text })]
      : [];
  });
}

/** As a key a text may mean nothing. */
function findValue(column: Column, text: string): SearchTarget[] {
  const parsed = parseValue({ ...column, nullable: false }, text);
  return parsed.ok ? [{ in: 'key', column, value: parsed.value }] : [];
}

function toReference(column: Column, reference: ReferenceView, target: SearchTarget): SearchTarget {
  const { view, valueColumn } = reference;
  return { in: 'reference', column, table: view.table.name, valueColumn, target };
}

/** Rows that are called after their keys, such as 'Order 42'. */
function findNamed(view: TableView, text: string, { isChoice }: SearchScope): SearchTarget[] {
  const isBeginning = isChoice && view.titleColumn === null;
  const id = idInTitle(view, text) ?? (isBeginning ? text : null);
  return id === null ? [] : findKeyTargets(view.table, id, isBeginning);
}

/** Rows that point at one that is called after its key. */
function findNamedReference(
  views: TableViews,
  view: TableView,
  column: Column,
  text: string,
): SearchTarget[] {
  const reference = findReferenceView(views, view, column.name);
  const id = reference && reference.view.titleColumn === null ? idInTitle(reference.view, text) : null;
  if (!reference || id === null) return [];
  return findKeyTargets(reference.view.table, id, false).map((target) =>
    toReference(column, reference, target),
  );
}

/** Rows that are called after what their keys point at, such as 'Order 42 · Alien'. */
function findJoined(views: TableViews, view: TableView, text: string): SearchTarget[] {
  const columns = view.table.key.flatMap((name) => view.columns.filter((column) => column.name === name));
  const titles = text.split(TITLE_SEPARATOR);
  const [column] = columns;
  if (!column || columns.length < 2 || titles.length !== columns.length) return [];
  const parts = columns.map((part, index) => {
    const title = titles[index]?.trim() ?? '';
    const isReference = findReferenceView(views, view, part.name) !== null;
    return [
      ...(isReference ? findColumnTargets(views, view, part, title) : []),
      ...findNamedReference(views, view, part, title),
      ...findValue(part, title),
    ];
  });
  return parts.every(({ length }) => length > 0) ? [{ in: 'parts', column, parts }] : [];
}
