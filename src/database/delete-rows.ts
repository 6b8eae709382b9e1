import { keySql } from './filter.ts';
import { quoteIdentifier } from './identifier.ts';
import type { Queryable } from './pool.ts';
import type { Row } from './read-rows.ts';
import { decodeRecordId } from './record-id.ts';
import { type ForeignKey, findColumn, type Table } from './table.ts';
import { deleteRow } from './write-rows.ts';

/**
 * Deletes rows of one table by record id, those first that point at others of them; `onNext` is told of each before it goes.
 * Throws {@link RowCountError} where an id is not one row.
 */
export async function deleteRows(
  db: Queryable,
  table: Table,
  rows: ReadonlyMap<string, Row>,
  onNext: (id: string) => void,
): Promise<void> {
  const { ids, circles } = orderForDeletion(table, rows);
  for (const { id, columns } of circles) await clear(db, table, id, columns);
  for (const id of ids) {
    onNext(id);
    await deleteRow(db, table, id);
  }
}

interface Order {
  readonly ids: readonly string[];
  /** Of rows that point at one another in a circle: those columns that can let go. */
  readonly circles: readonly { readonly id: string; readonly columns: readonly string[] }[];
}

function orderForDeletion(table: Table, rows: ReadonlyMap<string, Row>): Order {
  const keys = table.foreignKeys.filter(({ referencedTable }) => referencedTable === table.name);
  const pointing = findPointing(keys, rows);
  const ids = new Set<string>();
  const circles: Order['circles'][number][] = [];
  const open = new Set<string>();
  const visit = (id: string) => {
    open.add(id);
    for (const { from, key } of pointing.get(id) ?? []) {
      if (open.has(from)) circles.push({ id: from, columns: nullable(table, key) });
      else if (!ids.has(from)) visit(from);
    }
    open.delete(id);
    ids.add(id);
  };
  for (const id of rows.keys()) if (!ids.has(id)) visit(id);
  return { ids: [...ids], circles: circles.filter(({ columns }) => columns.length > 0) };
}

/** By each row's id, the rows among these that point at it. */
function findPointing(keys: readonly ForeignKey[], rows: ReadonlyMap<string, Row>) {
  const pointing = new Map<string, { from: string; key: ForeignKey }[]>();
  for (const key of keys) {
    const targets = new Map([...rows].map(([id, row]) => [spell(row, key.referencedColumns), id]));
    for (const [from, row] of rows) {
      const target = key.columns.some((name) => row[name] === null)
        ? undefined
        : targets.get(spell(row, key.columns));
      if (target !== undefined) pointing.set(target, [...(pointing.get(target) ?? []), { from, key }]);
    }
  }
  return pointing;
}

/** Texts that a collation may take for the same are spelled alike: of rows that do not point at one another, any order will do. */
function spell(row: Row, columns: readonly string[]): string {
  return JSON.stringify(columns.map((name) => String(row[name]).trimEnd().toLowerCase()));
}

function nullable(table: Table, key: ForeignKey): string[] {
  return key.columns.filter((name) => findColumn(table, name)?.nullable && !table.key.includes(name));
}

async function clear(db: Queryable, table: Table, id: string, columns: readonly string[]): Promise<void> {
  const cleared = columns.map((name) => `${quoteIdentifier(name)} = NULL`).join(', ');
  const where = keySql(table, decodeRecordId(table, id) ?? []);
  await db.query(`UPDATE ${quoteIdentifier(table.name)} SET ${cleared} WHERE ${where.sql}`, [
    ...where.parameters,
  ]);
}
