import { randomUUID } from 'node:crypto';
import type { ChangeFeed } from '../changes/change-feed.ts';
import type { Transaction } from '../changes/transaction.ts';
import type { Queryable } from '../database/pool.ts';
import { Attendance, type Attendant } from './attendance.ts';
import { OpenRecord } from './open-record.ts';
import {
  decodePresenceRow,
  deletePresence,
  deleteStalePresence,
  findPresence,
  PRESENCE_TABLE,
  type PresenceRow,
  refreshPresence,
  writePresence,
} from './presence-rows.ts';
import type { PresenceMode } from './protocol.ts';
import type { RecordTopic } from './seen-record.ts';
import { formatTopic } from './topics.ts';

const REFRESH_INTERVAL_MS = 30_000;
/** Of the table of presence, while it changes in ways that are not told. */
const REREAD_INTERVAL_MS = 1_000;

export interface PresenceParts {
  /** Where other nodes read who is here, and write who is there; null: nobody else is known. */
  readonly db: Queryable | null;
  readonly feed: Pick<ChangeFeed, 'status'>;
  onError(error: unknown): void;
  readonly refreshIntervalMs?: number;
}

/**
 * Who has which record open. Every node writes its own people into a table and hears of the others' through the change
 * feed; where the feed does not tell rows, each node knows its own only. Nothing runs while no record is open.
 */
export class Presence {
  private readonly parts: PresenceParts;
  private readonly nodeId = randomUUID();
  private readonly records = new Map<string, OpenRecord>();
  private readonly attendance = new Attendance();
  private refreshTimer: NodeJS.Timeout | null = null;
  private rereadTimer: NodeJS.Timeout | null = null;
  private rereadAtMs = Number.NEGATIVE_INFINITY;
  /** Writes follow each other, so that what was said last is what stays. */
  private earlier: Promise<unknown> = Promise.resolve();
  private isStopped = false;

  constructor(parts: PresenceParts) {
    this.parts = parts;
  }

  /** Whether a connection may have this record open, beside those that it has. */
  admits(attendant: Attendant, topic: RecordTopic): boolean {
    return this.attendance.admits(attendant, formatTopic(topic));
  }

  /** Takes down that a connection has a record open. */
  enter(attendant: Attendant, topic: RecordTopic, mode: PresenceMode): void {
    if (this.isStopped) return;
    const key = formatTopic(topic);
    const record = this.records.get(key) ?? this.open(key, topic);
    if (record.here.get(attendant) === mode) return;
    const isNew = !record.here.has(attendant);
    record.here.set(attendant, mode);
    this.attendance.add(attendant, key);
    record.tell(isNew ? null : attendant);
    this.write((db) => writePresence(db, [this.rowOf(record, attendant, mode)]));
  }

  leave(attendant: Attendant, topic: RecordTopic): void {
    const key = formatTopic(topic);
    const record = this.records.get(key);
    if (!record?.here.delete(attendant)) return;
    this.attendance.remove(attendant, key);
    this.closeUnused(key, record);
    record.tell(null);
    const { nodeId } = this;
    const { table, id: recordId } = topic;
    this.write((db) => deletePresence(db, { nodeId, socketId: attendant.id, table, recordId }));
  }

  /** Leaves every record: the connection is closed. */
  forget(attendant: Attendant): void {
    const open = this.attendance.take(attendant);
    if (open.length === 0) return;
    for (const key of open) {
      const record = this.records.get(key);
      if (!record?.here.delete(attendant)) continue;
      this.closeUnused(key, record);
      record.tell(null);
    }
    this.write((db) => deletePresence(db, { nodeId: this.nodeId, socketId: attendant.id }));
  }

  /** Hears of other nodes' people. */
  take({ changes, dirty }: Transaction): void {
    if (this.records.size === 0) return;
    const changed = new Set<OpenRecord>();
    for (const { table, before, after } of changes) {
      const image = after ?? before;
      if (table !== PRESENCE_TABLE || image === null) continue;
      const record = this.hear(decodePresenceRow(image), after !== null);
      if (record) changed.add(record);
    }
    for (const record of changed) record.tell(null);
    if (dirty.some(({ table }) => table === PRESENCE_TABLE)) this.readAllSoon();
  }

