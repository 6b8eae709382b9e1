import type { Table } from '../database/table.ts';
import { suggestName } from './suggest.ts';

/** Takes down one problem of the file that is being checked; `place` is where in it, such as `list.sort.column`. */
export type Report = (code: string, place: string, message: string, fix: string) => void;

/** Reports that a table has no such column, and which one may be meant. */
export function reportUnknownColumn(place: string, name: string, table: Table, report: Report): void {
  const names = table.columns.map((column) => column.name);
  const message = `there is no column '${name}' in table ${table.name}`;
  report('unknown_column', place, message, suggestName(name, names));
}
