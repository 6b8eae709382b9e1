import { ACTIVITY_TABLE, decodeActor } from '../database/activity.ts';
import type { Table } from '../database/table.ts';
import { type CascadeReach, findCascadeReach, findFollowedColumns } from './cascade-reach.ts';
import { hasFullImages, type LoggedRow, type RowsEvent } from './log-event.ts';
import { LoggedChange } from './logged-change.ts';
import type { PendingTransaction } from './pending-transaction.ts';
import { createRowReader, type RowReader } from './row-image.ts';

/** Adds the rows of the log's events to the transaction they belong to, for the tables of one schema. */
export class RowCollector {
  private readonly schema: string;
  private readonly logsCascades: boolean;
  private tables: ReadonlyMap<string, Table> = new Map();
  private cascades: CascadeReach = { onDelete: new Map(), onUpdate: new Map() };
  private followedColumns: ReadonlyMap<string, ReadonlySet<string>> = new Map();
  private readonly readers = new Map<string, { columns: readonly { name: string }[]; reader: RowReader }>();

  /** `logsCascades`: whether the server logs what foreign keys change in other tables (MySQL from 9.6 on). */
  constructor(schema: string, logsCascades: boolean, tables: readonly Table[]) {
    this.schema = schema;
    this.logsCascades = logsCascades;
    this.setTables(tables);
  }

  get tableNames(): string[] {
    return [...this.tables.keys()];
  }

  setTables(tables: readonly Table[]): void {
    const stored = tables.filter(({ kind }) => kind === 'table');
    this.tables = new Map(stored.map((table) => [table.name, table]));
    this.cascades = findCascadeReach(stored);
    this.followedColumns = new Map(stored.map(({ name }) => [name, findFollowedColumns(name, stored)]));
    this.readers.clear();
  }

  /** Adds an event's rows; a table whose rows it does not tell whole is marked dirty. */
  collect(event: RowsEvent, pending: PendingTransaction): void {
    const map = event.tableMap[event.tableId];
    const table = map?.parentSchema === this.schema ? this.tables.get(map.tableName) : undefined;
    if (!map || !table) return;
    pending.addBytes(event.size);
    const reader = this.findReader(table, map.columns);
    if (!hasFullImages(event)) pending.markDirty(table.name, 'incomplete_row_image');
    else if (!reader.complete) pending.markDirty(table.name, 'undecodable');
    else this.addRows(event, reader, pending);
  }

  private findReader(table: Table, columns: readonly { name: string }[]): RowReader {
    const known = this.readers.get(table.name);
    const isSame =
      known?.columns.length === columns.length &&
      columns.every(({ name }, index) => name === known.columns[index]?.name);
    if (known && isSame) return known.reader;
    const names = columns.map(({ name }) => name);
    const reader = createRowReader(table, names);
    this.readers.set(table.name, { columns: [...columns], reader });
    return reader;
  }

  private addRows(event: RowsEvent, reader: RowReader, pending: PendingTransaction): void {
    const kind = event.getEventName();
    for (const row of event.rows) {
      if (kind === 'updaterows') {
        const { before, after } = row as { before: LoggedRow; after: LoggedRow };
        this.addUpdate(reader, before, after, pending);
      } else if (kind === 'writerows') addInsert(reader, row as LoggedRow, pending);
      else addDelete(reader, row as LoggedRow, pending);
    }
    if (kind === 'deleterows') this.markReached(this.cascades.onDelete, reader.table, pending);
  }

  private addUpdate(
    reader: RowReader,
    before: LoggedRow,
    after: LoggedRow,
    pending: PendingTransaction,
  ): void {
    const { table } = reader;
    reader.shareTexts(before);
    reader.shareTexts(after);
    const change = new LoggedChange(reader, before, after);
    for (const column of this.followedColumns.get(table) ?? [])
      if (change.before?.[column] !== change.after?.[column])
        this.markReached(this.cascades.onUpdate, table, pending);
    if (reader.isSameRecord(before, after)) {
      pending.add(change);
      return;
    }
    // Whoever shows the row knows it by its old id.
    addDelete(reader, before, pending);
    addInsert(reader, after, pending);
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

function addInsert(reader: RowReader, after: LoggedRow, pending: PendingTransaction): void {
  reader.shareTexts(after);
  const change = new LoggedChange(reader, null, after);
  pending.add(change);
  if (change.table === ACTIVITY_TABLE && change.after) pending.actor ??= decodeActor(change.after);
}

function addDelete(reader: RowReader, before: LoggedRow, pending: PendingTransaction): void {
  reader.shareTexts(before);
  pending.add(new LoggedChange(reader, before, null));
}
