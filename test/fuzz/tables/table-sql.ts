import { quoteIdentifier } from '../../../src/database/identifier.ts';
import { foldName } from './names.ts';
import type { ColumnSpec, TableSpec } from './table-spec.ts';

/** The column that numbers the rows, so that a row is known whatever its key is. */
export const ROW_NUMBER = 'row_no';
/** The column that points at other rows. */
export const POINTER = 'points_at';
const KEY = 'own_key';
const COPY = 'computed_copy';

/** A column as it was made. */
export interface MadeColumn extends Pick<ColumnSpec, 'name' | 'sql' | 'family' | 'isLong' | 'isNullable'> {
  readonly isKey: boolean;
  readonly isComputed: boolean;
  /** Whether the server makes its value for a new row. */
  readonly isMade: boolean;
}

/** A table or view as it was made. */
export interface MadeTable {
  readonly name: string;
  readonly columns: readonly MadeColumn[];
  readonly hasKey: boolean;
  /** Whether no two rows have the same number. */
  readonly isNumbered: boolean;
  /** The table and column whose values {@link POINTER} holds. */
  readonly target: { readonly table: string; readonly column: string } | null;
}

/** A table with the statements that make and fill it; of the latter each may be refused, as rows may share a key. */
export interface TableScript {
  readonly made: MadeTable;
  readonly create: readonly string[];
  readonly fill: readonly string[];
  readonly view: MadeTable | null;
  readonly views: readonly string[];
}

/** The statements for tables, of which each may point at the one before it. */
export function scriptTables(specs: readonly TableSpec[]): TableScript[] {
  let before: MadeTable | null = null;
  return specs.map((spec) => {
    const script: TableScript = scriptTable(spec, before);
    before = script.made;
    return script;
  });
}

const NUMBER: MadeColumn = {
  name: ROW_NUMBER,
  sql: 'INT',
  family: 'integer',
  isLong: false,
  isNullable: true,
  isKey: false,
  isComputed: false,
  isMade: false,
};

/** `before` is the table that it may point at. */
function scriptTable(spec: TableSpec, before: MadeTable | null): TableScript {
  const table = quoteIdentifier(spec.name);
  const keyColumns = ownKey(spec);
  const columns = withoutTaken(spec.columns, keyColumns);
  const copied =
    spec.computes === 'nothing' ? undefined : columns.find(({ family }) => family !== 'geometry');
  const target = findTarget(spec, keyColumns, before);
  const definitions = [
    ...keyColumns.map((column) => `${quoteIdentifier(column.name)} ${column.definition}`),
    ...columns.map(defineColumn),
    `${ROW_NUMBER} INT NULL`,
    ...(copied ? [defineCopy(copied, spec.computes === 'when written')] : []),
    ...(target ? [`${POINTER} ${target.sql} NULL`] : []),
    ...defineKeys(spec, keyColumns, columns),
    ...(target
      ? [
          `FOREIGN KEY (${POINTER}) REFERENCES ${quoteIdentifier(target.table)} (${quoteIdentifier(target.column)})`,
        ]
      : []),
  ];
  const trigger =
    spec.key.kind === 'trigger'
      ? [
          `CREATE TRIGGER ${quoteIdentifier(`make ${spec.name}`.slice(0, 60))} BEFORE INSERT ON ${table} FOR EACH ROW SET NEW.${KEY} = UUID()`,
        ]
      : [];
  const made: MadeTable = {
    name: spec.name,
    columns: [
      ...keyColumns.map((column) => ({ ...column, isKey: true, isComputed: false })),
      ...columns.map((column) => ({ ...column, isKey: false, isComputed: false, isMade: false })),
      NUMBER,
      ...(copied
        ? [{ ...copied, name: COPY, isKey: false, isComputed: true, isMade: true, isNullable: true }]
        : []),
      ...(target ? [{ ...NUMBER, name: POINTER, sql: target.sql, family: target.family }] : []),
    ],
    hasKey: keyColumns.length > 0,
    isNumbered: keyColumns.length > 0,
    target,
  };
  const view = spec.hasView ? { ...made, name: viewName(spec.name), hasKey: false, target: null } : null;
  return {
    made,
    create: [`CREATE TABLE ${table} (${definitions.join(', ')}) DEFAULT CHARSET = utf8mb4`, ...trigger],
    fill: [...Array(spec.rows).keys()]
      .map((row) => insertSql(spec, keyColumns, columns, row))
      .concat(pointSql(spec, target)),
    view,
    views: view ? [viewSql(view, made)] : [],
  };
}

function viewSql(view: MadeTable, table: MadeTable): string {
  const columns = table.columns.map(({ name }) => quoteIdentifier(name)).join(', ');
  return `CREATE VIEW ${quoteIdentifier(view.name)} AS SELECT ${columns} FROM ${quoteIdentifier(table.name)}`;
}

const viewName = (name: string) => `${name.slice(0, 50)} seen`;

interface KeyColumn extends MadeColumn {
  readonly definition: string;
  readonly values: readonly string[];
}

