import { quoteIdentifier } from '../../../../src/database/identifier.ts';
import { EMPTY, FILLED } from '../../../../src/ui/list/list-params.ts';
import type { PanelRecord } from '../../../support/panel.ts';
import { Defect } from '../defect.ts';
import { findNumbers } from '../rows.ts';
import type { Scene } from '../stage.ts';
import { type MadeColumn, type MadeTable, ROW_NUMBER } from '../table-sql.ts';
import type { Operation } from './operation.ts';
import { numbersOf, readList, readWhole, rising, shownOf } from './read-list.ts';

const MOST_VALUES = 5;
/** What an address takes. */
const LONGEST = 500;

/** Filters by what is shown of each column: at least the rows that hold the same are found, at most those that are equal. */
export const filterByShown: Operation = async (scene, table) => {
  if (!table.isNumbered) return;
  const { records } = await readWhole(scene.visitor, table.name);
  for (const column of table.columns.filter(isFilterable)) {
    const shown = new Map<string, PanelRecord>();
    for (const record of records)
      if (isAskable(shownOf(record, column))) shown.set(String(shownOf(record, column)), record);
    for (const [value, record] of [...shown].slice(0, MOST_VALUES))
      for (const asked of column.family === 'choices' ? value.split(',') : [value])
        await checkFilter(scene, table, column, asked, Number(record.params[ROW_NUMBER]));
    await checkEmpty(scene, table, column);
  }
};

const isFilterable = ({ family, isLong }: MadeColumn) =>
  family !== 'geometry' && !(family === 'bytes' && isLong);

function isAskable(shown: unknown): boolean {
  const text = String(shown ?? '');
  return text.trim() !== '' && text.length <= LONGEST && text !== EMPTY && text !== FILLED;
}

async function checkFilter(
  scene: Scene,
  table: MadeTable,
  column: MadeColumn,
  asked: string,
  number: number,
) {
  const params = { [`filters.${column.name}`]: asked, perPage: '500' };
  const found = rising(numbersOf((await readList(scene.visitor, table.name, params)).records));
  const [least, most] = boundsSql(table, column, asked, number);
  const about = `${table.name} filtered by ${column.name} = ${JSON.stringify(asked)}`;
  checkBetween(
    about,
    found,
    await findNumbers(scene.pool, table, least),
    await findNumbers(scene.pool, table, most),
  );
}

/** The conditions of the rows that have to be found, and of those that may be. */
function boundsSql(table: MadeTable, { name, family, sql }: MadeColumn, asked: string, number: number) {
  const column = `t.${quoteIdentifier(name)}`;
  const held = `(SELECT o.${quoteIdentifier(name)} FROM ${quoteIdentifier(table.name)} o WHERE o.${ROW_NUMBER} = ${number} LIMIT 1)`;
  const isNumber = family === 'boolean' || sql === 'BIT(1)';
  if (family === 'choices') {
    const member = `FIND_IN_SET(CONVERT(X'${Buffer.from(asked).toString('hex')}' USING utf8mb4), ${column}) > 0`;
    return [member, member] as const;
  }
  if (family === 'json') return [`${column} = ${held}`, 'TRUE'] as const;
  if (isNumber) return [`${column} = ${held}`, `(${column} <> 0) = (${held} <> 0)`] as const;
  if (family === 'address')
    return [`${column} = ${held}`, `CAST(${column} AS CHAR) LIKE CONCAT('%', ${held}, '%')`] as const;
  if (family !== 'text') return [`${column} = ${held}`, `${column} = ${held}`] as const;
  return [
    `HEX(${column}) = HEX(${held})`,
    `${column} = ${held} OR LOCATE(${held}, ${column}) > 0 OR ${column} LIKE CONCAT('%', REPLACE(REPLACE(REPLACE(${held}, '|', '||'), '%', '|%'), '_', '|_'), '%') ESCAPE '|'`,
  ] as const;
}

/** Nothing at all has to be found by EMPTY, and whatever can be read by FILLED. */
async function checkEmpty({ visitor, pool }: Scene, table: MadeTable, column: MadeColumn) {
  const name = quoteIdentifier(column.name);
  // `IS NULL` holds of a day 0000-00-00, too.
  const isNull = /^date/.test(column.family) ? `ISNULL(CAST(${name} AS CHAR))` : `ISNULL(${name})`;
  const blank = ['text', 'choice', 'choices', 'bytes'].includes(column.family)
    ? `CHAR_LENGTH(TRIM(${name})) = 0`
    : 'FALSE';
  for (const [asked, least, most] of [
    [EMPTY, isNull, `${isNull} OR ${blank}`],
    [FILLED, `NOT (${isNull}) AND NOT (${blank})`, `NOT (${isNull})`],
  ] as const) {
    const params = { [`filters.${column.name}`]: asked, perPage: '500' };
    const found = rising(numbersOf((await readList(visitor, table.name, params)).records));
    const about = `${table.name} filtered by ${column.name} ${asked}`;
    checkBetween(about, found, await findNumbers(pool, table, least), await findNumbers(pool, table, most));
  }
}

function checkBetween(
  about: string,
  found: readonly number[],
  least: readonly number[],
  most: readonly number[],
) {
  const lacking = least.filter((number) => !found.includes(number));
  const beyond = found.filter((number) => !most.includes(number));
  if (lacking.length + beyond.length > 0)
    throw new Defect(
      'filter',
      `${about}: lacks rows ${JSON.stringify(lacking)}, and has ${JSON.stringify(beyond)} too many`,
    );
}
