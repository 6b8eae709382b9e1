import type { LogEvent, MariadbGtidEvent, QueryEvent, RowsEvent, XaPrepareEvent } from './log-event.ts';
import { encodeCursor, type LogPosition } from './log-position.ts';
import { decodeLogStatement, findNamedTables, xaKey } from './log-statement.ts';
import { PendingTransaction, type TransactionLimits } from './pending-transaction.ts';
import type { RowCollector } from './row-collector.ts';
import type { DirtyReason, Transaction } from './transaction.ts';

/** Prepared transactions that may wait for their commit; of an older one, the commit makes every table dirty. */
const MAX_PREPARED = 1_000;

export interface AssemblerParts {
  readonly schema: string;
  readonly rows: RowCollector;
  readonly limits: TransactionLimits;
  /** Called at each commit that concerns the schema; `bytes` is the room its rows take in the log. */
  emit(transaction: Transaction, bytes: number): void;
  /** Tables of the schema were created, changed or dropped. */
  onSchemaChange(): void;
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
    switch (event.getEventName()) {
      case 'gtid':
      case 'anonymousgtid':
        this.dropPending();
        this.phase = 'begun';
        break;
      case 'mariadbgtid':
        this.dropPending();
        this.phase = (event as MariadbGtidEvent).standalone ? 'begun' : 'rows';
        break;
      case 'query':
        this.takeStatement(event as QueryEvent, position);
        break;
      case 'writerows':
      case 'updaterows':
      case 'deleterows':
        this.parts.rows.collect(event as RowsEvent, this.pending);
        break;
      case 'partialupdaterows':
        this.takeUndecodable();
        break;
      case 'transactionpayload':
        this.takeUndecodable();
        this.emit(position, event.timestamp);
        break;
      case 'xid':
        this.emit(position, event.timestamp);
        break;
      case 'xaprepare':
        this.prepare(event as XaPrepareEvent, position);
        break;
    }
  }

  private takeStatement(event: QueryEvent, position: LogPosition): void {
    const statement = decodeLogStatement(event.query);
    switch (statement.kind) {
      case 'begin':
      case 'xa_start':
        this.phase = 'rows';
        break;
      case 'commit':
        this.emit(position, event.timestamp);
        break;
      case 'rollback':
        this.pending.rollBackTo('');
        this.emit(position, event.timestamp);
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
        this.prepared.delete(statement.xid);
        this.dropPending();
        break;
      default:
        this.takeUnlogged(event, statement);
        if (this.phase !== 'rows') this.emit(position, event.timestamp);
    }
  }

  /** A statement whose rows the log does not tell, or that is about tables. */
  private takeUnlogged(event: QueryEvent, statement: { kind: string; truncated?: boolean }): void {
    const { schema, rows } = this.parts;
    const concernsSchema = event.schema === schema || event.query.includes(schema);
    if (!concernsSchema || statement.kind === 'no_rows') return;
    if (statement.kind === 'rows_unknown') {
      this.markAll('statement');
      return;
    }
    for (const table of findNamedTables(event.query, rows.tableNames))
      this.pending.markDirty(table, statement.truncated ? 'truncated' : 'schema_changed');
    if (!statement.truncated) this.parts.onSchemaChange();
  }

  private markAll(reason: DirtyReason): void {
    for (const table of this.parts.rows.tableNames) this.pending.markDirty(table, reason);
  }

  private prepare(event: XaPrepareEvent, position: LogPosition): void {
    if (event.onePhase) {
      this.emit(position, event.timestamp);
      return;
    }
    const { xidGtrid, xidBqual, xidFormatId } = event;
    this.prepared.set(xaKey(xidGtrid.toString('hex'), xidBqual.toString('hex'), xidFormatId), this.pending);
    const [oldest] = this.prepared.keys();
    if (oldest !== undefined && this.prepared.size > MAX_PREPARED) this.prepared.delete(oldest);
    this.dropPending();
  }

  private commitPrepared(xid: string, event: LogEvent, position: LogPosition): void {
    const prepared = this.prepared.get(xid);
    this.prepared.delete(xid);
    if (prepared) this.pending = prepared;
    else this.markAll('unknown_xa');
    this.emit(position, event.timestamp);
  }

  private emit(position: LogPosition, committedAtMs: number): void {
    const { changes, dirty, actor, bytes, isEmpty } = this.pending;
    this.dropPending();
    if (isEmpty) return;
    const cursor = encodeCursor(position, committedAtMs);
    this.parts.emit({ cursor, at: new Date(committedAtMs).toISOString(), actor, changes, dirty }, bytes);
  }
}
