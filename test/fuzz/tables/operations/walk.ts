import { quoteIdentifier } from '../../../../src/database/identifier.ts';
import type { RowDataPacket } from '../../../../src/database/pool.ts';
import { toLastPage, toNextPage, toPreviousPage } from '../../../../src/ui/list/page-places.ts';
import { Defect, expectSame } from '../defect.ts';
import type { Scene } from '../stage.ts';
import { type MadeColumn, type MadeTable, ROW_NUMBER } from '../table-sql.ts';
import type { Operation } from './operation.ts';
import { type Asked, type ListAnswer, numbersOf, readList, readWhole, rising } from './read-list.ts';

const ROWS_A_PAGE = 5;
const MOST_PAGES = 20;

/** Walks by Next from the start and by Previous from the end, sorted by each column in both directions. */
export const walkTable: Operation = async (scene, table) => {
  const all = rising(numbersOf((await readWhole(scene.visitor, table.name)).records));
  expectSame('walk', `the whole of ${table.name}`, all, await countedNumbers(scene, table));
  for (const column of table.columns.filter(isSortable)) {
    for (const direction of ['asc', 'desc'] as const) {
      const asked = { sortBy: column.name, direction, perPage: String(ROWS_A_PAGE) };
      const about = `${table.name} by ${column.name} ${direction}`;
      const next = await walk(scene, table, asked, 'next', about);
      expectSame('walk', `${about}, by Next`, rising(next), all);
      if (table.hasKey)
        await checkOrder(scene, table, column, direction === 'asc' ? next : next.toReversed(), about);
      if (!table.hasKey || next.length <= ROWS_A_PAGE) continue;
      expectSame('walk', `${about}, by Previous`, await walk(scene, table, asked, 'previous', about), next);
      const { records } = await readList(scene.visitor, table.name, { ...asked, page: '2' });
      expectSame('jump', `${about}, page 2`, numbersOf(records), next.slice(ROWS_A_PAGE, 2 * ROWS_A_PAGE));
    }
  }
};

async function countedNumbers({ pool }: Scene, table: MadeTable): Promise<number[]> {
  const [rows] = await pool.query<RowDataPacket[]>(
    `SELECT ${ROW_NUMBER} AS n FROM ${quoteIdentifier(table.name)}`,
  );
  return rising(rows.map(({ n }) => Number(n)));
}

const isSortable = ({ isLong }: MadeColumn) => !isLong;

async function walk(
  { visitor }: Scene,
  { name }: MadeTable,
  asked: Asked,
  way: 'next' | 'previous',
  about: string,
): Promise<number[]> {
  const numbers: number[] = [];
  let page: ListAnswer = await readList(visitor, name, asked);
  if (way === 'previous') page = await readList(visitor, name, { ...asked, ...toLastPage(page.meta) });
  for (let count = 1; ; count++) {
    if (way === 'next') numbers.push(...numbersOf(page.records));
    else numbers.unshift(...numbersOf(page.records));
    if (way === 'next' ? !page.meta.hasNext : !page.meta.hasPrevious) return numbers;
    if (count > MOST_PAGES) throw new Defect('walk', `${about}: no end by ${way} after ${MOST_PAGES} pages`);
    const place = way === 'next' ? toNextPage(page.meta) : toPreviousPage(page.meta);
    page = await readList(visitor, name, { ...asked, ...place });
  }
}

async function checkOrder(
  { pool }: Scene,
  { name: table }: MadeTable,
  column: MadeColumn,
  numbers: readonly number[],
  about: string,
): Promise<void> {
  const name = `t.${quoteIdentifier(column.name)}`;
  const [rows] = await pool.query<RowDataPacket[]>(
    `SELECT t.${ROW_NUMBER} AS n, DENSE_RANK() OVER (ORDER BY ${name}) AS peers
     FROM ${quoteIdentifier(table)} t ORDER BY ${name}`,
  );
  // The number alone tells peers: MariaDB ranks days that are none otherwise than it sorts them.
  const peers = [...new Set(rows.map((row) => Number(row.peers)))];
  const places = new Map(rows.map((row) => [Number(row.n), peers.indexOf(Number(row.peers))]));
  const found = numbers.map((n) => places.get(n) ?? 0);
  expectSame('order', about, found, rising(found));
}
