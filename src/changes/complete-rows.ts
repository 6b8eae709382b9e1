import { computeColumns, findComputeInputs } from '../database/compute-columns.ts';
import type { Queryable } from '../database/pool.ts';
import type { Table } from '../database/table.ts';
import type { PendingTransaction } from './pending-transaction.ts';

/** Of a transaction with more, the tables are told as dirty: the log would wait too long. */
const MAX_ROWS = 1_000;

/**
 * MariaDB from 11 on leaves the columns that it computes out of the rows that it logs as changed or deleted. Computes
 * them from the rest of the row, which is exact at that moment, as no query for the row itself would be. Returns whether it
 * could; otherwise {@link giveUpRows} is left.
 */
export async function completeRows(
  db: Queryable,
  pending: PendingTransaction,
  tables: readonly Table[],
): Promise<void> {
  for (const name of pending.computable) {
    const table = tables.find((candidate) => candidate.name === name);
    const changes = pending.changes.filter((change) => change.table === name);
    const rows = changes.flatMap((change) => change.rows.map((row) => ({ row, reader: change.reader })));
    const inputs = table && findComputeInputs(table);
    if (!inputs || rows.length > MAX_ROWS) {
      pending.giveUp(name, 'incomplete_row_image');
      continue;
    }
    const names = inputs.map((column) => column.name);
    const values = rows.map(({ row, reader }) => reader.readRaw(row, names));
    const computed = await computeColumns(db, table, inputs, values);
    for (const [index, { row }] of rows.entries()) row.computed = computed[index];
  }
}

/** Tells the tables as dirty whose rows lack columns. */
export function giveUpRows(pending: PendingTransaction): void {
  for (const name of pending.computable) pending.giveUp(name, 'incomplete_row_image');
}
