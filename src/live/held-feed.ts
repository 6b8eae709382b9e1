import type { ChangeFeed, FeedStatus } from '../changes/change-feed.ts';
import type { Transaction } from '../changes/transaction.ts';

/**
 * A feed that can be held: what comes meanwhile waits, and is handed out in order once nobody holds it any more. Its
 * head and its past end where it is held, so that a replay never runs ahead of what listeners have been told.
 */
export class HeldFeed implements ChangeFeed {
  private readonly feed: ChangeFeed;
  private readonly onError: (error: unknown) => void;
  private readonly holders = new Set<unknown>();
  private listeners: readonly ((transaction: Transaction) => void)[] = [];
  private waiting: Transaction[] = [];
  private handedOut: string;

  constructor(feed: ChangeFeed, onError: (error: unknown) => void) {
    this.feed = feed;
    this.onError = onError;
    this.handedOut = feed.head;
  }

  get status(): FeedStatus {
    return this.feed.status;
  }

  get head(): string {
    return this.waiting.length > 0 ? this.handedOut : this.feed.head;
  }

  /** To be called with each transaction of the feed. */
  take(transaction: Transaction): void {
    if (this.holders.size > 0) this.waiting.push(transaction);
    else this.handOut(transaction);
  }

  hold(holder: unknown): void {
    this.holders.add(holder);
  }

  release(holder: unknown): void {
    this.holders.delete(holder);
    while (this.holders.size === 0) {
      const next = this.waiting.shift();
      if (!next) return;
      this.handOut(next);
    }
  }

  since(cursor: string): readonly Transaction[] | null {
    const missed = this.feed.since(cursor);
    return missed?.slice(0, Math.max(0, missed.length - this.waiting.length)) ?? null;
  }

  onTransaction(listener: (transaction: Transaction) => void): () => void {
    // A copy, as a listener may end another one, or itself.
    this.listeners = [...this.listeners, listener];
    return () => {
      this.listeners = this.listeners.filter((other) => other !== listener);
    };
  }

  onStatus(listener: (status: FeedStatus) => void): () => void {
    return this.feed.onStatus(listener);
  }

  snapshot: ChangeFeed['snapshot'] = (read) => this.feed.snapshot(read);

  /** Hands out nothing any more; the feed itself goes on. */
  async stop(): Promise<void> {
    this.waiting = [];
    this.listeners = [];
  }

  private handOut(transaction: Transaction): void {
    this.handedOut = transaction.cursor;
    // One that fails keeps the commit from no other.
    for (const listener of this.listeners) {
      try {
        listener(transaction);
      } catch (error) {
        this.onError(error);
      }
    }
  }
}
