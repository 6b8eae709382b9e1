import type { Column, Table } from '../../../src/database/table.ts';

const SQL_TYPES: Partial<Record<Column['kind'], string>> = {
  integer: 'int',
  string: 'varchar(100)',
  decimal: 'decimal(8,2)',
};

/** A column as introspection would find it: an optional `int`, with what `parts` says otherwise. */
export function buildColumn(name: string, parts: Partial<Column> = {}): Column {
  const kind = parts.kind ?? 'integer';
  return {
    name,
    kind,
    sqlType: SQL_TYPES[kind] ?? kind,
    nullable: false,
    hasDefault: false,
    defaultValue: null,
    autoIncrement: false,
    generated: false,
    expression: null,
    wide: false,
    unsigned: false,
    maxLength: kind === 'string' ? 100 : null,
    precision: null,
    scale: kind === 'decimal' ? 2 : null,
    values: [],
    collation: null,
    comment: '',
    ...parts,
  };
}

/** A column of short text. */
export function buildText(name: string, parts: Partial<Column> = {}): Column {
  return buildColumn(name, { kind: 'string', ...parts });
}

/** A table with an auto-increment key `id` before the columns given. */
export function buildTable(name: string, columns: readonly Column[], parts: Partial<Table> = {}): Table {
  return {
    name,
    kind: 'table',
    rowEnd: null,
    columns: [buildColumn('id', { autoIncrement: true, hasDefault: true }), ...columns],
    key: ['id'],
    uniqueKeys: [],
    foreignKeys: [],
    checks: [],
    triggers: [],
    indexes: [{ name: 'PRIMARY', columns: ['id'] }],
    indexedColumns: ['id'],
    comment: '',
    ...parts,
  };
}

/** A table of films with one column of most sorts. */
export const FILMS: Table = buildTable(
  'films',
  [
    buildText('title'),
    buildColumn('status', { kind: 'enum', values: ['in_stock', 'sold_out', 'PG-13'] }),
    buildColumn('price', { kind: 'decimal' }),
    buildColumn('available', { generated: true }),
    buildColumn('on_sale', { kind: 'boolean' }),
    buildColumn('studio_id'),
    buildColumn('poster', { kind: 'blob' }),
    buildColumn('credits', { kind: 'json' }),
    buildColumn('plot', { kind: 'text' }),
    buildText('upload_token'),
  ],
  {
    uniqueKeys: [{ name: 'films_title', columns: ['title'] }],
    foreignKeys: [
      {
        name: 'films_studio',
        columns: ['studio_id'],
        referencedTable: 'studios',
        referencedColumns: ['id'],
        onDelete: 'refuse',
        onUpdate: 'refuse',
      },
    ],
    checks: [{ name: 'films_price', clause: '`price` >= 0' }],
  },
);
