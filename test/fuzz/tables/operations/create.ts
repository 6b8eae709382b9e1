import { quoteIdentifier } from '../../../../src/database/identifier.ts';
import { createNewForm } from '../../../../src/ui/form/form-values.ts';
import type { PanelRecord } from '../../../support/panel.ts';
import { Defect, expectSame } from '../defect.ts';
import { type ExactRow, isTypable, readExact } from '../rows.ts';
import type { Scene } from '../stage.ts';
import { type MadeTable, ROW_NUMBER } from '../table-sql.ts';
import { formValuesOf, isWritable, openRecord } from './form.ts';
import type { Operation } from './operation.ts';
import { foretell } from './plain-sql.ts';
import { readWhole } from './read-list.ts';
import { recordPath, tablePath } from './table-path.ts';

const MOST_ROWS = 3;
/** Above those of all rows that are made by SQL. */
const FIRST_NEW_NUMBER = 1_000;

/** Deletes rows, each alone, and creates them again from what was shown of them: the same bytes come back. */
export const recreate: Operation = async (scene, table) => {
  if (!table.hasKey) return;
  const { records } = await readWhole(scene.visitor, table.name);
  for (const { id } of records.slice(-MOST_ROWS)) {
    const record = await openRecord(scene.visitor, table, id);
    const before = await readExact(scene.pool, table);
    if (!(await deleteOne(scene, table, record, before))) continue;
    await createLike(scene, table, record, before);
  }
};

async function deleteOne(
  { visitor, pool }: Scene,
  table: MadeTable,
  { id, params }: PanelRecord,
  before: ExactRow[],
) {
  const number = Number(params[ROW_NUMBER]);
  const sql = `DELETE FROM ${quoteIdentifier(table.name)} WHERE ${ROW_NUMBER} = ${number}`;
  const expected = await foretell(pool, table, [sql]);
  const { notice } = await visitor.post(recordPath(table.name, id, 'delete'), new FormData());
  const about = `${id} of ${table.name} deleted (${notice?.message})`;
  expectSame('delete', about, await readExact(pool, table), expected ?? before);
  return expected !== null;
}

async function createLike(
  { visitor, pool }: Scene,
  table: MadeTable,
  record: PanelRecord,
  before: ExactRow[],
) {
  const number = Number(record.params[ROW_NUMBER]);
  const needed = table.columns.find(
    (column) => !column.isNullable && !column.isMade && !column.isComputed && !isWritable(column),
  );
  const old = before.find((row) => Number(row[ROW_NUMBER]) === number);
  if (needed || !table.columns.every((column) => isTypable(column, old?.[column.name]))) return;
  const made = new Set(table.columns.filter(({ isMade }) => isMade).map(({ name }) => name));
  const shown = Object.entries(formValuesOf(table, record)).filter(([name]) => !made.has(name));
  const values = { ...Object.fromEntries(shown), [ROW_NUMBER]: String(FIRST_NEW_NUMBER + number) };
  // Where a default was prefilled, it is taken out.
  const prefilled = Object.fromEntries(shown.map(([name]) => [name, 'prefilled']));
  const answer = await visitor.post(tablePath(table.name, 'actions/new'), createNewForm(values, prefilled));
  const about = `${record.id} of ${table.name} created again`;
  if (answer.notice?.type !== 'success') {
    if (holdsNoDay(table, old)) return;
    const errors = JSON.stringify(answer.record?.errors ?? {});
    throw new Defect('create', `${about} is refused: ${answer.notice?.message} ${errors}`);
  }
  const kept = table.columns.filter(
    (column) => isWritable(column) && !column.isMade && column.name !== ROW_NUMBER,
  );
  const pick = (row: ExactRow | undefined) => kept.map(({ name }) => `${name}: ${row?.[name]}`);
  const rows = await readExact(pool, table);
  const created = rows.find((row) => Number(row[ROW_NUMBER]) === FIRST_NEW_NUMBER + number);
  expectSame('create', about, pick(created), pick(old));
  const opened = await openRecord(visitor, table, answer.record?.id ?? '');
  expectSame('record', `${about}, opened`, Number(opened.params[ROW_NUMBER]), FIRST_NEW_NUMBER + number);
}

/** Whether it has a day that is none, which strict servers do not take. */
function holdsNoDay({ columns }: MadeTable, row: ExactRow | undefined): boolean {
  return columns.some(
    ({ name, family }) => /^date/.test(family) && /-00/.test(row?.[name]?.slice(4, 10) ?? ''),
  );
}

/** Deletes two rows at once. */
export const deleteMany: Operation = async ({ visitor, pool }, table) => {
  if (!table.hasKey) return;
  const records = (await readWhole(visitor, table.name)).records.slice(0, 2);
  if (records.length < 2) return;
  const before = await readExact(pool, table);
  const deletions = records.map(
    ({ params }) =>
      `DELETE FROM ${quoteIdentifier(table.name)} WHERE ${ROW_NUMBER} = ${Number(params[ROW_NUMBER])}`,
  );
  // One may point at the other.
  const expected =
    (await foretell(pool, table, deletions)) ?? (await foretell(pool, table, deletions.toReversed()));
  const ids = records.map(({ id }) => id).join(',');
  const { notice } = await visitor.post(
    tablePath(table.name, `bulk/bulkDelete?recordIds=${ids}`),
    new FormData(),
  );
  const about = `${ids} of ${table.name} deleted at once (${notice?.message})`;
  expectSame('delete', about, await readExact(pool, table), expected ?? before);
};
