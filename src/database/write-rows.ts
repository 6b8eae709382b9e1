import type { Parameter } from './column-value.ts';
import { keySql } from './filter.ts';
import { isKeyTriggered, watchForNew } from './find-written.ts';
import { quoteIdentifier } from './identifier.ts';
import type { Queryable, ResultSetHeader, RowDataPacket } from './pool.ts';
import {
  decodeRow,
  findRowsById,
  findRowsByKey,
  type Row,
  recordIdOf,
  selectColumns,
  selectSql,
} from './read-rows.ts';
import { decodeRecordId } from './record-id.ts';
import { findServerKind } from './server-kind.ts';
import { type Column, findColumn, type Table } from './table.ts';

/** A write met another number of rows than the one it was for; its transaction must not commit. */
export class RowCountError extends Error {
  override readonly name = 'RowCountError';
}

/**
 * Inserts one row and returns its record id, whatever made its key: AUTO_INCREMENT, the values given, a default such as
 * UUID(), or a trigger. '' where the table has no key, or the server does not tell which one it made.
 */
export async function insertRow(
  db: Queryable,
  table: Table,
  values: ReadonlyMap<string, Parameter>,
): Promise<string> {
  if (table.key.length === 0) {
    await db.query(insertSql(table, values), [...values.values()]);
    return '';
  }
  const { flavour } = await findServerKind(db);
  return flavour === 'mariadb' ? insertReturning(db, table, values) : insertAndFind(db, table, values);
}

function insertSql(table: Table, values: ReadonlyMap<string, Parameter>): string {
  const names = [...values.keys()].map(quoteIdentifier).join(', ');
  const places = [...values.keys()].map(() => '?').join(', ');
  return `INSERT INTO ${quoteIdentifier(table.name)} (${names}) VALUES (${places})`;
}

async function insertReturning(
  db: Queryable,
  table: Table,
  values: ReadonlyMap<string, Parameter>,
): Promise<string> {
  const columns = selectColumns(table, []);
  const sql = `${insertSql(table, values)} RETURNING ${columns.map(selectSql).join(', ')}`;
  const [[inserted]] = await db.query<RowDataPacket[]>(sql, [...values.values()]);
  return inserted ? recordIdOf(table, decodeRow(columns, inserted)) : '';
}

async function insertAndFind(
  db: Queryable,
  table: Table,
  values: ReadonlyMap<string, Parameter>,
): Promise<string> {
  const defaults = await findKeyDefaults(db, table, values);
  const row = new Map([...(defaults ?? []), ...values]);
  const isUncertain = defaults === null || isKeyTriggered(table, 'insert');
  const findNew = isUncertain ? await watchForNew(db, table, 'insert', row) : null;
  const [result] = await db.query<ResultSetHeader>(insertSql(table, row), [...row.values()]);
  if (findNew) return (await findNew()) ?? '';
  const key = table.key.map((name) => row.get(name) ?? BigInt(result.insertId));
  return (await findIdByKey(db, table, key)) ?? '';
}

/** The record id of a row as it is read back: the server may have given the key another form (padding, letters' case). */
async function findIdByKey(db: Queryable, table: Table, key: readonly Parameter[]): Promise<string | null> {
  const stored = key.map((value, index) => toStored(table, table.key[index] ?? '', value));
  const [found] = await findRowsByKey(db, table, selectColumns(table, []), [stored]);
  return found ? recordIdOf(table, found) : null;
}

/** CHAR drops the spaces at its end, which some collations would miss. */
function toStored(table: Table, name: string, value: Parameter): Parameter {
  const isPadded = /^char\b/.test(findColumn(table, name)?.sqlType ?? '');
  return isPadded && typeof value === 'string' ? value.replace(/ +$/, '') : value;
}

