import type { Table } from '../database/table.ts';
import { ICON_NAMES } from './icon.ts';
import type { ResourceProblemCode } from './problem-code.ts';
import { suggestName } from './suggest.ts';

/** Takes down one problem of the file that is being checked; `place` is where in it, such as `list.sort.column`. */
export type Report = (code: ResourceProblemCode, place: string, message: string, fix: string) => void;

/** Reports that a table has no such column, and which one may be meant. */
export function reportUnknownColumn(place: string, name: string, table: Table, report: Report): void {
  const names = table.columns.map((column) => column.name);
  const message = `there is no column '${name}' in table ${table.name}`;
  report('unknown_column', place, message, suggestName(name, names));
}

/** Reports that there is no such icon, and which one may be meant. */
export function reportUnknownIcon(place: string, icon: string, report: Report): void {
  const fix = `${suggestName(icon, ICON_NAMES)} feathericons.com shows them all; its 'shopping-cart' is 'ShoppingCart' here.`;
  report('unknown_icon', place, `there is no icon '${icon}'`, fix);
}
