import type { ConnectionOptions } from 'mysql2';
import { logStatusStatement } from '../database/binary-log.ts';
import type { Pool, Queryable } from '../database/pool.ts';
import { findServerIdentity } from '../database/server-identity.ts';
import { findServerKind, logsCascades } from '../database/server-kind.ts';
import { findServerTimeMs } from '../database/server-time.ts';
import type { Table } from '../database/table.ts';
import type { ChangeFeed, FeedLogger, FeedStatus } from './change-feed.ts';
import { completeRows, giveUpRows } from './complete-rows.ts';
import { FeedBroadcast } from './feed-broadcast.ts';
import { KnownTables } from './known-tables.ts';
import type { LogEvent } from './log/decode-event.ts';
import { findLogEnd, findLogFiles, findRefillStart, logEnd, PositionWaiters } from './log-extent.ts';
import { LogFollower } from './log-follower.ts';
import { encodeCursor, type LogPosition } from './log-position.ts';
import type { PendingTransaction } from './pending-transaction.ts';
import { RowCollector } from './row-collector.ts';
import { takeSnapshot } from './snapshot.ts';
import { withinLimit } from './time-limit.ts';
import type { Transaction } from './transaction.ts';
import { TransactionAssembler } from './transaction-assembler.ts';

const MEBIBYTE = 1024 * 1024;
const REFILL_BYTES = 4 * MEBIBYTE;
const TRANSACTION_LIMITS = { changes: 20_000, bytes: 8 * MEBIBYTE };
const SNAPSHOT_LIMIT_MS = 10_000;
/** Of older commits nobody waits for the columns that the log leaves out. */
const COMPLETED_AGE_MS = 10_000;
/** The log stands still meanwhile. */
const COMPLETION_LIMIT_MS = 5_000;

export interface LogFeedParts {
  readonly pool: Pool;
  readonly connection: ConnectionOptions;
  readonly schema: string;
  readonly tables: readonly Table[];
  readonly logger: FeedLogger;
}

interface Commit {
  readonly pending: PendingTransaction;
  readonly position: LogPosition;
  readonly atMs: number;
}

/** The change feed over the server's binary log. */
export class LogFeed implements ChangeFeed {
  private readonly parts: LogFeedParts;
  private readonly broadcast: FeedBroadcast;
  private readonly waiters = new PositionWaiters();
  private readonly tables: KnownTables;
  private readonly rows: RowCollector;
  private readonly assembler: TransactionAssembler;
  private follower: LogFollower | null = null;
  /** Up to here the log was read. */
  private position: LogPosition = { file: '.0', offset: 0 };
  /** The transaction that the last event ended. */
  private commit: Commit | null = null;
  private identity = '';
  private unnamedBegin: string | null = null;
  private serverClockAheadMs = 0;
  private statusStatement = '';

  constructor(parts: LogFeedParts) {
    this.parts = parts;
    this.broadcast = new FeedBroadcast(parts.logger);
    this.rows = new RowCollector(parts.schema, false, parts.tables);
    this.tables = new KnownTables({
      ...parts,
      onChange: (tables) => this.rows.setTables(tables),
      onUnreadable: () => this.follower?.breakLink(),
    });
    this.assembler = new TransactionAssembler({
      rows: this.rows,
      limits: TRANSACTION_LIMITS,
      reach: () => this.tables.reach,
      emit: (pending, position, atMs) => {
        this.commit = { pending, position, atMs };
      },
      onDefinition: (names) => this.tables.markStale(names),
    });
  }

  get status(): FeedStatus {
    return this.broadcast.status;
  }

  get head(): string {
    return this.broadcast.history.head;
  }

  /** Begins to read; returns when the end of the log was reached, or after `limitMs`. Throws where it has no log. */
  async start(limitMs: number): Promise<void> {
    const files = await findLogFiles(this.parts.pool);
    this.identity = await findServerIdentity(this.parts.pool);
    this.position = findRefillStart(files, REFILL_BYTES);
    this.unnamedBegin = encodeCursor(this.position, 0, this.identity);
    this.broadcast.history.restart(this.unnamedBegin);
    const { connection, logger } = this.parts;
    this.follower = new LogFollower(
      {
        connection,
        logger,
        isBetweenTransactions: () => this.assembler.isBetweenTransactions,
        prepare: (db) => this.prepare(db),
        findEnd: () => findLogEnd(this.parts.pool, this.statusStatement),
        onLost: (position) => this.loseEverything(position),
        onEvent: (event, position, isCurrent) => this.take(event, position, isCurrent),
        onUndecodable: (error) => this.skipUndecodable(error),
        onConnected: (connected) => this.broadcast.setStatus({ connected }),
      },
      this.position,
    );
    this.follower.start();
    await this.waiters.wait(this.position, logEnd(files), limitMs).catch(() => undefined);
  }

