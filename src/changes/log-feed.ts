import { EventEmitter } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { ConnectionOptions } from 'mysql2';
import { introspect } from '../database/introspect.ts';
import type { Pool, Queryable } from '../database/pool.ts';
import { findServerTimeMs } from '../database/server-time.ts';
import type { Table } from '../database/table.ts';
import type { ChangeFeed, FeedLogger, FeedStatus } from './change-feed.ts';
import { History } from './history.ts';
import type { LogEvent } from './log-event.ts';
import { findLogFiles, findRefillStart, holdsPosition, logEnd, PositionWaiters } from './log-extent.ts';
import { encodeCursor, type LogPosition } from './log-position.ts';
import { type LogReader, openLogReader } from './log-reader.ts';
import { onOwnConnection } from './own-connection.ts';
import { RowCollector } from './row-collector.ts';
import { takeSnapshot } from './snapshot.ts';
import type { Transaction } from './transaction.ts';
import { TransactionAssembler } from './transaction-assembler.ts';

const MEBIBYTE = 1024 * 1024;
const REFILL_BYTES = 64 * MEBIBYTE;
const HISTORY_LIMITS = { transactions: 20_000, bytes: 32 * MEBIBYTE, ageMs: 60 * 60 * 1000 };
const TRANSACTION_LIMITS = { changes: 20_000, bytes: 8 * MEBIBYTE };
const FIRST_BACKOFF_MS = 100;
const LAST_BACKOFF_MS = 10_000;
const SNAPSHOT_LIMIT_MS = 10_000;
/** The log tells commits by the second. */
const CLOCK_STEP_MS = 1_000;

export interface LogFeedParts {
  readonly pool: Pool;
  readonly connection: ConnectionOptions;
  readonly schema: string;
  readonly logsCascades: boolean;
  readonly tables: readonly Table[];
  readonly logger: FeedLogger;
}

/** The change feed over the server's binary log: link after link, from where the last one broke. */
export class LogFeed implements ChangeFeed {
  private readonly parts: LogFeedParts;
  private readonly history = new History(HISTORY_LIMITS);
  private readonly emitter = new EventEmitter<{ status: [FeedStatus] }>();
  private listeners: readonly ((transaction: Transaction) => void)[] = [];
  private readonly waiters = new PositionWaiters();
  private readonly stopping = new AbortController();
  private readonly rows: RowCollector;
  private readonly assembler: TransactionAssembler;
  private tables: readonly Table[];
  /** Changes of the schema since the last one that was read. */
  private schemaChanges = 0;
  private reader: LogReader | null = null;
  private running: Promise<void> = Promise.resolve();
  /** Up to here the log was read; and the last place between two transactions. */
  private position: LogPosition = { file: '.0', offset: 0 };
  private resumeFrom: LogPosition = this.position;
  private currentStatus: FeedStatus;
  private serverClockAheadMs = 0;

  constructor(parts: LogFeedParts) {
    this.parts = parts;
    this.tables = parts.tables;
    this.emitter.setMaxListeners(0);
    this.rows = new RowCollector(parts.schema, parts.logsCascades, parts.tables);
    this.assembler = new TransactionAssembler({
      schema: parts.schema,
      rows: this.rows,
      limits: TRANSACTION_LIMITS,
      emit: (transaction, bytes) => this.publish(transaction, bytes),
      onSchemaChange: () => void this.readSchemaAgain(),
    });
    this.currentStatus = {
      mode: 'log',
      connected: false,
      lagMs: 0,
      since: new Date().toISOString(),
      cause: null,
    };
  }

  get status(): FeedStatus {
    return this.currentStatus;
  }

  get head(): string {
    return this.history.head;
  }

  /** Begins to read; returns when the end of the log was reached, or after `limitMs`. Throws where it has no log. */
  async start(limitMs: number): Promise<void> {
    const files = await findLogFiles(this.parts.pool);
    this.position = this.resumeFrom = findRefillStart(files, REFILL_BYTES);
    this.history.restart(encodeCursor(this.position, 0));
    this.running = this.readLinks();
    await this.waiters.wait(this.position, logEnd(files), limitMs).catch(() => undefined);
  }