  /** Takes out what this node wrote; nothing more is taken down. */
  async stop(): Promise<void> {
    const isUsed = this.refreshTimer !== null;
    this.isStopped = true;
    this.records.clear();
    this.attendance.clear();
    if (this.rereadTimer) clearTimeout(this.rereadTimer);
    this.stopRefreshing();
    if (isUsed) this.write((db) => deletePresence(db, { nodeId: this.nodeId }));
    await this.earlier;
  }

  private open(key: string, topic: RecordTopic): OpenRecord {
    const record = new OpenRecord(topic);
    this.records.set(key, record);
    if (this.refreshTimer === null) this.startRefreshing();
    this.read(record);
    return record;
  }

  private closeUnused(key: string, { here }: OpenRecord): void {
    if (here.size > 0) return;
    this.records.delete(key);
    if (this.records.size === 0) this.stopRefreshing();
  }

  private hear(row: PresenceRow, isThere: boolean): OpenRecord | null {
    const record = this.records.get(formatTopic({ table: row.table, id: row.recordId }));
    if (!record || row.nodeId === this.nodeId) return null;
    return record.hear(row, isThere) ? record : null;
  }

  /** Reads who has a record open elsewhere. */
  private read(record: OpenRecord): void {
    const { table, id: recordId } = record.topic;
    const takeIn = record.beginReading();
    this.write(async (db) => takeIn(await findPresence(db, this.nodeId, { table, recordId })));
  }

  /** Reads all of them at once: at the first call, and then once a second. */
  private readAllSoon(): void {
    if (this.rereadTimer !== null) return;
    const waitMs = Math.max(0, this.rereadAtMs + REREAD_INTERVAL_MS - Date.now());
    this.rereadTimer = setTimeout(() => {
      this.rereadTimer = null;
      this.rereadAtMs = Date.now();
      this.readAll();
    }, waitMs).unref();
  }

  private readAll(): void {
    const asked = [...this.records].map(([key, record]) => ({ key, takeIn: record.beginReading() }));
    this.write(async (db) => {
      const rows = await findPresence(db, this.nodeId);
      const byTopic = new Map<string, PresenceRow[]>();
      for (const row of rows) {
        const key = formatTopic({ table: row.table, id: row.recordId });
        byTopic.set(key, [...(byTopic.get(key) ?? []), row]);
      }
      for (const { key, takeIn } of asked) takeIn(byTopic.get(key) ?? []);
    });
  }

  private startRefreshing(): void {
    this.write(deleteStalePresence);
    this.refreshTimer = setInterval(
      () => this.refresh(),
      this.parts.refreshIntervalMs ?? REFRESH_INTERVAL_MS,
    ).unref();
  }

  private stopRefreshing(): void {
    if (this.refreshTimer) clearInterval(this.refreshTimer);
    this.refreshTimer = null;
  }

  /** Says that this node is alive, and buries those that are not. */
  private refresh(): void {
    const rows = [...this.records.values()].flatMap((record) =>
      [...record.here].map(([attendant, mode]) => this.rowOf(record, attendant, mode)),
    );
    this.write((db) => refreshPresence(db, rows, this.parts.onError));
    this.write(deleteStalePresence);
  }

  private rowOf({ topic }: OpenRecord, { id, person }: Attendant, mode: PresenceMode): PresenceRow {
    const { table, id: recordId } = topic;
    return { nodeId: this.nodeId, socketId: id, table, recordId, person: { ...person, mode } };
  }

  private write(work: (db: Queryable) => Promise<unknown>): void {
    const { db, feed, onError } = this.parts;
    if (db === null || feed.status.mode !== 'log') return;
    this.earlier = this.earlier.then(() => work(db)).catch(onError);
  }
}
