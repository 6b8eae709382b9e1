import type { ChangeFeed, FeedStatus } from '../../src/changes/change-feed.ts';
import type { Transaction } from '../../src/changes/transaction.ts';

/** A feed like another one, as a node that reads it late, or not at all, would have it. */
export interface OtherFeed extends ChangeFeed {
  /** Hands out what was held back, and from now on everything at once. */
  release(): void;
}

/** Holds transactions back until it is told to hand them out; `status` differs where told. */
export function createOtherFeed(feed: ChangeFeed, status: Partial<FeedStatus> = {}): OtherFeed {
  const listeners = new Set<(transaction: Transaction) => void>();
  let held: Transaction[] | null = [];
  let head = feed.head;
  const handOut = (transaction: Transaction) => {
    head = transaction.cursor;
    for (const listener of listeners) listener(transaction);
  };
  const stopListening = feed.onTransaction((transaction) => {
    if (held) held.push(transaction);
    else handOut(transaction);
  });
  return {
    get status() {
      return { ...feed.status, ...status };
    },
    get head() {
      return head;
    },
    since: (cursor) => feed.since(cursor)?.filter((transaction) => transaction.cursor <= head) ?? null,
    onTransaction: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onStatus: (listener) => feed.onStatus(listener),
    snapshot: (read) => feed.snapshot(read),
    release: () => {
      const late = held ?? [];
      held = null;
      for (const transaction of late) handOut(transaction);
    },
    stop: async () => stopListening(),
  };
}
