import type { Transaction } from '../changes/transaction.ts';

/** Of a table with more changed rows in one transaction, listeners read anew instead: a message stays small. */
const MAX_ROWS_A_TABLE = 2_000;

/** The transaction with those of its tables that changed in too many rows as dirty ones. */
export function boundTransaction(transaction: Transaction, maxRows = MAX_ROWS_A_TABLE): Transaction {
  if (transaction.changes.length <= maxRows) return transaction;
  const rows = new Map<string, number>();
  for (const { table } of transaction.changes) rows.set(table, (rows.get(table) ?? 0) + 1);
  const large = [...rows].flatMap(([table, count]) => (count > maxRows ? [table] : []));
  return {
    ...transaction,
    changes: transaction.changes.filter(({ table }) => !large.includes(table)),
    dirty: [...transaction.dirty, ...large.map((table) => ({ table, reason: 'too_large' as const }))],
  };
}
