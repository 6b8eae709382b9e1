import type { PanelRecord } from '../../../support/panel.ts';
import { Defect, expectSame } from '../defect.ts';
import { type MadeTable, POINTER, ROW_NUMBER } from '../table-sql.ts';
import type { Visitor } from '../visitor.ts';
import type { Operation } from './operation.ts';
import { readList, readWhole } from './read-list.ts';
import { tablePath } from './table-path.ts';

const MOST_TITLES = 4;
const LONGEST = 500;
/** Of them nothing is expected but an answer. */
const ODD_SEARCHES = ['日本', '%', '\\', "'", '1e999', '0x', '-', '😀', 'a\0b', '2026-02-30'];

/** What the panel calls a row can be typed back, in the list's search and where a reference is chosen. */
export const searchTitles: Operation = async ({ visitor }, table) => {
  for (const q of ODD_SEARCHES) await readList(visitor, table.name, { q });
  if (!table.hasKey) return;
  const { records } = await readWhole(visitor, table.name);
  for (const record of records.filter(isAskable).slice(0, MOST_TITLES)) {
    const { id, title } = record;
    const found = await readList(visitor, table.name, { q: title, perPage: '500' });
    checkFound('the search', table, record, found.records);
    const path = `actions/search/${encodeURIComponent(title)}`;
    const { records: choices = [] } = await visitor.get(tablePath(table.name, path));
    checkFound('the choices', table, { id, title }, choices);
  }
};

const isAskable = ({ title }: PanelRecord) => title.trim() !== '' && title.length <= LONGEST;

function checkFound(
  where: string,
  { name }: MadeTable,
  { id, title }: Pick<PanelRecord, 'id' | 'title'>,
  found: readonly PanelRecord[],
): void {
  if (!found.some((record) => record.id === id))
    throw new Defect('search', `${where} in ${name} for ${JSON.stringify(title)} lacks ${id}`);
}

/** A reference leads to the row that it points at, and offers the value that it stores. */
export const followReferences: Operation = async ({ visitor }, table) => {
  const { target } = table;
  if (!target) return;
  const { records } = await readWhole(visitor, table.name);
  for (const { id, params, populated } of records) {
    if (params[POINTER] === null) continue;
    const reference = populated[POINTER];
    if (!reference?.id) throw new Defect('reference', `that of ${id} in ${table.name} leads nowhere`);
    const pointed = await findRecord(visitor, target.table, reference.id);
    const about = `that of ${id} in ${table.name}, which leads to ${reference.id}`;
    expectSame('reference', about, pointed.params[target.column], params[POINTER]);
    if (!isAskable(pointed)) continue;
    const choices = `actions/search/${encodeURIComponent(pointed.title)}?valueColumn=${encodeURIComponent(target.column)}`;
    const { records: offered = [] } = await visitor.get(tablePath(target.table, choices));
    const choice = offered.find((record) => record.id === reference.id);
    expectSame('reference', `${about}, as a choice`, choice?.params.__value, params[POINTER]);
  }
};

async function findRecord(visitor: Visitor, table: string, id: string): Promise<PanelRecord> {
  const { record } = await visitor.get(tablePath(table, `records/${id}/show`));
  if (!record || record.params[ROW_NUMBER] === undefined)
    throw new Defect('record', `${id} of ${table} cannot be opened`);
  return record;
}