  since(cursor: string): readonly Transaction[] | null {
    return this.broadcast.history.since(cursor);
  }

  onTransaction(listener: (transaction: Transaction) => void): () => void {
    return this.broadcast.onTransaction(listener);
  }

  onStatus(listener: (status: FeedStatus) => void): () => void {
    return this.broadcast.onStatus(listener);
  }

  snapshot<T>(read: (db: Queryable) => Promise<T>): Promise<{ cursor: string; data: T }> {
    return takeSnapshot(
      {
        pool: this.parts.pool,
        tables: () => this.tables.all,
        catchUp: async (db) => {
          await this.waiters.wait(this.position, logEnd(await findLogFiles(db)), SNAPSHOT_LIMIT_MS);
          await this.tables.whenRead();
        },
        receivedSince: (timeMs, limit) => this.broadcast.history.receivedSince(timeMs, limit),
      },
      read,
    );
  }

  async stop(): Promise<void> {
    await this.follower?.stop();
    this.broadcast.stop();
  }

  private async prepare(db: Queryable): Promise<string> {
    this.assembler.dropPending();
    this.commit = null;
    this.rows.setServer(await logsCascades(db));
    this.statusStatement = logStatusStatement(await findServerKind(db));
    this.serverClockAheadMs = (await findServerTimeMs(db)) - Date.now();
    await this.tables.readAll(db);
    this.identity = await findServerIdentity(db);
    return this.identity;
  }

  private loseEverything(position: LogPosition): void {
    const nowMs = Date.now();
    this.position = position;
    this.broadcast.history.restart(encodeCursor(position, nowMs, this.identity));
    this.assembler.loseEverything('log_lost', position, nowMs);
    this.pass(position);
  }

  private take(event: LogEvent, position: LogPosition, isCurrent: () => boolean): Promise<void> | undefined {
    if (event.kind === 'format') this.nameBegin(event.timestampMs);
    if (this.tables.mustWaitFor(event)) return this.takeWhenKnown(event, position, isCurrent);
    this.assemble(event, position);
    if (this.commit && this.commit.pending.computable.size > 0)
      return this.complete(this.commit.pending, position, isCurrent);
    this.pass(position);
    return undefined;
  }

  /** The file's own begin tells the place where the history begins from the same one in a log that was reset. */
  private nameBegin(fileBegunAtMs: number): void {
    if (this.broadcast.history.head === this.unnamedBegin)
      this.broadcast.history.restart(encodeCursor(this.position, fileBegunAtMs, this.identity));
    this.unnamedBegin = null;
  }

  private async takeWhenKnown(
    event: LogEvent,
    position: LogPosition,
    isCurrent: () => boolean,
  ): Promise<void> {
    await this.tables.whenKnown(event);
    if (!isCurrent()) return;
    this.assemble(event, position);
    if (this.commit) await this.complete(this.commit.pending, position, isCurrent);
    else this.pass(position);
  }

  private assemble(event: LogEvent, position: LogPosition): void {
    try {
      this.assembler.take(event, position);
    } catch (error) {
      this.skipUndecodable(error);
    }
    if (event.kind === 'heartbeat' && this.broadcast.status.lagMs > 0) this.broadcast.setStatus({ lagMs: 0 });
  }

  /** Has the columns computed that the log left out; the transaction is given on when the link is still the same. */
  private async complete(
    pending: PendingTransaction,
    position: LogPosition,
    isCurrent: () => boolean,
  ): Promise<void> {
    const { pool, logger } = this.parts;
    try {
      if (this.ageMs(this.commit?.atMs ?? 0) > COMPLETED_AGE_MS) giveUpRows(pending);
      else await withinLimit(completeRows(pool, pending, this.tables.all), COMPLETION_LIMIT_MS);
    } catch (error) {
      logger.warn({ err: error }, 'the server cannot compute what its log leaves out');
      giveUpRows(pending);
    }
    if (isCurrent()) this.pass(position);
  }

  private skipUndecodable(error: unknown): void {
    this.parts.logger.warn({ err: error }, 'an event of the database log cannot be read');
    this.assembler.takeUndecodable();
  }

  /** Everything up to `position` has been taken. */
  private pass(position: LogPosition): void {
    this.position = position;
    if (this.commit) this.publish(this.commit);
    this.commit = null;
    this.waiters.pass(position);
  }

  private publish({ pending, position, atMs }: Commit): void {
    const { changes, dirty, actor, bytes } = pending;
    const cursor = encodeCursor(position, atMs, this.identity);
    const transaction = { cursor, at: new Date(atMs).toISOString(), actor, changes, dirty };
    this.broadcast.publish(transaction, bytes, this.ageMs(atMs));
  }

  private ageMs(atMs: number): number {
    return Date.now() + this.serverClockAheadMs - atMs;
  }
}
