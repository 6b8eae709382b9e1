import type { LiveTransaction } from '../../live/protocol.ts';
import type { LiveConnection } from './live-connection.ts';

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
  /** Runs something after about so long, and gives how to call it off. */
  later(run: () => void, delayMs: number): () => void;
}

export interface Figures<T> {
  /** Null until the first snapshot came. */
  readonly data: T | null;
  /** A snapshot is awaited: `data` may be out of date. */
  readonly isStale: boolean;
}

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 30_000;
const RESYNC_SPREAD_MS = 400;

/** Keeps figures equal to what a query would give: a snapshot, and every transaction after it folded in once. */
export class SnapshotFold<T> {
  private readonly parts: FoldParts<T>;
  private figures: Figures<T> = { data: null, isStale: true };
  private failures = 0;
  private unsubscribe: () => void = () => undefined;
  private callOff: () => void = () => undefined;
  private isStopped = false;

  constructor(parts: FoldParts<T>) {
    this.parts = parts;
    void this.begin();
  }

  stop(): void {
    this.isStopped = true;
    this.unsubscribe();
    this.callOff();
  }

  private async begin(): Promise<void> {
    const snapshot = await this.parts.readSnapshot().catch(() => null);
    if (this.isStopped) return;
    if (snapshot === null) return this.beginLater(FIRST_RETRY_MS * 2 ** this.failures++);
    this.failures = 0;
    this.tell({ data: snapshot.data, isStale: false });
    this.unsubscribe = this.parts.connection.subscribe(
      this.parts.topics,
      { onTransaction: (transaction) => this.take(transaction), onResync: () => this.beginAnew() },
      snapshot.cursor,
    );
  }

  private take(transaction: LiveTransaction): void {
    if (this.figures.data === null) return;
    const data = this.parts.fold(this.figures.data, transaction);
    this.tell({ data, isStale: false });
    if (this.parts.isSpent?.(data)) this.beginAnew();
  }

  private beginAnew(): void {
    this.unsubscribe();
    this.tell({ ...this.figures, isStale: true });
    this.beginLater(RESYNC_SPREAD_MS);
  }

  private beginLater(delayMs: number): void {
    this.callOff();
    this.callOff = this.parts.later(() => void this.begin(), Math.min(delayMs, LAST_RETRY_MS));
  }

  private tell(figures: Figures<T>): void {
    this.figures = figures;
    this.parts.onChange(figures);
  }
}
