import { decodeColumnKind, decodeDefault, decodeMembers } from './column-kind.ts';
import type { Queryable, RowDataPacket } from './pool.ts';
import {
  type Check,
  type Column,
  type ForeignKey,
  type Index,
  isTriggered,
  type ReferenceRule,
  type Table,
  type Trigger,
  type UniqueKey,
} from './table.ts';

type Row = Record<string, string | number | null>;

/** The condition that a column holds one of the names asked for; '' where all are. */
type NamedSql = (column: string) => string;

// MariaDB lists its sequences, and the tables of this session alone, beside the tables.
const TABLES_SQL = (
  named: NamedSql,
) => `SELECT table_name AS name, table_type AS type, table_comment AS comment
  FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type NOT IN ('SEQUENCE', 'TEMPORARY')
  ${named('table_name')} ORDER BY table_name`;

const COLUMNS_SQL = (
  named: NamedSql,
) => `SELECT table_name AS tableName, column_name AS name, data_type AS dataType, column_type AS columnType,
    is_nullable AS nullable, column_default AS defaultText, extra AS extra, generation_expression AS generation,
    character_maximum_length AS maxLength, numeric_precision AS numericPrecision, numeric_scale AS numericScale,
    datetime_precision AS timePrecision, collation_name AS collation, column_comment AS comment
  FROM information_schema.columns WHERE table_schema = DATABASE() ${named('table_name')} ORDER BY table_name, ordinal_position`;

const INDEXES_SQL = (
  named: NamedSql,
) => `SELECT table_name AS tableName, index_name AS name, column_name AS columnName, non_unique AS nonUnique,
    sub_part AS prefixLength, index_type AS indexType, collation AS sortOrder
  FROM information_schema.statistics WHERE table_schema = DATABASE() ${named('table_name')} ORDER BY table_name, index_name, seq_in_index`;

const FOREIGN_KEYS_SQL = (
  named: NamedSql,
) => `SELECT k.table_name AS tableName, k.constraint_name AS name, k.column_name AS columnName,
    k.referenced_table_name AS referencedTable, k.referenced_column_name AS referencedColumn,
    r.delete_rule AS onDelete, r.update_rule AS onUpdate
  FROM information_schema.key_column_usage k
  JOIN information_schema.referential_constraints r ON r.constraint_schema = k.constraint_schema
    AND r.constraint_name = k.constraint_name AND r.table_name = k.table_name
  WHERE k.table_schema = DATABASE() AND k.referenced_table_schema = DATABASE() ${named('k.table_name')}
  ORDER BY k.table_name, k.constraint_name, k.ordinal_position`;

// MariaDB may use one constraint name in two tables, so there the table has to be part of the join.
const CHECKS_SQL = (
  named: NamedSql,
  isMariaDb: boolean,
) => `SELECT t.table_name AS tableName, c.constraint_name AS name, c.check_clause AS clause
  FROM information_schema.check_constraints c
  JOIN information_schema.table_constraints t ON t.constraint_schema = c.constraint_schema
    AND t.constraint_name = c.constraint_name ${isMariaDb ? 'AND t.table_name = c.table_name' : ''}
  WHERE c.constraint_schema = DATABASE() AND t.constraint_type = 'CHECK' ${named('t.table_name')} ORDER BY t.table_name, c.constraint_name`;

// Those of views fire for the tables below them, and an account without TRIGGER sees none.
const TRIGGERS_SQL = (
  named: NamedSql,
) => `SELECT event_object_table AS tableName, event_manipulation AS event, action_statement AS statement
  FROM information_schema.triggers WHERE trigger_schema = DATABASE() AND action_timing = 'BEFORE'
  AND event_manipulation IN ('INSERT', 'UPDATE') ${named('event_object_table')} ORDER BY event_object_table, action_order`;

