import type { ColumnSpec, KeySpec, TableSpec } from './table-spec.ts';

/**
 * The least tables of which `isStill` holds that are found until `endsAtMs` (of `performance.now()`). It takes away what
 * is not needed, the largest parts first: fast-check, which knows nothing of tables, would make a schema hundreds of times.
 */
export async function shrinkTables(
  tables: readonly TableSpec[],
  endsAtMs: number,
  isStill: (fewer: readonly TableSpec[]) => Promise<boolean>,
): Promise<readonly TableSpec[]> {
  let least = tables;
  for (let isShrunk = true; isShrunk; ) {
    isShrunk = false;
    for (const fewer of smallerTables(least)) {
      if (performance.now() > endsAtMs) return least;
      if (!(await isStill(fewer))) continue;
      least = fewer;
      isShrunk = true;
      break;
    }
  }
  return least;
}

const PLAIN = /^(?:column_\d|things)$/;

function* smallerTables(tables: readonly TableSpec[]): Generator<readonly TableSpec[]> {
  if (tables.length > 1) for (const table of tables) yield [table];
  for (const smaller of without(tables)) if (smaller.length > 0) yield smaller;
  for (const [index, table] of tables.entries())
    for (const smaller of smallerTable(table)) yield tables.with(index, smaller);
}

function* smallerTable(table: TableSpec): Generator<TableSpec> {
  if (!PLAIN.test(table.name)) yield { ...table, name: 'things' };
  if (table.hasView) yield { ...table, hasView: false };
  if (table.points !== 'nowhere') yield { ...table, points: 'nowhere' };
  if (table.computes !== 'nothing') yield { ...table, computes: 'nothing' };
  for (const columns of withoutMany(table.columns)) yield { ...table, columns };
  for (const key of smallerKeys(table.key)) yield { ...table, key };
  for (const rows of [1, table.rows >> 1, table.rows - 1])
    if (rows > 0 && rows < table.rows) yield { ...table, rows };
  for (const columns of smallerColumns(table.columns)) yield { ...table, columns };
}

function* smallerKeys(key: KeySpec): Generator<KeySpec> {
  if (key.kind !== 'automatic') yield { kind: 'automatic' };
  if (!('columns' in key)) return;
  if (key.columns.length > 1) for (const columns of without(key.columns)) yield { ...key, columns };
  for (const columns of smallerColumns(key.columns)) yield { ...key, columns };
}

function* smallerColumns(columns: readonly ColumnSpec[]): Generator<ColumnSpec[]> {
  for (const [index, column] of columns.entries()) {
    if (!PLAIN.test(column.name)) yield columns.with(index, { ...column, name: `column_${index}` });
    if (column.hasDefault) yield columns.with(index, { ...column, hasDefault: false });
    if (column.values.length > 1)
      for (const values of withoutMany(column.values))
        if (values.length > 0) yield columns.with(index, { ...column, values });
  }
}

/** Half of them, and all but one. */
function* withoutMany<T>(all: readonly T[]): Generator<T[]> {
  if (all.length === 0) return;
  if (all.length > 3) yield all.slice(0, all.length >> 1);
  if (all.length > 3) yield all.slice(all.length >> 1);
  yield* without(all);
}

function* without<T>(all: readonly T[]): Generator<T[]> {
  for (const index of all.keys()) yield all.toSpliced(index, 1);
}
