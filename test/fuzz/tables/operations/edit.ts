import { quoteIdentifier } from '../../../../src/database/identifier.ts';
import { createEditForm } from '../../../../src/ui/form/form-values.ts';
import type { PanelRecord } from '../../../support/panel.ts';
import { Defect, expectSame } from '../defect.ts';
import { isTypable, readExact } from '../rows.ts';
import type { Scene } from '../stage.ts';
import { type MadeColumn, type MadeTable, ROW_NUMBER } from '../table-sql.ts';
import type { Body } from '../visitor.ts';
import { formValuesOf, isWritable, openRecord } from './form.ts';
import type { Operation } from './operation.ts';
import { foretell } from './plain-sql.ts';
import { readWhole } from './read-list.ts';
import { recordPath } from './table-path.ts';

const MOST_ROWS = 4;

/** Opens rows and posts everything back as it is shown: no byte changes. */
export const editNothing: Operation = async ({ visitor, pool }, table) => {
  if (!table.hasKey) return;
  const { records } = await readWhole(visitor, table.name);
  for (const { id } of records.slice(0, MOST_ROWS)) {
    const before = await readExact(pool, table);
    const record = await openRecord(visitor, table, id);
    const values = formValuesOf(table, record);
    const form = createEditForm(values, record.params, Object.keys(values));
    const about = `all of ${id} in ${table.name} posted as it is shown`;
    const answer = await visitor.post(recordPath(table.name, id, 'edit'), form);
    if (!isSaved(answer)) throw new Defect('edit', `${about} is refused: ${describeRefusal(answer)}`);
    expectSame('edit', about, await readExact(pool, table), before);
  }
};

/** Gives a row, one field at a time, what another one shows: the table is what plain SQL would have made of it. */
export const editFields: Operation = async (scene, table) => {
  if (!table.hasKey) return;
  const { records } = await readWhole(scene.visitor, table.name);
  const [first, ...others] = records;
  if (!first || others.length === 0) return;
  let { id } = first;
  for (const [index, column] of table.columns.filter(isWritable).entries()) {
    if (column.name === ROW_NUMBER) continue;
    const other = others[index % others.length] as PanelRecord;
    id = await copyField(scene, table, column, id, other.id);
  }
};

/** The row's id afterwards. */
async function copyField(
  { visitor, pool }: Scene,
  table: MadeTable,
  column: MadeColumn,
  id: string,
  otherId: string,
): Promise<string> {
  const [to, from] = [await openRecord(visitor, table, id), await openRecord(visitor, table, otherId)];
  const about = `${column.name} of ${otherId} copied into ${id} in ${table.name}`;
  const before = await readExact(pool, table);
  const source = before.find((row) => Number(row[ROW_NUMBER]) === Number(from.params[ROW_NUMBER]));
  if (!isTypable(column, source?.[column.name])) return id;
  const expected = await foretell(pool, table, copySql(table, column, to, from));
  const values = formValuesOf(table, from);
  const form = createEditForm(values, to.params, [column.name]);
  const answer = await visitor.post(recordPath(table.name, id, 'edit'), form);
  if (expected && !isSaved(answer))
    throw new Defect('edit', `${about} is refused: ${describeRefusal(answer)}`);
  expectSame('edit', about, await readExact(pool, table), expected ?? before);
  if (!expected) return id;
  const changedId = answer.record?.id ?? '';
  const changed = await openRecord(visitor, table, changedId);
  expectSame('record', `${about}, opened as ${changedId}`, changed.params[ROW_NUMBER], to.params[ROW_NUMBER]);
  return changedId;
}

function copySql({ name }: MadeTable, column: MadeColumn, to: PanelRecord, from: PanelRecord): string[] {
  const [table, field] = [name, column.name].map(quoteIdentifier);
  const [toNumber, fromNumber] = [to, from].map(({ params }) => Number(params[ROW_NUMBER]));
  return [
    `UPDATE ${table} t JOIN (SELECT ${field} AS copied FROM ${table} WHERE ${ROW_NUMBER} = ${fromNumber}) f
     SET t.${field} = f.copied WHERE t.${ROW_NUMBER} = ${toNumber}`,
  ];
}

const isSaved = ({ notice }: Body) => notice?.type === 'success';

const describeRefusal = ({ notice, record, message }: Body) =>
  `${notice?.message ?? message} ${JSON.stringify(record?.errors ?? {})}`;
