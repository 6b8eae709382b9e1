import { EventEmitter } from 'node:events';
import type { FeedLogger, FeedStatus } from './change-feed.ts';
import { History } from './history.ts';
import type { Transaction } from './transaction.ts';

const HISTORY_LIMITS = { transactions: 20_000, bytes: 16 * 1024 * 1024, ageMs: 60 * 60 * 1000 };
/** The log tells commits by the second. */
const CLOCK_STEP_MS = 1_000;

/** Gives transactions and the feed's state on to whoever listens, and keeps the newest of them. */
export class FeedBroadcast {
  readonly history = new History(HISTORY_LIMITS);
  private readonly logger: FeedLogger;
  private readonly emitter = new EventEmitter<{ status: [FeedStatus] }>();
  private listeners: readonly ((transaction: Transaction) => void)[] = [];
  private currentStatus: FeedStatus = {
    mode: 'log',
    connected: false,
    lagMs: 0,
    since: new Date().toISOString(),
    cause: null,
  };

  constructor(logger: FeedLogger) {
    this.logger = logger;
    this.emitter.setMaxListeners(0);
  }

  get status(): FeedStatus {
    return this.currentStatus;
  }

  onTransaction(listener: (transaction: Transaction) => void): () => void {
    // A copy, as a listener may end another one, or itself.
    this.listeners = [...this.listeners, listener];
    return () => {
      this.listeners = this.listeners.filter((other) => other !== listener);
    };
  }

  onStatus(listener: (status: FeedStatus) => void): () => void {
    this.emitter.on('status', listener);
    return () => this.emitter.off('status', listener);
  }

  /** Gives a transaction on that was committed `ageMs` ago, and takes `bytes` of memory. */
  publish(transaction: Transaction, bytes: number, ageMs: number): void {
    this.history.add(transaction, bytes);
    const lagMs = Math.max(0, ageMs - CLOCK_STEP_MS);
    if (Math.abs(lagMs - this.currentStatus.lagMs) >= CLOCK_STEP_MS) this.setStatus({ lagMs });
    // One that fails keeps the commit from no other.
    for (const listener of this.listeners) {
      try {
        listener(transaction);
      } catch (error) {
        this.logger.warn({ err: error, cursor: transaction.cursor }, 'a listener failed at a commit');
      }
    }
  }

  setStatus(change: Partial<Pick<FeedStatus, 'connected' | 'lagMs'>>): void {
    const isTurn = change.connected !== undefined && change.connected !== this.currentStatus.connected;
    const since = isTurn ? new Date().toISOString() : this.currentStatus.since;
    this.currentStatus = { ...this.currentStatus, ...change, since };
    this.emitter.emit('status', this.currentStatus);
  }

  stop(): void {
    this.emitter.removeAllListeners();
    this.listeners = [];
  }
}
