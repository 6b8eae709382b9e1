import { quoteIdentifier } from '../../../src/database/identifier.ts';
import type { Queryable, RowDataPacket } from '../../../src/database/pool.ts';
import { type MadeColumn, type MadeTable, ROW_NUMBER } from './table-sql.ts';

/** A row's values to the last bit, by column. */
export type ExactRow = Readonly<Record<string, string | null>>;

/** What a column holds, to the last bit, as text. */
export function exactSql({ name, family }: Pick<MadeColumn, 'name' | 'family'>): string {
  const column = quoteIdentifier(name);
  switch (family) {
    case 'text':
    case 'bytes':
      return `HEX(${column})`;
    case 'choice':
    case 'choices':
      return `CONCAT(${column} + 0, ' ', HEX(${column}))`;
    case 'bit':
      return `CAST(${column} + 0 AS CHAR)`;
    case 'float':
      // MySQL cuts off what is cast to text as it is.
      return `CAST(JSON_EXTRACT(JSON_ARRAY(${column} + 0e0), '$[0]') AS CHAR)`;
    case 'geometry':
      return `HEX(ST_AsBinary(${column}))`;
    default:
      return `CAST(${column} AS CHAR)`;
  }
}

/** Every row of a table, in the order of their numbers. */
export async function readExact(db: Queryable, { name, columns }: MadeTable): Promise<ExactRow[]> {
  const selected = columns.map((column) => `${exactSql(column)} AS ${quoteIdentifier(column.name)}`);
  // Null prototypes, as a column may be called __proto__.
  const [rows] = await db.query<RowDataPacket[]>({
    sql: `SELECT ${selected.join(', ')} FROM ${quoteIdentifier(name)} ORDER BY ${ROW_NUMBER}`,
    rowsAsArray: true,
  } as unknown as string);
  return (rows as unknown as (string | null)[][]).map((values) => {
    const row: Record<string, string | null> = Object.create(null);
    for (const [index, column] of columns.entries()) row[column.name] = values[index] ?? null;
    return row;
  });
}

/** The numbers of the rows that a condition holds of. */
export async function findNumbers(db: Queryable, table: MadeTable, where: string): Promise<number[]> {
  const [rows] = await db.query<RowDataPacket[]>(
    `SELECT ${ROW_NUMBER} AS n FROM ${quoteIdentifier(table.name)} t WHERE ${where}`,
  );
  return rows.map(({ n }) => Number(n)).sort((left, right) => left - right);
}

/** Whether a form can write a value: not a choice that is none, nor the line ends that browsers make their own of. */
export function isTypable({ family }: MadeColumn, value: string | null | undefined): boolean {
  if (family === 'choice') return value !== '0 ';
  return !['text', 'bytes'].includes(family) || !/^(?:..)*0D/.test(value ?? '');
}
