import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { ACTIVITY_TABLE, decodeActor } from '../database/activity.ts';
import type { Pool, Queryable, RowDataPacket } from '../database/pool.ts';
import { findRows } from '../database/read-page.ts';
import { type Row, recordIdOf } from '../database/read-rows.ts';
import type { Column, Table } from '../database/table.ts';
import { ActivityWindow } from './activity-window.ts';
import type { ChangeFeed, FeedStatus } from './change-feed.ts';
import { findRelatedTables } from './related-tables.ts';
import { inSnapshot } from './snapshot.ts';
import type { DirtyTable, Transaction } from './transaction.ts';

const POLL_INTERVAL_MS = 1_000;
const LOOK_LIMIT_MS = 10_000;
const LAST_BACKOFF_MS = 30_000;
const PAGE_ROWS = 1_000;
/** So many of the newest ids are looked at again after the start: some may belong to transactions under way. */
const FIRST_WINDOW_IDS = 1_000;
const KEPT_TRANSACTIONS = 5_000;

export interface PanelOnlyFeedParts {
  readonly pool: Pool;
  /** Of the pool's schema, panel_activity among them. */
  readonly tables: readonly Table[];
  /** Why the log cannot be read and what mends it. */
  readonly cause: string;
  readonly logger?: { warn(details: object, message: string): void };
}

/**
 * The feed where the server's log cannot be read: it looks every second for what the panel itself recorded, on any
 * node. A transaction holds its activity row. Every table that hangs together with the one that it names is dirty, which
 * the last of those found together tells. What other programs change is not told.
 */
export async function createPanelOnlyFeed(parts: PanelOnlyFeedParts): Promise<ChangeFeed> {
  const feed = new PanelOnlyFeed(parts);
  await feed.start();
  return feed;
}

/*
 * A cursor begins with the database's time at which the transaction was found, so it means much the same on every node.
 * A snapshot's cursor is a time alone: whatever was found before it had been committed before it. Another node finds
 * transactions at other times, so a cursor that names another node is unknown here.
 */
class PanelOnlyFeed implements ChangeFeed {
  status: FeedStatus;
  private readonly parts: PanelOnlyFeedParts;
  private readonly activity: Table;
  private readonly emitter = new EventEmitter<{ transaction: [Transaction]; status: [FeedStatus] }>();
  private readonly stopping = new AbortController();
  private readonly node = randomUUID().slice(0, 8);
  private kept: Transaction[] = [];
  private count = 0;
  /** Everything after this cursor is kept. */
  private base = '';
  /** The database's latest time that was heard of. */
  private time = '';
  private window = new ActivityWindow(0, [], 0);
  private running: Promise<void> = Promise.resolve();

  constructor(parts: PanelOnlyFeedParts) {
    this.parts = parts;
    this.activity = findActivityTable(parts.tables);
    this.emitter.setMaxListeners(0);
    const since = new Date().toISOString();
    this.status = { mode: 'panel-only', connected: true, lagMs: 0, since, cause: parts.cause };
  }

  get head(): string {
    return this.kept.at(-1)?.cursor ?? this.base;
  }

  async start(): Promise<void> {
    this.base = await this.findTime();
    const [[newest]] = await this.parts.pool.query<RowDataPacket[]>(
      'SELECT COALESCE(MAX(id), 0) AS id FROM panel_activity',
    );
    const settled = Math.max(0, Number(newest?.id) - FIRST_WINDOW_IDS);
    const present: number[] = [];
    for await (const rows of this.readAbove(settled)) present.push(...rows.map(({ id }) => Number(id)));
    this.window = new ActivityWindow(settled, present, Date.now());
    this.running = this.run();
  }

  since(cursor: string): readonly Transaction[] | null {
    const [time = '', , node = this.node] = cursor.split('-');
    if (!/^\d{20}$/.test(time) || node !== this.node || cursor < this.base) return null;
    return this.kept.filter((transaction) => transaction.cursor > cursor);
  }

  onTransaction(listener: (transaction: Transaction) => void): () => void {
    this.emitter.on('transaction', listener);
    return () => this.emitter.off('transaction', listener);
  }

  onStatus(listener: (status: FeedStatus) => void): () => void {
    this.emitter.on('status', listener);
    return () => this.emitter.off('status', listener);
  }

  async snapshot<T>(read: (db: Queryable) => Promise<T>): Promise<{ cursor: string; data: T }> {
    const cursor = await this.findTime();
    return inSnapshot(this.parts.pool, async (db) => ({ cursor, data: await read(db) }));
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    this.emitter.removeAllListeners();
  }

