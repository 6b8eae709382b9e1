import type { Change, RowImage } from '../changes/transaction.ts';
import { ACTIVITY_TABLE, projectActivity } from '../database/activity.ts';
import { isKindChosen } from '../database/column-kind.ts';
import { toOwnKind } from '../database/column-value.ts';
import type { Column, Table } from '../database/table.ts';
import type { Role } from '../resources/define.ts';
import type { Resource } from '../resources/resource.ts';
import type { LiveChange, LiveRow } from './protocol.ts';
import type { Viewer } from './viewer.ts';

/** What of a table's changes may be told. */
export interface TableSight {
  readonly table: Table;
  readonly columns: readonly string[];
  /** Those of them whose kind is not what the log knows. */
  readonly chosen: readonly Column[];
  /** Absent: every row. */
  readonly seesRow?: (row: RowImage) => boolean;
}

/** The tables of which somebody may be told, by name. */
export type Sight = ReadonlyMap<string, TableSight>;

/** Viewers with the same key see the same. */
export function sightKey({ role, tables }: Viewer): string {
  return JSON.stringify([role, tables]);
}

/** Who may list or show a table's rows is told of them; of the columns, the key and those that the role may read. */
export function resolveSight(resources: readonly Resource[], { role, tables }: Viewer): Sight {
  const isIn = (roles: readonly Role[]) => (roles as readonly string[]).includes(role);
  const seen = resources.filter(
    ({ table, allowed }) =>
      (isIn(allowed.list) || isIn(allowed.show)) && (tables === null || Object.hasOwn(tables, table.name)),
  );
  return new Map(
    seen.map(({ table, columns }) => {
      const names = table.columns
        .map(({ name }) => name)
        .filter((name) => table.key.includes(name) || isIn(columns.get(name)?.readableBy ?? []))
        .filter((name) => table.key.includes(name) || (tables?.[table.name]?.includes(name) ?? true));
      const chosen = table.columns.filter((column) => names.includes(column.name) && isKindChosen(column));
      return [table.name, { table, columns: names, chosen }];
    }),
  );
}

/**
 * A change as it may be told, or null. One that brings a row into sight is an insert, one that takes it out of sight a
 * delete, and one that changes nothing that is seen is none.
 */
export function projectChange(change: Change, sight: Sight): LiveChange | null {
  const tableSight = sight.get(change.table);
  if (!tableSight) return null;
  const { table, id } = change;
  const project = (row: RowImage | null) => {
    const seen = projectRow(row, tableSight);
    return seen && table === ACTIVITY_TABLE
      ? projectActivity(seen, (named) => sight.get(named)?.columns ?? null)
      : seen;
  };
  const before = project(change.before);
  const after = project(change.after);
  if (before === null) return after === null ? null : { table, id, kind: 'insert', before, after };
  if (after === null) return { table, id, kind: 'delete', before, after };
  const isChanged = tableSight.columns.some((name) => before[name] !== after[name]);
  return isChanged ? { table, id, kind: 'update', before, after } : null;
}

function projectRow(row: RowImage | null, { columns, chosen, seesRow }: TableSight): LiveRow | null {
  if (row === null || seesRow?.(row) === false) return null;
  const seen = Object.fromEntries(
    columns.flatMap((name) => (Object.hasOwn(row, name) ? [[name, row[name] ?? null]] : [])),
  );
  for (const column of chosen)
    if (Object.hasOwn(seen, column.name)) seen[column.name] = toOwnKind(column, seen[column.name] ?? null);
  return seen;
}
