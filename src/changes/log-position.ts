/** A place in the server's binary log, between two events. */
export interface LogPosition {
  readonly file: string;
  /** In bytes from the file's begin. */
  readonly offset: number;
}

/** The number in a log file's name: `binlog.000042` is 42. */
export function logFileNumber(file: string): number {
  return Number(file.slice(file.lastIndexOf('.') + 1));
}

/** Negative where `a` lies before `b`. */
export function comparePositions(a: LogPosition, b: LogPosition): number {
  return logFileNumber(a.file) - logFileNumber(b.file) || a.offset - b.offset;
}

/**
 * The cursor of a commit: strings in the order of the commits, the same on every node. The commit's second tells it
 * from another one at the same place after the server's logs were reset.
 */
export function encodeCursor(position: LogPosition, committedAtMs: number): string {
  const file = String(logFileNumber(position.file)).padStart(10, '0');
  return `${file}-${String(position.offset).padStart(13, '0')}-${Math.floor(committedAtMs / 1000).toString(36)}`;
}
