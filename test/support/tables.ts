import type { Column, Table } from '../../src/database/table.ts';
import type { Sight } from '../../src/live/visibility.ts';

/** A column as introspection would find it, of which a test says what matters. */
export function column(name: string, kind: Column['kind'], rest: Partial<Column> = {}): Column {
  return {
    name,
    kind,
    sqlType: kind === 'integer' ? 'int' : kind,
    nullable: false,
    hasDefault: false,
    defaultValue: null,
    autoIncrement: false,
    generated: false,
    expression: null,
    wide: false,
    unsigned: false,
    maxLength: null,
    precision: null,
    scale: null,
    values: [],
    collation: null,
    comment: '',
    ...rest,
  };
}

/** A table of these columns, told apart by `key`. */
export function table(name: string, columns: Column[], key: string[] = []): Table {
  return {
    name,
    kind: 'table',
    rowEnd: null,
    columns,
    key,
    uniqueKeys: [],
    foreignKeys: [],
    checks: [],
    triggers: [],
    indexes: [{ name: 'PRIMARY', columns: key }],
    indexedColumns: key.slice(0, 1),
    comment: '',
  };
}

/** A sight of every row of tables, of each these columns, told apart by `id`. */
export function sightOf(names: readonly string[], columns: readonly string[]): Sight {
  const known = columns.map((name) => column(name, 'integer'));
  return new Map(names.map((name) => [name, { table: table(name, known, ['id']), columns, chosen: [] }]));
}
