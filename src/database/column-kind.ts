import type { Column, ColumnKind } from './table.ts';

const KIND_BY_TYPE: Readonly<Record<string, ColumnKind>> = {
  tinyint: 'integer',
  smallint: 'integer',
  mediumint: 'integer',
  int: 'integer',
  bigint: 'integer',
  decimal: 'decimal',
  float: 'float',
  double: 'float',
  bit: 'bit',
  char: 'string',
  varchar: 'string',
  uuid: 'string',
  inet4: 'string',
  inet6: 'string',
  tinytext: 'text',
  text: 'text',
  mediumtext: 'text',
  longtext: 'text',
  json: 'json',
  enum: 'enum',
  set: 'set',
  date: 'date',
  datetime: 'datetime',
  timestamp: 'datetime',
  time: 'time',
  year: 'year',
  binary: 'binary',
  varbinary: 'binary',
  tinyblob: 'blob',
  blob: 'blob',
  mediumblob: 'blob',
  longblob: 'blob',
  vector: 'blob',
  geometry: 'geometry',
  point: 'geometry',
  linestring: 'geometry',
  polygon: 'geometry',
  multipoint: 'geometry',
  multilinestring: 'geometry',
  multipolygon: 'geometry',
  geomcollection: 'geometry',
  geometrycollection: 'geometry',
};

/**
 * The kind of a column from `DATA_TYPE` and `COLUMN_TYPE`; TINYINT(1) and BIT(1) are booleans by custom. What a server of
 * tomorrow adds is text, as both send every type that a client does not ask for in another form.
 */
export function decodeColumnKind(dataType: string, columnType: string): ColumnKind {
  if (isBooleanType(columnType)) return 'boolean';
  return KIND_BY_TYPE[dataType] ?? 'text';
}

function isBooleanType(columnType: string): boolean {
  return /^(tinyint|bit)\(1\)/.test(columnType);
}

/** The kind of a column that is a boolean or a number by its type, where it is known which of the two it is. */
export function chooseKind(
  { kind, sqlType }: Pick<Column, 'kind' | 'sqlType'>,
  isBoolean: boolean,
): ColumnKind {
  if (isBoolean) return kind === 'integer' ? 'boolean' : kind;
  return kind === 'boolean' ? (sqlType.startsWith('bit') ? 'bit' : 'integer') : kind;
}

/** Whether a column's kind is another one than its type says, see {@link chooseKind}. */
export function isKindChosen({ kind, sqlType }: Pick<Column, 'kind' | 'sqlType'>): boolean {
  return isBooleanType(sqlType) ? kind !== 'boolean' : kind === 'boolean';
}

/** The members in `enum('a','it''s')` or `set(…)`, in their own case. */
export function decodeMembers(columnType: string): string[] {
  const list = /^(?:enum|set)\((.*)\)/s.exec(columnType)?.[1] ?? '';
  return [...list.matchAll(/'((?:[^']|'')*)'/gs)].map(([, member = '']) => member.replaceAll("''", "'"));
}

/**
 * The default where it is a plain value. MariaDB gives the text of an expression (strings quoted, `NULL` for none),
 * MySQL the bare value and `DEFAULT_GENERATED` in EXTRA for an expression.
 */
export function decodeDefault(text: string | null, extra: string, isMariaDb: boolean): string | null {
  if (text === null || /^b'[01]+'$/.test(text)) return text === "b'1'" ? '1' : text === "b'0'" ? '0' : null;
  if (!isMariaDb) return extra.includes('DEFAULT_GENERATED') ? null : text;
  if (/^'(?:[^']|'')*'$/s.test(text)) return text.slice(1, -1).replaceAll("''", "'");
  return /^-?\d+(\.\d+)?$/.test(text) ? text : null;
}
