import type { Change, Transaction } from '../../src/changes/transaction.ts';
import type { Hearing } from './log-run.ts';

/** Defects of a feed, each of a kind that was once in the product or in its like. */
export const PLANTED: Readonly<Record<string, () => Hearing>> = {
  'the last of several changes is left out': () =>
    changed((changes) => (changes.length > 1 ? changes.slice(0, -1) : changes)),
  'an update tells the old values as the new': () =>
    changed((changes) =>
      changes.map((change) => (change.kind === 'update' ? { ...change, after: change.before } : change)),
    ),
  'NULL is told as an empty text': () => changed((changes) => changes.map(fillNulls)),
  'a row that is deleted is not told': () =>
    changed((changes) => changes.filter(({ kind }) => kind !== 'delete')),
  'a table that cannot be told is not named': () => (transaction) => ({ ...transaction, dirty: [] }),
  'what a trigger wrote is left out': () =>
    changed((changes) => changes.filter(({ table }) => table !== 'moves')),
  'every twentieth transaction is lost': () => {
    let count = 0;
    return (transaction) => (++count % 20 === 0 && !isMarker(transaction) ? null : transaction);
  },
};

const changed =
  (change: (changes: readonly Change[]) => readonly Change[]): Hearing =>
  (transaction) => ({ ...transaction, changes: change(transaction.changes) });

function fillNulls(change: Change): Change {
  if (!change.after) return change;
  const after = Object.entries(change.after).map(([name, value]) => [name, value ?? '']);
  return { ...change, after: Object.fromEntries(after) };
}

/** It is waited for. */
const isMarker = ({ changes }: Transaction) => changes.some(({ table }) => table === 'markers');
