import type { Transaction } from '../changes/transaction.ts';
import { boundTransaction } from './bound-transaction.ts';
import type { LiveChange, LiveTransaction } from './protocol.ts';
import { concernsTable, matchesTopic, type Topic } from './topics.ts';
import type { Pausable } from './turns.ts';
import { projectChange, type Sight } from './visibility.ts';

/** Reading anew costs less than a longer replay. */
const MAX_TRANSACTIONS = 1_000;
const MAX_CHANGES = 5_000;

/**
 * What a topic's listener missed, as it would have been told; null where that is not known (`missed` is null), not told
 * row by row, or too much.
 */
export function* findReplay(
  missed: readonly Transaction[] | null,
  topic: Topic,
  sight: Sight,
): Pausable<readonly LiveTransaction[] | null> {
  if (missed === null) return null;
  const replay: LiveTransaction[] = [];
  let count = 0;
  for (const transaction of missed) {
    const { cursor, at, actor, ...bounded } = boundTransaction(transaction);
    if (bounded.dirty.some(({ table }) => sight.has(table) && concernsTable(topic, table))) return null;
    const changes: LiveChange[] = [];
    for (const change of bounded.changes) {
      if (!matchesTopic(topic, change)) continue;
      const projected = projectChange(change, sight);
      if (projected) changes.push(projected);
      yield;
    }
    yield;
    if (changes.length === 0) continue;
    replay.push({ cursor, at, actor, changes });
    count += changes.length;
    if (replay.length > MAX_TRANSACTIONS || count > MAX_CHANGES) return null;
  }
  return replay;
}
