import { type JsonValue, parseValue } from '../database/column-value.ts';
import type { Queryable } from '../database/pool.ts';
import {
  findRowByEachValue,
  findRowsByValue,
  type Row,
  recordIdOf,
  selectColumns,
} from '../database/read-rows.ts';
import type { Column } from '../database/table.ts';
import type { TableView } from './table-view.ts';

/** What a reference leads to: the target's title, and its record id where this role may open it. */
export interface PopulatedReference {
  readonly id: string | null;
  readonly title: string;
}

/** What rows of another table are called, by the values (wire form) of the column that leads to them; those that lead nowhere are left out. */
export async function findReferencedTitles(
  db: Queryable,
  target: TableView,
  valueColumn: Column,
  values: readonly JsonValue[],
): Promise<Map<string, PopulatedReference>> {
  const { table, titleColumn, can } = target;
  const columns = selectColumns(table, [valueColumn.name, ...(titleColumn ? [titleColumn.name] : [])]);
  const known = values.flatMap((value) => {
    const parsed = parseValue(valueColumn, value);
    return parsed.ok ? [{ name: String(value), value: parsed.value }] : [];
  });
  const toTitle = (row: Row): PopulatedReference => {
    const id = recordIdOf(table, row);
    return { id: can.show ? id : null, title: titleOf(target, id, row, {}) };
  };
  const parameters = known.map(({ value }) => value);
  const rows = await findRowsByValue(db, table, columns, valueColumn, parameters);
  const titles = new Map(rows.map((row) => [String(row[valueColumn.name]), toTitle(row)]));
  const others = known.filter(({ name }) => !titles.has(name));
  const found = await findRowByEachValue(
    db,
    table,
    columns,
    valueColumn,
    others.map(({ value }) => value),
  );
  for (const [index, { name }] of others.entries()) {
    const row = found[index];
    if (row) titles.set(name, toTitle(row));
  }
  return titles;
}

/** A row's title: its title column, else what its key's references are called, else 'Order 42'. */
export function titleOf(
  view: TableView,
  id: string,
  row: Row,
  populated: Readonly<Record<string, PopulatedReference>>,
): string {
  const title = view.titleColumn ? row[view.titleColumn.name] : null;
  if (title !== null && title !== undefined && title !== '') return String(title);
  const { key } = view.table;
  const referenceOf = (name: string) => (Object.hasOwn(populated, name) ? populated[name] : undefined);
  if (key.some(referenceOf))
    return key.map((name) => referenceOf(name)?.title ?? String(row[name])).join(TITLE_SEPARATOR);
  const { singular } = view.resource;
  return `${singular.charAt(0).toUpperCase()}${singular.slice(1)} ${id}`;
}

/** What stands between the parts of a title that tells what a row's key points at. */
export const TITLE_SEPARATOR = ' · ';

/** What a title says, or begins to say, the row's record id is: '42' of 'Order 42', 'order #42' and '#42'; null for none. */
export function idInTitle({ resource }: TableView, title: string): string | null {
  const singular = resource.singular.trim().toLowerCase();
  const isNamed = title.toLowerCase().startsWith(`${singular} `);
  const rest = isNamed ? title.slice(singular.length).trim() : title;
  const id = rest.startsWith('#') ? rest.slice(1).trim() : rest;
  return id === '' || id === title ? null : id;
}