  since(cursor: string): readonly Transaction[] | null {
    return this.history.since(cursor);
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

  snapshot<T>(read: (db: Queryable) => Promise<T>): Promise<{ cursor: string; data: T }> {
    return takeSnapshot(
      {
        pool: this.parts.pool,
        tables: () => this.tables,
        catchUp: async (db) => {
          await this.waiters.wait(this.position, logEnd(await findLogFiles(db)), SNAPSHOT_LIMIT_MS);
        },
        receivedSince: (timeMs, limit) => this.history.receivedSince(timeMs, limit),
      },
      read,
    );
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.reader?.stop();
    await this.running;
    this.emitter.removeAllListeners();
    this.listeners = [];
  }

  private async readLinks(): Promise<void> {
    let backoffMs = FIRST_BACKOFF_MS;
    while (!this.stopping.signal.aborted) {
      try {
        await this.readLink(() => {
          backoffMs = FIRST_BACKOFF_MS;
        });
      } catch (error) {
        this.parts.logger.warn({ err: error }, 'the database log cannot be read now; trying again');
      }
      this.setStatus({ connected: false });
      await delay(backoffMs * (0.5 + Math.random()), null, this.stopping).catch(() => undefined);
      backoffMs = Math.min(backoffMs * 2, LAST_BACKOFF_MS);
    }
  }

  private async readLink(onConnected: () => void): Promise<void> {
    const { connection, schema } = this.parts;
    await onOwnConnection(connection, async (db) => {
      await this.findPlace(db);
      this.serverClockAheadMs = (await findServerTimeMs(db)) - Date.now();
      this.setTables(await introspect(db));
    });
    if (this.stopping.signal.aborted) return;
    this.assembler.dropPending();
    this.position = this.resumeFrom;
    this.reader = openLogReader({
      connection,
      schema,
      from: this.resumeFrom,
      onEvent: (event, position) => {
        if (!this.currentStatus.connected) onConnected();
        this.take(event, position);
      },
      onUndecodable: (error) => this.skipUndecodable(error),
    });
    await this.reader.ended;
  }

  /** Makes sure that the log goes on from where it was left; where it does not, everything may have changed. */
  private async findPlace(db: Queryable): Promise<void> {
    const files = await findLogFiles(db);
    if (holdsPosition(files, this.resumeFrom)) return;
    this.parts.logger.warn({ ...this.resumeFrom }, 'the database log no longer holds what comes next');
    this.resumeFrom = logEnd(files);
    this.history.restart(encodeCursor(this.resumeFrom, 0));
    this.assembler.loseEverything('log_lost', this.resumeFrom, Date.now());
  }

  private take(event: LogEvent, position: LogPosition): void {
    this.position = position;
    try {
      this.assembler.take(event, position);
    } catch (error) {
      this.skipUndecodable(error);
    }
    if (this.assembler.isBetweenTransactions) this.resumeFrom = position;
    if (!this.currentStatus.connected) this.setStatus({ connected: true });
    if (event.getEventName() === 'heartbeat' && this.currentStatus.lagMs > 0) this.setStatus({ lagMs: 0 });
    this.waiters.pass(position);
  }

  private skipUndecodable(error: unknown): void {
    this.parts.logger.warn({ err: error }, 'an event of the database log cannot be read');
    this.assembler.takeUndecodable();
  }

  private publish(transaction: Transaction, bytes: number): void {
    this.history.add(transaction, bytes);
    const ageMs = Date.now() + this.serverClockAheadMs - Date.parse(transaction.at);
    const lagMs = Math.max(0, ageMs - CLOCK_STEP_MS);
    if (Math.abs(lagMs - this.currentStatus.lagMs) >= CLOCK_STEP_MS) this.setStatus({ lagMs });
    // One that fails keeps the commit from no other.
    for (const listener of this.listeners) {
      try {
        listener(transaction);
      } catch (error) {
        this.parts.logger.warn({ err: error, cursor: transaction.cursor }, 'a listener failed at a commit');
      }
    }
  }

  /** The rows that follow a change of the schema are read by the new one. */
  private async readSchemaAgain(): Promise<void> {
    this.schemaChanges++;
    // The reading under way is followed by another one.
    if (this.schemaChanges > 1) return;
    const reader = this.reader;
    reader?.pause();
    try {
      for (let known = 0; known !== this.schemaChanges; ) {
        known = this.schemaChanges;
        this.setTables(await onOwnConnection(this.parts.connection, introspect));
      }
    } catch (error) {
      // The next link begins with reading it.
      this.parts.logger.warn({ err: error }, 'the changed schema cannot be read');
      await reader?.stop();
    }
    this.schemaChanges = 0;
    reader?.resume();
  }

  private setTables(tables: readonly Table[]): void {
    this.tables = tables;
    this.rows.setTables(tables);
  }

  private setStatus(change: Partial<Pick<FeedStatus, 'connected' | 'lagMs'>>): void {
    const isTurn = change.connected !== undefined && change.connected !== this.currentStatus.connected;
    const since = isTurn ? new Date().toISOString() : this.currentStatus.since;
    this.currentStatus = { ...this.currentStatus, ...change, since };
    this.emitter.emit('status', this.currentStatus);
  }
}
