import type { ReadContext } from '../resources/panel-context.ts';

/** Whether all of these columns may be read, each told with its table: `'shipments.carrier'`. */
export function seesAll(sees: ReadContext['sees'], columns: readonly string[]): boolean {
  return columns.every((path) => {
    const [table = '', column = ''] = path.split('.');
    return sees(table, column);
  });
}
