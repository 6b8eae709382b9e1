import { isWritableKind } from '../database/column-value.ts';
import { type Column, findColumn, findReference, type Table } from '../database/table.ts';
import { PERMISSIONS, type Permission, type Role } from '../resources/define.ts';
import type { Resource, ResourceColumn } from '../resources/resource.ts';

/** What one role may see and do of one table. Nothing outside it reaches a query or an answer. */
export interface TableView {
  readonly resource: Resource;
  readonly table: Table;
  readonly role: Role;
  readonly can: Readonly<Record<Permission, boolean>>;
  /** Readable columns in table order. */
  readonly columns: readonly Column[];
  readonly writable: ReadonlySet<string>;
  /** Who may set what this role may only read, by column. */
  readonly lockedFor: ReadonlyMap<string, readonly Role[]>;
  /** Columns that may be set and not read: their values reach no query of a person, no answer and no event. */
  readonly setOnly: readonly Column[];
  /** All that forms and their answers name: both the readable columns and those that are only set. */
  readonly fields: readonly Column[];
  /** The title column where this role may read it. */
  readonly titleColumn: Column | null;
}

/** A column's single-column foreign key, with the view of the table it points at. */
export interface ReferenceView {
  readonly view: TableView;
  readonly valueColumn: Column;
}

/** Every table a role may see, by table name. */
export type TableViews = ReadonlyMap<string, TableView>;

/** Tables and the columns of them. */
export type ColumnLimit = Readonly<Record<string, readonly string[]>>;

/**
 * The views of one role: tables it may neither list nor show are left out, and what is not in `limit`, where there is
 * one.
 */
export function createTableViews(
  resources: readonly Resource[],
  role: Role,
  limit: ColumnLimit | null = null,
): TableViews {
  const views = resources
    .filter(({ table }) => limit === null || Object.hasOwn(limit, table.name))
    .map((resource) => createTableView(resource, role, limit?.[resource.table.name] ?? null));
  return new Map(views.filter(({ can }) => can.list || can.show).map((view) => [view.table.name, view]));
}

function createTableView(resource: Resource, role: Role, limit: readonly string[] | null): TableView {
  const { table } = resource;
  const can = Object.fromEntries(
    PERMISSIONS.map((permission) => [permission, resource.allowed[permission].includes(role)]),
  ) as Record<Permission, boolean>;
  const columns = table.columns.filter(
    ({ name }) =>
      table.key.includes(name) ||
      (resource.columns.get(name)?.readableBy.includes(role) && (limit === null || limit.includes(name))),
  );
  const writable = table.columns.filter(
    (column) =>
      (can.create || can.edit) &&
      isWritableKind(column) &&
      resource.columns.get(column.name)?.writableBy.includes(role),
  );
  const setOnly = writable.filter((column) => !columns.includes(column));
  return Object.freeze({
    resource,
    table,
    role,
    can,
    columns,
    writable: new Set(writable.map(({ name }) => name)),
    lockedFor: new Map(columns.flatMap((column) => findWriters(column, resource, role))),
    setOnly,
    fields: [...columns, ...setOnly],
    titleColumn: columns.find(({ name }) => name === resource.titleColumn) ?? null,
  });
}

function findWriters(column: Column, resource: Resource, role: Role): [string, readonly Role[]][] {
  const writers = isWritableKind(column) ? (resource.columns.get(column.name)?.writableBy ?? []) : [];
  return writers.length === 0 || writers.includes(role) ? [] : [[column.name, writers]];
}

/** The readable columns among `names`, in that order. */
export function readableColumns(view: TableView, names: readonly string[]): Column[] {
  return names
    .map((name) => view.columns.find((column) => column.name === name))
    .filter((column) => column !== undefined);
}

/** Where a column's reference leads for this role; null for none, and where the role may not see that table. */
export function findReferenceView(
  views: TableViews,
  view: TableView,
  columnName: string,
): ReferenceView | null {
  const key = findReference(view.table, columnName);
  const target = key && views.get(key.referencedTable);
  const valueColumn = target && findColumn(target.table, key.referencedColumns[0] ?? '');
  return target && valueColumn && target.columns.includes(valueColumn) ? { view: target, valueColumn } : null;
}

/** The resolved config of a column of the view's table. */
export function columnConfig(view: TableView, name: string): ResourceColumn {
  const config = view.resource.columns.get(name);
  if (!config) throw new Error(`the resource of ${view.table.name} lacks its column ${name}`);
  return config;
}
