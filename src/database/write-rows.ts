import type { Parameter } from './column-value.ts';
import { quoteIdentifier } from './identifier.ts';
import type { Queryable, ResultSetHeader, RowDataPacket } from './pool.ts';
import {
  findRowsById,
  findRowsByKey,
  keyCondition,
  type Row,
  recordIdOf,
  selectColumns,
} from './read-rows.ts';
import { decodeRecordId } from './record-id.ts';
import type { Column, Table } from './table.ts';

/** A write met another number of rows than the one it was for; its transaction must not commit. */
export class RowCountError extends Error {
  override readonly name = 'RowCountError';
}

/**
 * Inserts one row and returns its record id, whatever made its key: AUTO_INCREMENT, the values given, or a default
 * such as UUID(), which the server is asked for first, as the row could not be found again afterwards.
 */
export async function insertRow(
  db: Queryable,
  table: Table,
  values: ReadonlyMap<string, Parameter>,
): Promise<string> {
  const row = new Map([...(await findKeyDefaults(db, table, values)), ...values]);
  const names = [...row.keys()].map(quoteIdentifier);
  const [result] = await db.query<ResultSetHeader>(
    `INSERT INTO ${quoteIdentifier(table.name)} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
    [...row.values()],
  );
  if (table.key.length === 0) return '';
  const key = table.key.map((name) => row.get(name) ?? BigInt(result.insertId));
  // Read back, as the server may have given the key another form (padding, letters' case, rounding).
  const [inserted] = await findRowsByKey(db, table, selectColumns(table, []), [key]);
  if (!inserted) throw new RowCountError(`the row inserted into ${table.name} was not found by its key`);
  return recordIdOf(table, inserted);
}

async function findKeyDefaults(
  db: Queryable,
  table: Table,
  values: ReadonlyMap<string, Parameter>,
): Promise<Map<string, Parameter>> {
  const defaults = new Map<string, Parameter>();
  for (const column of table.columns) {
    const isLeftOut =
      table.key.includes(column.name) &&
      column.hasDefault &&
      !column.autoIncrement &&
      !values.has(column.name);
    if (isLeftOut)
      defaults.set(column.name, column.defaultValue ?? (await evaluateDefault(db, table, column)));
  }
  return defaults;
}

async function evaluateDefault(db: Queryable, table: Table, column: Column): Promise<Parameter> {
  const [definitions] = await db.query<RowDataPacket[]>(
    `SELECT column_default AS expression FROM information_schema.columns
     WHERE table_schema = DATABASE() AND table_name = ? AND column_name = ?`,
    [table.name, column.name],
  );
  // The expression is the server's own text of the table's definition, nobody's input.
  const [rows] = await db.query<RowDataPacket[]>(`SELECT ${definitions[0]?.expression} AS value`);
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

/** Sets columns of exactly the row with this id; throws {@link RowCountError} where that is not one row. */
export async function updateRow(
  db: Queryable,
  table: Table,
  id: string,
  values: ReadonlyMap<string, Parameter>,
): Promise<void> {
  const assignments = [...values.keys()].map((name) => `${quoteIdentifier(name)} = ?`).join(', ');
  await writeOne(db, table, id, `UPDATE ${quoteIdentifier(table.name)} SET ${assignments}`, [
    ...values.values(),
  ]);
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
  const [result] = await db.query<ResultSetHeader>(`${statement} WHERE ${keyCondition(table)}`, [
    ...values,
    ...key,
  ]);
  if (result.affectedRows !== 1)
    throw new RowCountError(`${result.affectedRows} rows of ${table.name} have the id '${id}'`);
}
