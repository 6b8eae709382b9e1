import type { LoggedRow, RowReader } from './row-reader.ts';
import type { Change, RowImage } from './transaction.ts';

/** A change that is read from the log's form when it is first asked for: of a backlog, hardly any is. */
export class LoggedChange implements Change {
  readonly reader: RowReader;
  private beforeRow: LoggedRow | null;
  private afterRow: LoggedRow | null;
  private readId: string | null = null;
  private beforeImage: RowImage | null = null;
  private afterImage: RowImage | null = null;

  constructor(reader: RowReader, before: LoggedRow | null, after: LoggedRow | null) {
    this.reader = reader;
    this.beforeRow = before;
    this.afterRow = after;
    this.kind = before === null ? 'insert' : after === null ? 'delete' : 'update';
  }

  readonly kind: Change['kind'];

  get table(): string {
    return this.reader.table;
  }

  get id(): string {
    const row = this.afterRow ?? this.beforeRow;
    if (this.readId === null && row) this.readId = this.reader.recordId(row);
    return this.readId ?? '';
  }

  get before(): RowImage | null {
    this.read();
    return this.beforeImage;
  }

  get after(): RowImage | null {
    this.read();
    return this.afterImage;
  }

  /** The rows in the log's form, as long as nobody has read them. */
  get rows(): LoggedRow[] {
    return [this.beforeRow, this.afterRow].filter((row) => row !== null);
  }

  private read(): void {
    if (this.beforeRow === null && this.afterRow === null) return;
    this.readId = this.id;
    this.beforeImage = this.beforeRow && this.reader.read(this.beforeRow);
    this.afterImage = this.afterRow && this.reader.read(this.afterRow);
    this.beforeRow = null;
    this.afterRow = null;
  }
}
