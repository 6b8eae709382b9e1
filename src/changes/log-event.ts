/** What we use of an event of @vlasky/zongji, by `getEventName()`. */
export interface LogEvent {
  getEventName(): string;
  /** Of the event's header: whole seconds, in milliseconds since 1970. */
  readonly timestamp: number;
  /** Where the event ends in its file; 0 where the server does not tell. */
  readonly nextPosition: number;
  readonly size: number;
}

export interface RotateEvent extends LogEvent {
  readonly binlogName: string;
  readonly position: number;
}

export interface QueryEvent extends LogEvent {
  /** The schema that was chosen when the statement ran. */
  readonly schema: string;
  readonly query: string;
}

export interface MariadbGtidEvent extends LogEvent {
  /** One statement without a commit marker. */
  readonly standalone: boolean;
}

export interface XaPrepareEvent extends LogEvent {
  readonly onePhase: boolean;
  readonly xidFormatId: number;
  readonly xidGtrid: Buffer;
  readonly xidBqual: Buffer;
}

export type LoggedRow = Readonly<Record<string, unknown>>;

export interface RowsEvent extends LogEvent {
  readonly tableId: number;
  readonly tableMap: Readonly<
    Record<
      number,
      { parentSchema: string; tableName: string; columns: readonly { name: string }[] } | undefined
    >
  >;
  readonly numberOfColumns: number;
  readonly rows: readonly (LoggedRow | { before: LoggedRow; after: LoggedRow })[];
  /** A bit for each column that the row images hold; of updates: the first of the two images. */
  readonly columns_present_bitmap: Buffer;
  readonly columns_present_bitmap2?: Buffer;
}

/** Whether the row images hold every column, as `binlog_row_image=FULL` makes them. */
export function hasFullImages(event: RowsEvent): boolean {
  const bitmaps = [event.columns_present_bitmap, event.columns_present_bitmap2];
  return bitmaps.every((bitmap) => bitmap === undefined || areBitsSet(bitmap, event.numberOfColumns));
}

/** The lowest bit comes first; those beyond the columns may be set or not. */
function areBitsSet(bitmap: Buffer, count: number): boolean {
  for (let bit = 0; bit < count; bit++) if (((bitmap[bit >> 3] ?? 0) & (1 << (bit & 7))) === 0) return false;
  return true;
}
