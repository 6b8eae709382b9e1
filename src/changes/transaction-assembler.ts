import type { SqlToken } from '../database/tokenize-sql.ts';
import type { LogEvent, LoggedStatement } from './log/decode-event.ts';
import type { LogPosition } from './log-position.ts';
import { decodeLogStatement, type LogStatement } from './log-statement.ts';
import { PendingTransaction, type TransactionLimits } from './pending-transaction.ts';
import type { RowCollector } from './row-collector.ts';
import { readStatement, type StatementReach } from './statement-reach.ts';
import type { DirtyReason } from './transaction.ts';

/** Prepared transactions that may wait for their commit; of an older one, the commit makes every table dirty. */
const MAX_PREPARED = 1_000;
const MARKERS: ReadonlyMap<string, LogStatement> = new Map([
  ['BEGIN', { kind: 'begin' }],
  ['COMMIT', { kind: 'commit' }],
]);

export interface AssemblerParts {
  readonly rows: RowCollector;
  readonly limits: TransactionLimits;
  /** What statements may reach in the schema as it is known now. */
  reach(): StatementReach;
  /** Called at each commit that concerns the schema. */
  emit(transaction: PendingTransaction, position: LogPosition, committedAtMs: number): void;
  /** Tables of these names were created, changed or dropped, or what statements reach is another. */
  onDefinition(names: readonly string[]): void;
}

/** Puts the events of the log together to whole transactions, each given on at its commit marker. */
export class TransactionAssembler {
  private readonly parts: AssemblerParts;
  private readonly prepared = new Map<string, PendingTransaction>();
  private pending: PendingTransaction;
  /** 'rows': it goes on to a commit marker; 'begun': a statement may be all of it. */
  private phase: 'between' | 'begun' | 'rows' = 'between';

  constructor(parts: AssemblerParts) {
    this.parts = parts;
    this.pending = new PendingTransaction(parts.limits);
  }

  /** Whether no transaction is under way: a link that broke here can go on from here. */
  get isBetweenTransactions(): boolean {
    return this.phase === 'between';
  }

  /** Forgets what came of a transaction whose rest will not come, or will come again with all of it. */
  dropPending(): void {
    this.pending = new PendingTransaction(this.parts.limits);
    this.phase = 'between';
  }

  /** Something in the transaction under way cannot be read: whatever it touched. */
  takeUndecodable(): void {
    this.markAll('undecodable');
  }

  /** Commits may have passed unseen: every table may hold rows that were not told. */
  loseEverything(reason: DirtyReason, position: LogPosition, atMs: number): void {
    this.dropPending();
    this.prepared.clear();
    this.markAll(reason);
    this.emit(position, atMs);
  }

  /** Takes an event that ends at `position`. */
  take(event: LogEvent, position: LogPosition): void {
    switch (event.kind) {
      case 'begin':
        this.dropPending();
        this.phase = event.standalone === false ? 'rows' : 'begun';
        break;
      case 'statement':
        this.takeStatement(event, position);
        break;
      case 'table_map':
        this.parts.rows.takeMap(event.tableId, event.map);
        break;
      case 'rows':
        this.parts.rows.collect(event, this.pending);
        break;
      case 'partial_update':
        this.parts.rows.collectPartial(event.tableId, this.pending);
        break;
      case 'payload':
        this.takePayload(event.events, event, position);
        break;
      case 'commit':
        this.emit(position, event.timestampMs);
        break;
      case 'xa_prepare':
        this.prepare(event, position);
        break;
      case 'lost':
        this.takeLost(event, position);
        break;
    }
  }

  private takePayload(events: readonly LogEvent[] | null, event: LogEvent, position: LogPosition): void {
    if (events) for (const inner of events) this.take(inner, position);
    else {
      this.markAll('too_large');
      this.emit(position, event.timestampMs);
    }
  }

  /** An event that nobody knows, or by which the server says that its log is not whole. */
  private takeLost(event: LogEvent, position: LogPosition): void {
    this.takeUndecodable();
    if (this.phase === 'between') this.emit(position, event.timestampMs);
  }

  private takeStatement(event: LogEvent & LoggedStatement, position: LogPosition): void {
    const tokens = MARKERS.has(event.sql) ? [] : readStatement(event);
    const statement = MARKERS.get(event.sql) ?? decodeLogStatement(event.sql, tokens ?? []);
    switch (statement.kind) {
      case 'begin':
      case 'xa_start':
        this.phase = 'rows';
        break;
      case 'commit':
        this.emit(position, event.timestampMs);
        break;
      case 'rollback':
        this.pending.rollBackTo('');
        this.emit(position, event.timestampMs);
        break;
      case 'savepoint':
        this.pending.setSavepoint(statement.name);
        break;
      case 'rollback_to':
        this.pending.rollBackTo(statement.name);
        break;
      case 'xa_commit':
        this.commitPrepared(statement.xid, event, position);
        break;
      case 'xa_rollback':
        this.rollBackPrepared(statement.xid, event, position);
        break;
      default:
        if (tokens === null) this.markAll('statement');
        else this.takeUnlogged(statement, event, tokens);
        if (this.phase !== 'rows') this.emit(position, event.timestampMs);
    }
  }

  /** A statement whose rows the log does not tell, or that is about tables. */
  private takeUnlogged(
    statement: LogStatement,
    { schema }: LoggedStatement,
    tokens: readonly SqlToken[],
  ): void {
    const reach = this.parts.reach();
    if (statement.kind === 'rows_unknown')
      for (const table of reach.changed(tokens, schema, statement.isCall))
        this.pending.markDirty(table, 'statement');
    if (statement.kind !== 'definition') return;
    if (statement.of === 'programs') {
      this.parts.onDefinition([]);
      return;
    }
    for (const table of reach.defined(tokens, schema))
      this.pending.markDirty(table, statement.of === 'rows' ? 'truncated' : 'schema_changed');
    if (statement.of === 'tables') this.parts.onDefinition(reach.namesIn(tokens, schema));
  }

  private markAll(reason: DirtyReason): void {
    for (const table of this.parts.reach().all) this.pending.markDirty(table, reason);
  }

  private prepare(event: LogEvent & { onePhase: boolean; xid: string }, position: LogPosition): void {
    if (event.onePhase) {
      this.emit(position, event.timestampMs);
      return;
    }
    this.prepared.set(event.xid, this.pending);
    const [oldest] = this.prepared.keys();
    if (oldest !== undefined && this.prepared.size > MAX_PREPARED) this.prepared.delete(oldest);
    this.dropPending();
  }

  private commitPrepared(xid: string, event: LogEvent, position: LogPosition): void {
    const prepared = this.prepared.get(xid);
    this.prepared.delete(xid);
    if (prepared) this.pending = prepared;
    else this.markAll('unknown_xa');
    this.emit(position, event.timestampMs);
  }

  /** What it did to tables without transactions stays. */
  private rollBackPrepared(xid: string, event: LogEvent, position: LogPosition): void {
    const prepared = this.prepared.get(xid);
    this.prepared.delete(xid);
    this.dropPending();
    if (!prepared) return;
    prepared.rollBackTo('');
    this.pending = prepared;
    this.emit(position, event.timestampMs);
  }

  private emit(position: LogPosition, committedAtMs: number): void {
    const { pending } = this;
    this.dropPending();
    if (!pending.isEmpty) this.parts.emit(pending, position, committedAtMs);
  }
}
