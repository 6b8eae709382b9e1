import { ACTIVITY_TABLE, decodeActor } from '../database/activity.ts';
import type { Table } from '../database/table.ts';
import { type CascadeReach, findCascadeReach, findFollowedColumns } from './cascade-reach.ts';
import { hasFullImages, type LoggedRow, type RowsEvent } from './log-event.ts';
import type { PendingTransaction } from './pending-transaction.ts';
import { createRowReader, type RowReader } from './row-image.ts';
import type { RowImage } from './transaction.ts';

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
        this.addUpdate(reader, reader.read(before), reader.read(after), pending);
      } else if (kind === 'writerows') addInsert(reader, reader.read(row as LoggedRow), pending);
      else addDelete(reader, reader.read(row as LoggedRow), pending);
    }
    if (kind === 'deleterows') this.markReached(this.cascades.onDelete, reader.table, pending);
  }

  private addUpdate(reader: RowReader, before: RowImage, after: RowImage, pending: PendingTransaction): void {
    const { table } = reader;
    const id = reader.recordId(after);
    if (reader.recordId(before) === id) pending.add({ table, id, kind: 'update', before, after });
    else {
      // Whoever shows the row knows it by its old id.
      addDelete(reader, before, pending);
      addInsert(reader, after, pending);
    }
    for (const column of this.followedColumns.get(table) ?? [])
      if (before[column] !== after[column]) this.markReached(this.cascades.onUpdate, table, pending);
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

function addInsert({ table, recordId }: RowReader, after: RowImage, pending: PendingTransaction): void {
  pending.add({ table, id: recordId(after), kind: 'insert', before: null, after });
  if (table === ACTIVITY_TABLE) pending.actor ??= decodeActor(after);
}

function addDelete({ table, recordId }: RowReader, before: RowImage, pending: PendingTransaction): void {
  pending.add({ table, id: recordId(before), kind: 'delete', before, after: null });
}
