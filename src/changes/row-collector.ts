import { ACTIVITY_TABLE, decodeActor } from '../database/activity.ts';
import type { Table } from '../database/table.ts';
import { type CascadeReach, findCascadeReach, findFollowedColumns } from './cascade-reach.ts';
import { isBitSet } from './log/bytes.ts';
import type { RowsEvent } from './log/decode-event.ts';
import { inflateEvent } from './log/inflate.ts';
import { decodeTableMap, readTableName } from './log/table-map.ts';
import { LoggedChange } from './logged-change.ts';
import type { PendingTransaction } from './pending-transaction.ts';
import { type LoggedRow, RowReader } from './row-reader.ts';

/** A table's rows can be read by the map that came last under their number; so many are kept. */
const MAX_MAPS = 1_000;

interface KnownMap {
  readonly bytes: Buffer;
  readonly table: string;
  /** Null where the schema has no such table. */
  readonly reader: RowReader | null;
}

/** Adds the rows of the log's events to the transaction they belong to, for the tables of one schema. */
export class RowCollector {
  private readonly schema: string;
  private logsCascades: boolean;
  private tables: ReadonlyMap<string, Table> = new Map();
  private cascades: CascadeReach = { onDelete: new Map(), onUpdate: new Map() };
  private followedColumns: ReadonlyMap<string, ReadonlySet<string>> = new Map();
  /** By the number that the log gives a table; null for those of other schemas. */
  private readonly maps = new Map<number, KnownMap | null>();

  /** `logsCascades`: whether the server logs what foreign keys change in other tables (MySQL from 9.6 on). */
  constructor(schema: string, logsCascades: boolean, tables: readonly Table[]) {
    this.schema = schema;
    this.logsCascades = logsCascades;
    this.setTables(tables);
  }

  setServer(logsCascades: boolean): void {
    this.logsCascades = logsCascades;
    this.maps.clear();
  }

  setTables(tables: readonly Table[]): void {
    const stored = tables.filter(({ kind }) => kind === 'table');
    this.tables = new Map(stored.map((table) => [table.name, table]));
    this.cascades = findCascadeReach(stored);
    this.followedColumns = new Map(stored.map(({ name }) => [name, findFollowedColumns(name, stored)]));
    for (const [id, known] of this.maps) if (known) this.maps.delete(id);
  }

  /** Takes how the rows of a table are logged from here on. */
  takeMap(tableId: number, bytes: Buffer): void {
    const known = this.maps.get(tableId);
    if (known?.bytes.equals(bytes)) return;
    const { schema, table: name } = readTableName(bytes);
    if (known === null && schema !== this.schema) return;
    const table = this.tables.get(name);
    const reader = table ? new RowReader(table, decodeTableMap(bytes)) : null;
    this.maps.delete(tableId);
    this.maps.set(
      tableId,
      schema === this.schema ? { bytes: Buffer.from(bytes), table: name, reader } : null,
    );
    const [oldest] = this.maps.keys();
    if (oldest !== undefined && this.maps.size > MAX_MAPS) this.maps.delete(oldest);
  }

  /** Adds an event's rows; a table whose rows it does not tell whole is marked dirty. Throws at rows of no known map. */
  collect(event: RowsEvent & { readonly size: number }, pending: PendingTransaction): void {
    const known = this.maps.get(event.tableId);
    if (known === null || (known === undefined && event.images.length === 0)) return;
    if (known === undefined) throw new Error('The log tells rows of a table that it has not named.');
    const { reader, table } = known;
    pending.addBytes(event.size);
    if (!reader?.isComplete) pending.markDirty(table, 'undecodable');
    else this.collectRows(event, reader, pending);
  }

  /** Of rows that only tell what changed within a document. */
  collectPartial(tableId: number, pending: PendingTransaction): void {
    const known = this.maps.get(tableId);
    if (known) pending.markDirty(known.table, 'incomplete_row_image');
  }

  private collectRows(event: RowsEvent, reader: RowReader, pending: PendingTransaction): void {
    const before = presentColumns(event.present, event.columnCount);
    const after = event.change === 'update' ? presentColumns(event.presentAfter, event.columnCount) : before;
    const coverages = [reader.coverage(before), reader.coverage(after)];
    if (coverages.includes('partial')) {
      pending.markDirty(reader.table, 'incomplete_row_image');
      return;
    }
    if (coverages.includes('computable')) pending.markComputable(reader.table);
    try {
      // A copy: the packet that it is a part of may be far larger.
      const bytes = event.isCompressed ? inflateEvent(event.images) : Buffer.from(event.images);
      for (let at = 0; at < bytes.length; ) {
        const row = { bytes, at, present: before };
        at = reader.endOf(row);
        if (event.change !== 'update') {
          this.addRow(event.change, reader, row, pending);
          continue;
        }
        const next = { bytes, at, present: after };
        at = reader.endOf(next);
        this.addUpdate(reader, row, next, pending);
      }
    } catch {
      pending.markDirty(reader.table, 'undecodable');
    }
  }

  private addRow(
    change: 'insert' | 'delete',
    reader: RowReader,
    row: LoggedRow,
    pending: PendingTransaction,
  ): void {
    if (reader.isPast(row)) return;
    if (change === 'insert') addInsert(reader, row, pending);
    else this.addDelete(reader, row, pending);
  }

  private addUpdate(
    reader: RowReader,
    before: LoggedRow,
    after: LoggedRow,
    pending: PendingTransaction,
  ): void {
    const { table } = reader;
    const [wasPast, isPast] = [reader.isPast(before), reader.isPast(after)];
    if (wasPast || isPast) {
      // Of a system-versioned table, a row that becomes one of the past is gone, and the other way round.
      if (!wasPast) this.addDelete(reader, before, pending);
      if (!isPast) addInsert(reader, after, pending);
      return;
    }
    const followed = this.followedColumns.get(table);
    if (followed?.size && !reader.isUnchanged(before, after, followed))
      this.markReached(this.cascades.onUpdate, table, pending);
    if (reader.isSameRecord(before, after)) {
      pending.add(new LoggedChange(reader, before, after));
      return;
    }
    // Whoever shows the row knows it by its old id.
    pending.add(new LoggedChange(reader, before, null));
    addInsert(reader, after, pending);
  }

  private addDelete(reader: RowReader, row: LoggedRow, pending: PendingTransaction): void {
    pending.add(new LoggedChange(reader, row, null));
    this.markReached(this.cascades.onDelete, reader.table, pending);
  }

  private markReached(
    reach: ReadonlyMap<string, readonly string[]>,
    parent: string,
    pending: PendingTransaction,
  ): void {
    if (this.logsCascades) return;
    for (const table of reach.get(parent) ?? []) pending.markDirty(table, 'cascade');
  }
}

function addInsert(reader: RowReader, row: LoggedRow, pending: PendingTransaction): void {
  const change = new LoggedChange(reader, null, row);
  pending.add(change);
  if (change.table === ACTIVITY_TABLE && change.after) pending.actor ??= decodeActor(change.after);
}

/** The indexes of the columns that a bitmap says are there. */
function presentColumns(bitmap: Buffer, count: number): number[] {
  const indexes: number[] = [];
  for (let index = 0; index < count; index++) if (isBitSet(bitmap, index)) indexes.push(index);
  return indexes;
}
