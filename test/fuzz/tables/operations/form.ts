import { type FormValues, toFormValue } from '../../../../src/ui/form/form-values.ts';
import type { PanelRecord } from '../../../support/panel.ts';
import { Defect } from '../defect.ts';
import type { MadeColumn, MadeTable } from '../table-sql.ts';
import type { Visitor } from '../visitor.ts';
import { recordPath } from './table-path.ts';

/** A row as its form is given it. */
export async function openRecord(visitor: Visitor, { name }: MadeTable, id: string): Promise<PanelRecord> {
  const { record } = await visitor.get(recordPath(name, id, 'edit'));
  if (record?.id !== id) throw new Defect('record', `the row ${id} of ${name} cannot be opened`);
  return record;
}

/** What a row's form holds of the columns that can be written. */
export function formValuesOf({ columns }: MadeTable, { params }: PanelRecord): FormValues {
  return Object.fromEntries(columns.filter(isWritable).map(({ name }) => [name, toFormValue(params[name])]));
}

/** Whether a form's text carries all that a column may hold. */
export const isWritable = ({ family, isComputed, isLong }: MadeColumn): boolean =>
  !isComputed && family !== 'geometry' && !(family === 'bytes' && isLong);
