import type { Column } from '../database/table.ts';

/** Whether a filter on the column makes sense. */
export function isFilterable(column: Column): boolean {
  return !['blob', 'json', 'geometry'].includes(column.kind);
}

/** Whether a value fits on one line of a list. */
export function isShort(column: Column): boolean {
  if (['blob', 'json', 'geometry', 'text', 'bit'].includes(column.kind)) return false;
  return column.kind === 'string' ? (column.maxLength ?? 0) <= 255 : true;
}

/** Whether the column holds text a person reads as one line. */
export function isShortText(column: Column): boolean {
  return column.kind === 'string' && isShort(column);
}