/** Reads the tables and views of the connection's schema from information_schema; with `names`, those of these names. */
export async function introspect(db: Queryable, names?: readonly string[]): Promise<Table[]> {
  const isMariaDb = /mariadb/i.test(String((await read(db, 'SELECT VERSION() AS version'))[0]?.version));
  const named: NamedSql = (column) => (names ? `AND ${column} IN (?)` : '');
  const statements = [
    TABLES_SQL(named),
    COLUMNS_SQL(named),
    INDEXES_SQL(named),
    FOREIGN_KEYS_SQL(named),
    CHECKS_SQL(named, isMariaDb),
    TRIGGERS_SQL(named),
  ];
  const [tables = [], ...parts] = await Promise.all(
    statements.map((sql) => read(db, sql, names ? [names] : [])),
  );
  return tables.flatMap((table) => {
    const [columns = [], indexes = [], foreignKeys = [], checks = [], triggers = []] = parts.map((rows) =>
      rows.filter((row) => row.tableName === table.name),
    );
    // Dropped since the tables were listed; a view whose tables are gone has none either, and stays.
    if (columns.length === 0 && table.type !== 'VIEW') return [];
    return [decodeTable(table, { columns, indexes, foreignKeys, checks, triggers }, isMariaDb)];
  });
}

async function read(db: Queryable, sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
  const [rows] = await db.query<RowDataPacket[]>(sql, [...parameters]);
  return rows as Row[];
}

type Part = 'columns' | 'indexes' | 'foreignKeys' | 'checks' | 'triggers';

function decodeTable(row: Row, rows: Readonly<Record<Part, Row[]>>, isMariaDb: boolean): Table {
  const { columns: columnRows, indexes: indexRows } = rows;
  const checks = rows.checks.map(
    ({ name, clause }): Check => ({ name: String(name), clause: String(clause) }),
  );
  const triggers = rows.triggers.map(decodeTrigger);
  const columns = columnRows.map((column) => decodeColumn(column, checks, triggers, isMariaDb));
  const uniqueKeys = decodeUniqueKeys(indexRows);
  const isView = row.type === 'VIEW';
  return Object.freeze({
    name: String(row.name),
    kind: isView ? 'view' : 'table',
    rowEnd: row.type === 'SYSTEM VERSIONED' ? findRowEnd(columnRows) : null,
    columns,
    key: findKey(uniqueKeys, columns, findPeriodColumns(columnRows)),
    uniqueKeys: uniqueKeys.filter((key) => key.name !== 'PRIMARY'),
    foreignKeys: decodeForeignKeys(rows.foreignKeys),
    checks: checks.filter((check) => !isJsonCheck(check)),
    triggers,
    indexes: decodeIndexes(indexRows),
    indexedColumns: [...groupBy(indexRows, 'name').values()].map((parts) => String(parts[0]?.columnName)),
    comment: isView ? '' : String(row.comment ?? ''),
  } satisfies Table);
}

function decodeTrigger({ event, statement }: Row): Trigger {
  return { event: event === 'INSERT' ? 'insert' : 'update', statement: String(statement) };
}

/** The column has this name where the table was declared without naming it, and is not listed then. */
function findRowEnd(columnRows: Row[]): string {
  return String(columnRows.find(({ generation }) => generation === 'ROW END')?.name ?? 'row_end');
}

