import type { LiveTransaction } from '../../live/protocol.ts';
import type { LiveConnection } from './live-connection.ts';
import { PacedRun, type PacedRunParts, RESYNC_PACE } from './paced-run.ts';

export interface Snapshot<T> {
  readonly cursor: string;
  readonly data: T;
}

export interface FoldParts<T> {
  readonly connection: Pick<LiveConnection, 'subscribe'>;
  readonly topics: readonly string[];
  readSnapshot(): Promise<Snapshot<T>>;
  /** The figures after a transaction, of which only the topics' changes are given; must not change `data` itself. */
  fold(data: T, transaction: LiveTransaction): T;
  /** Whether changes have used up what a snapshot brings more than is shown, so that a new one is needed. */
  isSpent?(data: T): boolean;
  /** Told whenever the figures changed or became stale. */
  onChange(figures: Figures<T>): void;
  /** See {@link PacedRunParts}. */
  readonly later: PacedRunParts['later'];
  /** The same, at times that differ by half from page to page. */
  readonly retryLater: PacedRunParts['later'];
}

export interface Figures<T> {
  /** Null until the first snapshot came. */
  readonly data: T | null;
  /** A snapshot is awaited: `data` may be out of date. */
  readonly isStale: boolean;
}

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 30_000;

/**
 * Keeps figures equal to what a query would give: a snapshot, and every transaction after it folded in once. Where
 * something was lost the figures follow what is told, and are stale, until the next snapshot has come.
 */
export class SnapshotFold<T> {
  private readonly parts: FoldParts<T>;
  private readonly reading: PacedRun;
  private figures: Figures<T> = { data: null, isStale: true };
  private failures = 0;
  private isReading = false;
  private unsubscribe: () => void = () => undefined;
  private callOffRetry: () => void = () => undefined;
  private isStopped = false;

  constructor(parts: FoldParts<T>) {
    this.parts = parts;
    this.reading = new PacedRun({ run: () => this.begin(), later: parts.later });
    this.reading.runNow();
  }

  stop(): void {
    this.isStopped = true;
    this.unsubscribe();
    this.reading.stop();
    this.callOffRetry();
  }

  private async begin(): Promise<void> {
    this.isReading = true;
    const snapshot = await this.parts.readSnapshot().catch(() => null);
    this.isReading = false;
    if (this.isStopped) return;
    if (snapshot === null) return this.retry();
    this.failures = 0;
    const leave = this.unsubscribe;
    this.tell({ data: snapshot.data, isStale: false });
    this.unsubscribe = this.parts.connection.subscribe(
      this.parts.topics,
      { onTransaction: (transaction) => this.take(transaction), onResync: () => this.lose() },
      snapshot.cursor,
    );
    // Afterwards, as topics that nobody holds are left.
    leave();
  }

  private retry(): void {
    const delayMs = Math.min(FIRST_RETRY_MS * 2 ** this.failures++, LAST_RETRY_MS);
    this.callOffRetry();
    this.callOffRetry = this.parts.retryLater(() => this.reading.runNow(), delayMs);
  }

  private take(transaction: LiveTransaction): void {
    if (this.figures.data === null) return;
    const data = this.parts.fold(this.figures.data, transaction);
    this.tell({ ...this.figures, data });
    if (this.parts.isSpent?.(data)) this.lose();
  }

  private lose(): void {
    this.tell({ ...this.figures, isStale: true });
    // Whether the snapshot under way knows of it is found when it is listened to from its cursor.
    if (this.isReading) this.reading.askAgain(RESYNC_PACE);
    else this.reading.ask(RESYNC_PACE);
  }

  private tell(figures: Figures<T>): void {
    this.figures = figures;
    this.parts.onChange(figures);
  }
}