/** What the key columns that are left out become; null where only the row itself can tell. */
async function findKeyDefaults(
  db: Queryable,
  table: Table,
  values: ReadonlyMap<string, Parameter>,
): Promise<Map<string, Parameter> | null> {
  const defaults = new Map<string, Parameter>();
  const leftOut = table.columns.filter(
    ({ name, autoIncrement }) => table.key.includes(name) && !autoIncrement && !values.has(name),
  );
  for (const column of leftOut) {
    const value = column.defaultValue ?? (await evaluateDefault(db, table, column));
    if (value === null) return null;
    defaults.set(column.name, value);
  }
  return defaults;
}

/** What the server makes of a default that is an expression; null where it is none, or needs the row's other columns. */
async function evaluateDefault(db: Queryable, table: Table, column: Column): Promise<Parameter> {
  const [definitions] = await db.query<RowDataPacket[]>(
    `SELECT column_default AS expression FROM information_schema.columns
     WHERE table_schema = DATABASE() AND table_name = ? AND column_name = ?`,
    [table.name, column.name],
  );
  // The expression is the server's own text of the table's definition, nobody's input; MySQL escapes it as in a string.
  const expression = definitions[0]?.expression?.replaceAll("\\'", "'").replaceAll('\\\\', '\\');
  if (!expression || table.columns.some(({ name }) => expression.includes(quoteIdentifier(name))))
    return null;
  const [rows] = await db.query<RowDataPacket[]>(`SELECT ${expression} AS value`);
  return rows[0]?.value as Parameter;
}

/** Reads a whole row for a change and locks it; null where it is gone. */
export async function lockRow(db: Queryable, table: Table, id: string): Promise<Row | null> {
  const rows = await findRowsById(
    db,
    table,
    selectColumns(
      table,
      table.columns.map(({ name }) => name),
    ),
    [id],
    'FOR UPDATE',
  );
  return rows[0] ?? null;
}

/**
 * Sets columns of exactly the row with this id, and returns its id from then on: '' where a trigger has made another one
 * that the server does not tell. Throws {@link RowCountError} where that is not one row.
 */
export async function updateRow(
  db: Queryable,
  table: Table,
  id: string,
  values: ReadonlyMap<string, Parameter>,
): Promise<string> {
  const isTriggered = isKeyTriggered(table, 'update');
  const findNew = isTriggered ? await watchForNew(db, table, 'update', values) : null;
  const assignments = [...values.keys()].map((name) => `${quoteIdentifier(name)} = ?`).join(', ');
  await writeOne(db, table, id, `UPDATE ${quoteIdentifier(table.name)} SET ${assignments}`, [
    ...values.values(),
  ]);
  const isKeyWritten = table.key.some((name) => values.has(name));
  if (!isKeyWritten && !findNew) return id;
  const before = decodeRecordId(table, id) ?? [];
  const key = table.key.map((name, index) => values.get(name) ?? before[index] ?? null);
  // Where a trigger decides, what was written may be the key of another row.
  const isSure = !findNew || !isKeyWritten;
  return (isSure && (await findIdByKey(db, table, key))) || ((await findNew?.()) ?? '');
}

/** Deletes exactly the row with this id; throws {@link RowCountError} where that is not one row. */
export async function deleteRow(db: Queryable, table: Table, id: string): Promise<void> {
  await writeOne(db, table, id, `DELETE FROM ${quoteIdentifier(table.name)}`, []);
}

async function writeOne(
  db: Queryable,
  table: Table,
  id: string,
  statement: string,
  values: Parameter[],
): Promise<void> {
  const key = decodeRecordId(table, id);
  if (!key) throw new RowCountError(`'${id}' is no record id of ${table.name}`);
  const where = keySql(table, key);
  const [result] = await db.query<ResultSetHeader>(`${statement} WHERE ${where.sql}`, [
    ...values,
    ...where.parameters,
  ]);
  if (result.affectedRows !== 1)
    throw new RowCountError(`${result.affectedRows} rows of ${table.name} have the id '${id}'`);
}