function decodeColumn(row: Row, checks: Check[], triggers: Trigger[], isMariaDb: boolean): Column {
  const name = String(row.name);
  const sqlType = String(row.columnType);
  const dataType = String(row.dataType);
  const extra = String(row.extra ?? '');
  const defaultText = row.defaultText === null ? null : String(row.defaultText);
  const isJson = dataType === 'json' || checks.some((check) => isJsonCheck(check) && check.name === name);
  const kind = isJson ? 'json' : decodeColumnKind(dataType, sqlType);
  const autoIncrement = extra.includes('auto_increment');
  const nullable = row.nullable === 'YES';
  return Object.freeze({
    name,
    kind,
    sqlType,
    nullable,
    hasDefault:
      nullable ||
      autoIncrement ||
      (defaultText !== null && !(isMariaDb && defaultText === 'NULL')) ||
      isTriggered(triggers, 'insert', name),
    defaultValue: decodeDefault(defaultText, extra, isMariaDb),
    autoIncrement,
    generated: Boolean(row.generation),
    expression: row.generation && !isPeriodColumn(row) ? String(row.generation) : null,
    wide: dataType === 'bigint' || dataType === 'bit',
    unsigned: sqlType.includes('unsigned'),
    maxLength: toNumber(row.maxLength),
    precision: toNumber(row.numericPrecision),
    scale: toNumber(kind === 'datetime' || kind === 'time' ? row.timePrecision : row.numericScale),
    values: kind === 'enum' || kind === 'set' ? decodeMembers(sqlType) : [],
    collation: row.collation === null ? null : String(row.collation),
    comment: String(row.comment ?? ''),
  } satisfies Column);
}

// MariaDB's JSON is a LONGTEXT with a column-level check of its own.
function isJsonCheck(check: Check): boolean {
  return check.clause === `json_valid(\`${check.name}\`)`;
}

function decodeUniqueKeys(rows: Row[]): UniqueKey[] {
  return [...groupBy(rows, 'name')]
    .filter(([, parts]) =>
      parts.every((part) => !part.nonUnique && part.columnName !== null && part.prefixLength === null),
    )
    .map(([name, parts]) => ({ name, columns: parts.map((part) => String(part.columnName)) }));
}

/** Those by which rows can be read in the order of whole columns. */
function decodeIndexes(rows: Row[]): Index[] {
  const isInOrder = (part: Row) =>
    part.indexType === 'BTREE' &&
    part.sortOrder === 'A' &&
    part.columnName !== null &&
    part.prefixLength === null;
  return [...groupBy(rows, 'name')]
    .filter(([, parts]) => parts.every(isInOrder))
    .map(([name, parts]) => ({ name, columns: parts.map(({ columnName }) => String(columnName)) }));
}

/**
 * The primary key, else a unique key without NULLs. The end of a system-versioned row is part of both, and the same for
 * every row that is in force.
 */
function findKey(
  uniqueKeys: UniqueKey[],
  columns: Column[],
  periodColumns: ReadonlySet<string>,
): readonly string[] {
  const isNullable = (name: string) => columns.find((column) => column.name === name)?.nullable ?? true;
  const candidates = uniqueKeys.filter((key) => !key.columns.some(isNullable));
  const key = candidates.find(({ name }) => name === 'PRIMARY') ?? candidates[0];
  return key?.columns.filter((name) => !periodColumns.has(name)) ?? [];
}

/** MariaDB: the columns that tell from when to when a version of a row was in force. */
function findPeriodColumns(columnRows: Row[]): ReadonlySet<string> {
  return new Set(columnRows.filter(isPeriodColumn).map(({ name }) => String(name)));
}

function isPeriodColumn({ generation }: Row): boolean {
  return /^ROW (?:START|END)$/i.test(String(generation));
}

function decodeForeignKeys(rows: Row[]): ForeignKey[] {
  return [...groupBy(rows, 'name')].map(([name, parts]) => ({
    name,
    columns: parts.map((part) => String(part.columnName)),
    referencedTable: String(parts[0]?.referencedTable),
    referencedColumns: parts.map((part) => String(part.referencedColumn)),
    onDelete: decodeRule(parts[0]?.onDelete),
    onUpdate: decodeRule(parts[0]?.onUpdate),
  }));
}

function decodeRule(rule: string | number | null | undefined): ReferenceRule {
  if (rule === 'CASCADE') return 'cascade';
  return rule === 'SET NULL' || rule === 'SET DEFAULT' ? 'set_null' : 'refuse';
}

function groupBy(rows: Row[], field: string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(String(row[field]));
    if (group) group.push(row);
    else groups.set(String(row[field]), [row]);
  }
  return groups;
}

function toNumber(value: string | number | null | undefined): number | null {
  return value === null || value === undefined ? null : Number(value);
}
