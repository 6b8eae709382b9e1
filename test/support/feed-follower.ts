import type { ChangeFeed } from '../../src/changes/change-feed.ts';
import type { Transaction } from '../../src/changes/transaction.ts';
import { introspect } from '../../src/database/introspect.ts';
import type { Pool, ResultSetHeader } from '../../src/database/pool.ts';
import { Replica, readState } from './replica.ts';

/** What becomes of a transaction on its way from the feed to the replica, for tests of the checker. */
export type Tampering = (transaction: Transaction) => readonly Transaction[];

/** Keeps a copy of a feed's tables, and notes everything by which the feed did not tell the truth. */
export class FeedFollower {
  /** What did not fit: a cursor that is not after the one before, a change of a row that is not as was told. */
  readonly faults: string[] = [];
  private readonly feed: ChangeFeed;
  private readonly tamper: Tampering;
  private readonly replica = new Replica();
  private readonly seenMarkers = new Set<string>();
  private waiting: Transaction[] = [];
  private lastCursor = '';
  private isReading = false;
  private onProgress: () => void = () => undefined;
  private readonly stopListening: () => void;

  constructor(feed: ChangeFeed, tamper: Tampering = (transaction) => [transaction]) {
    this.feed = feed;
    this.tamper = tamper;
    this.stopListening = feed.onTransaction((transaction) => {
      for (const told of this.tamper(transaction)) this.take(told);
    });
  }

  get resyncs(): readonly string[] {
    return this.replica.resyncs;
  }

  /** Takes the first snapshot. */
  async start(): Promise<void> {
    this.isReading = true;
    await this.replica.read(this.feed);
    this.isReading = false;
    this.applyWaiting();
  }

  stop(): void {
    this.stopListening();
  }

  /** The tables that differ from the database's once everything that was committed before has been told. */
  async findDifferences(pool: Pool): Promise<string[]> {
    const [{ insertId }] = await pool.query<ResultSetHeader>('INSERT INTO markers () VALUES ()');
    while (!this.seenMarkers.has(String(insertId)) || this.isReading || this.replica.isStale)
      await new Promise<void>((resolve) => {
        this.onProgress = resolve;
      });
    return this.replica.differences(await readState(pool, await introspect(pool)));
  }

  private take(transaction: Transaction): void {
    const { cursor } = transaction;
    if (cursor <= this.lastCursor) this.faults.push(`${cursor} came after ${this.lastCursor}`);
    this.lastCursor = cursor;
    this.waiting.push(transaction);
    this.applyWaiting();
  }

  private applyWaiting(): void {
    if (this.isReading) return;
    for (const transaction of this.waiting.splice(0)) {
      try {
        this.replica.apply(transaction);
      } catch (error) {
        this.faults.push(String(error));
      }
      for (const { table, id } of transaction.changes) if (table === 'markers') this.seenMarkers.add(id);
    }
    if (this.replica.isStale) void this.readAnew();
    this.onProgress();
  }

  /** Where the link breaks meanwhile, the snapshot is taken again as soon as it may work. */
  private async readAnew(): Promise<void> {
    this.isReading = true;
    await this.replica.read(this.feed).catch(() => undefined);
    this.isReading = false;
    setImmediate(() => this.applyWaiting());
  }
}
