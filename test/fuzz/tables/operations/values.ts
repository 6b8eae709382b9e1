import { quoteIdentifier } from '../../../../src/database/identifier.ts';
import type { RowDataPacket } from '../../../../src/database/pool.ts';
import type { PanelRecord } from '../../../support/panel.ts';
import { expectSame } from '../defect.ts';
import { type ExactRow, readExact } from '../rows.ts';
import type { Scene } from '../stage.ts';
import { type MadeColumn, type MadeTable, ROW_NUMBER } from '../table-sql.ts';
import type { Operation } from './operation.ts';
import { readWhole, shownOf } from './read-list.ts';
import { recordPath } from './table-path.ts';

const MOST_OPENED = 4;

/** Every value that a list and a row's page show is what the database holds, and different values are shown differently. */
export const showValues: Operation = async (scene, table) => {
  await scene.visitor.open(table.name);
  if (!table.hasKey) return;
  const expected = await readExpected(scene, table);
  const exact = await readExact(scene.pool, table);
  const { records } = await readWhole(scene.visitor, table.name);
  for (const record of records) checkRow(table, record, expected, 'the list');
  for (const { id } of records.slice(0, MOST_OPENED)) {
    const { record } = await scene.visitor.get(recordPath(table.name, id, 'show'));
    expectSame('record', `${id} of ${table.name}, opened`, record?.id, id);
    if (record) checkRow(table, record, expected, 'its page');
    const missing = table.columns.filter(({ name }) => !Object.hasOwn(record?.params ?? {}, name));
    expectSame('value', `columns that the page of ${id} in ${table.name} lacks`, missing, []);
  }
  for (const column of table.columns.filter(isShownWhole)) checkDifferent(table, column, records, exact);
};

const isShownWhole = ({ family, isLong }: MadeColumn) =>
  family !== 'geometry' && !(family === 'bytes' && isLong);

/** By row number, the text that stands for each value. */
async function readExpected(
  { pool }: Scene,
  { name, columns }: MadeTable,
): Promise<ReadonlyMap<number, ExactRow>> {
  const told = columns.filter((column) => expectedSql(column) !== null);
  const selected = told.map((column) => `${expectedSql(column)} AS ${quoteIdentifier(column.name)}`);
  const [rows] = await pool.query<RowDataPacket[]>({
    sql: `SELECT ${[...selected, ROW_NUMBER].join(', ')} FROM ${quoteIdentifier(name)}`,
    rowsAsArray: true,
  } as unknown as string);
  return new Map(
    (rows as unknown as (string | null)[][]).map((values) => {
      const row = Object.fromEntries(told.map((column, index) => [column.name, values[index] ?? null]));
      return [Number(values.at(-1)), row];
    }),
  );
}

/** The text that stands for a value, as far as that is plain; null elsewhere. */
function expectedSql({ name, family }: MadeColumn): string | null {
  const column = quoteIdentifier(name);
  switch (family) {
    case 'integer':
    case 'bit':
    case 'year':
      return `CAST(${column} + 0 AS CHAR)`;
    case 'decimal':
    case 'date':
    case 'time':
    case 'address':
      return `CAST(${column} AS CHAR)`;
    case 'text':
    case 'choice':
    case 'choices':
      return column;
    case 'datetime':
      return `CONCAT(REPLACE(CAST(${column} AS CHAR), ' ', 'T'), 'Z')`;
    default:
      return null;
  }
}

function checkRow(
  table: MadeTable,
  record: PanelRecord,
  expected: ReadonlyMap<number, ExactRow>,
  where: string,
): void {
  const row = expected.get(Number(record.params[ROW_NUMBER])) ?? {};
  for (const column of table.columns) {
    const text = Object.hasOwn(row, column.name) ? row[column.name] : undefined;
    const shown = shownOf(record, column);
    if (shown === undefined || text === undefined) continue;
    const about = `${column.name} of ${record.id} in ${table.name}, in ${where}`;
    expectSame('value', about, shown === null ? null : spell(column, String(shown)), text);
  }
}

/** What is shown of a time, with as many digits as the column has; a boolean's number. */
function spell({ family, sql }: MadeColumn, shown: string): string {
  if (family === 'bit' && sql === 'BIT(1)') return shown.replace('true', '1').replace('false', '0');
  if (family !== 'datetime') return shown;
  const digits = Number(/\((\d)\)/.exec(sql)?.[1] ?? 0);
  return shown.replace(
    /\.(\d+)Z$/,
    (_all, fraction: string) => `${digits > 0 ? `.${fraction.slice(0, digits)}` : ''}Z`,
  );
}

function checkDifferent(
  { name }: MadeTable,
  column: MadeColumn,
  records: readonly PanelRecord[],
  exact: readonly ExactRow[],
): void {
  const held = new Map(exact.map((row) => [Number(row[ROW_NUMBER]), row[column.name] ?? null]));
  const bySight = new Map<string, string | null>();
  for (const record of records) {
    const sight = JSON.stringify(shownOf(record, column));
    if (sight === undefined) continue;
    const value = held.get(Number(record.params[ROW_NUMBER])) ?? null;
    if (bySight.has(sight))
      expectSame('value', `${column.name} in ${name}, shown as ${sight}`, value, bySight.get(sight));
    bySight.set(sight, value);
  }
}