function ownKey({ key }: TableSpec): KeyColumn[] {
  const own = { name: KEY, isLong: false, isNullable: false, isKey: true, isComputed: false, isMade: true };
  switch (key.kind) {
    case 'automatic':
      return [
        { ...own, family: 'integer', sql: 'INT', definition: 'INT NOT NULL AUTO_INCREMENT', values: [] },
      ];
    case 'default':
      return [
        {
          ...own,
          family: 'text',
          sql: 'CHAR(36)',
          definition: 'CHAR(36) NOT NULL DEFAULT (UUID())',
          values: [],
        },
      ];
    case 'trigger':
      return [{ ...own, family: 'text', sql: 'CHAR(36)', definition: 'CHAR(36) NOT NULL', values: [] }];
    case 'primary':
    case 'unique':
      return withoutTaken(key.columns, []).map((column) => ({
        ...column,
        isKey: true,
        isComputed: false,
        isMade: false,
        definition: `${column.sql} NOT NULL`,
      }));
    default:
      return [];
  }
}

function withoutTaken<C extends { readonly name: string }>(
  columns: readonly C[],
  others: readonly { readonly name: string }[],
): C[] {
  const taken = new Set([ROW_NUMBER, POINTER, KEY, COPY, ...others.map(({ name }) => foldName(name))]);
  return columns.filter(({ name }) => {
    const isFree = !taken.has(foldName(name));
    taken.add(foldName(name));
    return isFree;
  });
}

function defineColumn({ name, sql, family, isNullable, hasDefault, isLong, values }: ColumnSpec): string {
  // A choice's values are numbers, which MariaDB takes for texts in a default.
  const value =
    hasDefault && !isLong && family !== 'choice' && family !== 'choices' ? ` DEFAULT (${values[0]})` : '';
  return `${quoteIdentifier(name)} ${sql} ${isNullable ? 'NULL' : 'NOT NULL'}${value}`;
}

function defineCopy({ name, sql }: ColumnSpec, isStored: boolean): string {
  return `${COPY} ${sql} GENERATED ALWAYS AS (${quoteIdentifier(name)}) ${isStored ? 'STORED' : 'VIRTUAL'}`;
}

function defineKeys(
  { key }: TableSpec,
  keyColumns: readonly KeyColumn[],
  columns: readonly ColumnSpec[],
): string[] {
  const names = keyColumns.map(({ name }) => quoteIdentifier(name)).join(', ');
  const short = columns.find(({ isLong }) => !isLong);
  const nullable = columns.find(({ isLong, isNullable }) => isNullable && !isLong);
  const index = short ? [`KEY sorted (${quoteIdentifier(short.name)})`] : [];
  if (key.kind === 'nullable') return nullable ? [`UNIQUE KEY (${quoteIdentifier(nullable.name)})`] : [];
  if (key.kind === 'none') return index;
  return [`${key.kind === 'unique' ? 'UNIQUE KEY' : 'PRIMARY KEY'} (${names})`, ...index];
}

/** The single key column that a table's rows may point at. */
function findTarget({ name, points }: TableSpec, own: readonly MadeColumn[], before: MadeTable | null) {
  if (points === 'nowhere') return null;
  const table = points === 'within' ? name : before?.name;
  const keys = points === 'within' ? own : (before?.columns.filter(({ isKey }) => isKey) ?? []);
  const [key] = keys;
  return table !== undefined && key && keys.length === 1
    ? { table, column: key.name, sql: key.sql, family: key.family }
    : null;
}

function insertSql(
  spec: TableSpec,
  keyColumns: readonly KeyColumn[],
  columns: readonly ColumnSpec[],
  row: number,
) {
  const values = new Map<string, string>();
  if (spec.key.kind === 'automatic') values.set(KEY, String(row - 1));
  for (const { name, values: some } of keyColumns)
    if (some.length > 0) values.set(name, some[row % some.length] ?? '');
  for (const { name, values: some, isNullable } of columns) {
    const turn = row % (some.length + (isNullable ? 1 : 0));
    values.set(name, some[turn] ?? 'NULL');
  }
  // Without a key, rows may be the same.
  values.set(ROW_NUMBER, String(keyColumns.length > 0 ? row : row >> 1));
  const names = [...values.keys()].map(quoteIdentifier).join(', ');
  return `INSERT INTO ${quoteIdentifier(spec.name)} (${names}) VALUES (${[...values.values()].join(', ')})`;
}

/** Every other row points at one. */
function pointSql({ name }: TableSpec, target: { table: string; column: string } | null): string[] {
  if (!target) return [];
  const value = `(SELECT ${quoteIdentifier(target.column)} FROM ${quoteIdentifier(target.table)} ORDER BY ${ROW_NUMBER} LIMIT 1)`;
  return [
    `SET @pointed = ${value}`,
    `UPDATE ${quoteIdentifier(name)} SET ${POINTER} = @pointed WHERE ${ROW_NUMBER} % 2 = 1`,
  ];
}
