import { joinSql } from './filter.ts';
import { aliasOf, quoteIdentifier } from './identifier.ts';
import type { Queryable, RowDataPacket } from './pool.ts';
import { fromSql, type RowConditions, selectSql } from './read-rows.ts';
import { exactSql, orderSql, type Position, type RowOrder, type Stretch } from './row-order.ts';
import type { SqlPart } from './sql-part.ts';
import type { Column, Table } from './table.ts';

/** What is read of a table, stretch by stretch. */
export interface StretchRead {
  readonly db: Queryable;
  readonly table: Table;
  readonly columns: readonly Column[];
  readonly conditions: RowConditions;
  /** The whole order in the direction of reading, of which each row's place is read. */
  readonly order: RowOrder;
}

/** The rows of a stretch, each with the values of its place, see {@link valuesOf}. */
export async function findStretch(
  { db, table, columns, conditions, order }: StretchRead,
  stretch: Stretch,
  offset: number,
  limit: number,
): Promise<RowDataPacket[]> {
  const matching = matchingSql(table, conditions, stretch);
  const exact = order.terms.map((term, index) => `${exactSql(term)} AS ${quoteIdentifier(placeName(index))}`);
  const hint = hintSql(table, conditions, order);
  const selected = [...columns.map(selectSql), ...exact].join(', ');
  const ordered = `FROM ${matching.sql} ${orderSql(table, stretch.order)} LIMIT ? OFFSET ?`;
  // The rows passed over are read from the index alone; only the page itself is fetched whole.
  const keys = table.key.map(quoteIdentifier).join(', ');
  const sql =
    offset === 0 || table.key.length === 0
      ? `SELECT ${hint}${selected} ${ordered}`
      : `SELECT ${selected} FROM ${quoteIdentifier(table.name)} JOIN (SELECT ${hint}${keys} ${ordered}) ${PAGE} USING (${keys}) ${orderSql(table, order)}`;
  const [rows] = await db.query<RowDataPacket[]>(sql, [...matching.parameters, limit, offset]);
  return rows;
}

/** How many rows a stretch has. */
export async function countStretch(
  { db, table, conditions }: StretchRead,
  stretch: Stretch,
): Promise<number> {
  const { sql, parameters } = matchingSql(table, conditions, stretch);
  const [rows] = await db.query<RowDataPacket[]>(`SELECT COUNT(*) AS matches FROM ${sql}`, [...parameters]);
  return Number(rows[0]?.matches);
}

function matchingSql(table: Table, conditions: RowConditions, { where }: Stretch): SqlPart {
  return joinSql([fromSql(table, conditions), ...(where ? [where] : [])], ' AND ', '');
}

/**
 * Names the index that is in the list's order to MySQL, which else reads another one in the hope of a page's rows. Where
 * there are conditions it knows better; an index that has gone meanwhile is passed over.
 */
function hintSql(table: Table, { filters, search }: RowConditions, { index }: RowOrder): string {
  if (index === null || filters.length > 0 || search) return '';
  const hint = `INDEX(${quoteIdentifier(table.name)} ${quoteIdentifier(index)})`;
  // MariaDB reads no hint, and would end the comment at a name's own '*/'.
  return hint.includes('*/') ? '' : `/*+ ${hint} */ `;
}

/** The values of a row's place. */
export function valuesOf({ terms }: RowOrder, row: RowDataPacket): Position['values'] {
  return terms.map((_term, index) => row[placeName(index)] as string | null);
}

const PAGE = aliasOf('page');

/** What a term's exact value is selected as. */
function placeName(index: number): string {
  return aliasOf(`place ${index}`);
}