  private async run(): Promise<void> {
    let waitMs = POLL_INTERVAL_MS;
    while (await this.pause(waitMs)) {
      try {
        await this.withinLimit(this.look());
        this.setConnected(true);
        waitMs = POLL_INTERVAL_MS;
      } catch (error) {
        if (this.stopping.signal.aborted) return;
        if (this.status.connected) this.parts.logger?.warn({ err: error }, 'panel_activity cannot be read');
        this.setConnected(false);
        waitMs = Math.min(waitMs * 2, LAST_BACKOFF_MS);
      }
    }
  }

  /** False where the feed was stopped meanwhile. */
  private pause(durationMs: number): Promise<boolean> {
    return delay(durationMs, true, { signal: this.stopping.signal }).catch(() => false);
  }

  /** A database that no longer answers must hold up neither the feed nor its end. */
  private async withinLimit(work: Promise<void>): Promise<void> {
    const done = new AbortController();
    const signal = AbortSignal.any([done.signal, this.stopping.signal]);
    const tooLate = delay(LOOK_LIMIT_MS, null, { signal }).then(() => {
      throw new Error(`The database has not answered for ${LOOK_LIMIT_MS / 1000} seconds.`);
    });
    await Promise.race([work, tooLate]).finally(() => done.abort());
  }

  private async look(): Promise<void> {
    for await (const rows of this.readAbove(this.window.lookAbove)) {
      // After the rows: whatever is found was committed before the time in its cursor.
      const time = await this.findTime();
      const found = rows.filter(({ id }) => this.window.admit(Number(id)));
      const dirty = this.findDirtyTables(found);
      // Once is enough: with the last one.
      for (const row of found) this.publish(row, time, row === found.at(-1) ? dirty : []);
    }
    this.window.finishLook(Date.now());
  }

  private async *readAbove(id: number): AsyncGenerator<Row[]> {
    const { columns } = this.activity;
    const column = columns.find(({ name }) => name === 'id') as Column;
    const sort = { column: 'id', direction: 'asc' } as const;
    for (let above = id; ; ) {
      const filters = [{ column, operator: 'from', value: above + 1 }] as const;
      const query = { filters, sort, limit: PAGE_ROWS, offset: 0 };
      const rows = await findRows(this.parts.pool, this.activity, columns, query);
      if (rows.length > 0) yield rows;
      if (rows.length < PAGE_ROWS) return;
      above = Number(rows.at(-1)?.id);
    }
  }

  private findDirtyTables(activities: readonly Row[]): DirtyTable[] {
    const { tables } = this.parts;
    const named = new Set(activities.map((row) => row.table_name));
    const known = tables.filter(({ name }) => named.has(name));
    const related = new Set(known.flatMap(({ name }) => findRelatedTables(name, tables)));
    return [...related].map((table) => ({ table, reason: 'log_unreadable' }));
  }

  private publish(row: Row, time: string, dirty: readonly DirtyTable[]): void {
    this.count += 1;
    const id = recordIdOf(this.activity, row);
    const transaction: Transaction = {
      cursor: `${time}-${String(this.count).padStart(10, '0')}-${this.node}`,
      at: String(row.at),
      actor: decodeActor(row),
      changes: [{ table: ACTIVITY_TABLE, id, kind: 'insert', before: null, after: row }],
      dirty,
    };
    this.kept.push(transaction);
    if (this.kept.length > KEPT_TRANSACTIONS) this.base = this.kept.shift()?.cursor ?? this.base;
    this.emitter.emit('transaction', transaction);
  }

  /** The database's time as twenty digits; never before one that was heard earlier. */
  private async findTime(): Promise<string> {
    const [[row]] = await this.parts.pool.query<RowDataPacket[]>('SELECT UTC_TIMESTAMP(6) AS time');
    const time = String(row?.time).replaceAll(/\D/g, '');
    if (time > this.time) this.time = time;
    return this.time;
  }

  private setConnected(connected: boolean): void {
    if (connected === this.status.connected) return;
    this.status = { ...this.status, connected, since: new Date().toISOString() };
    this.emitter.emit('status', this.status);
  }
}

function findActivityTable(tables: readonly Table[]): Table {
  const table = tables.find(({ name }) => name === ACTIVITY_TABLE);
  if (!table) throw new Error(`There is no table ${ACTIVITY_TABLE}: the migrations have not run.`);
  return table;
}
