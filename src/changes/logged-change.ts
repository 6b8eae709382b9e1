import type { LoggedRow } from './log-event.ts';
import type { RowReader } from './row-image.ts';
import type { Change, RowImage } from './transaction.ts';

/** A change whose rows are read from the log's form when they are first asked for: of a backlog, hardly any are. */
export class LoggedChange implements Change {
  readonly id: string;
  readonly kind: Change['kind'];
  private readonly reader: RowReader;
  private loggedBefore: LoggedRow | null;
  private loggedAfter: LoggedRow | null;
  private imageBefore: RowImage | null = null;
  private imageAfter: RowImage | null = null;

  constructor(reader: RowReader, id: string, before: LoggedRow | null, after: LoggedRow | null) {
    this.reader = reader;
    this.id = id;
    this.kind = before === null ? 'insert' : after === null ? 'delete' : 'update';
    this.loggedBefore = before;
    this.loggedAfter = after;
  }

  get table(): string {
    return this.reader.table;
  }

  get before(): RowImage | null {
    if (this.loggedBefore !== null) this.imageBefore = this.reader.read(this.loggedBefore);
    this.loggedBefore = null;
    return this.imageBefore;
  }

  get after(): RowImage | null {
    if (this.loggedAfter !== null) this.imageAfter = this.reader.read(this.loggedAfter);
    this.loggedAfter = null;
    return this.imageAfter;
  }
}
