import type { LoggedRow } from './log-event.ts';
import type { RowReader } from './row-image.ts';
import type { Change, RowImage } from './transaction.ts';

/** A change that is read from the log's form when it is first asked for: of a backlog, hardly any is. */
export class LoggedChange implements Change {
  private readonly reader: RowReader;
  /** As logged, and as read from then on. */
  private beforeRow: LoggedRow | null;
  private afterRow: LoggedRow | null;
  private readId: string | null = null;
  private isRead = false;

  constructor(reader: RowReader, before: LoggedRow | null, after: LoggedRow | null) {
    this.reader = reader;
    this.beforeRow = before;
    this.afterRow = after;
  }

  get table(): string {
    return this.reader.table;
  }

  get kind(): Change['kind'] {
    if (this.beforeRow === null) return 'insert';
    return this.afterRow === null ? 'delete' : 'update';
  }

  get id(): string {
    this.readId ??= this.reader.recordId(this.afterRow ?? this.beforeRow ?? {});
    return this.readId;
  }

  get before(): RowImage | null {
    this.read();
    return this.beforeRow as RowImage | null;
  }

  get after(): RowImage | null {
    this.read();
    return this.afterRow as RowImage | null;
  }

  private read(): void {
    if (this.isRead) return;
    this.readId = this.id;
    this.beforeRow &&= this.reader.read(this.beforeRow);
    this.afterRow &&= this.reader.read(this.afterRow);
    this.isRead = true;
  }
}
