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

const UINT32 = 2 ** 32;

/** Where an event ends that tells the lower 32 bits of it; 0 and places passed before are those of no event. */
export function advance(position: LogPosition, nextPosition: number): LogPosition {
  if (nextPosition === 0) return position;
  const { file, offset } = position;
  const near = Math.floor(offset / UINT32) * UINT32 + nextPosition;
  const next = near < offset - UINT32 / 2 ? near + UINT32 : near;
  return next > offset ? { file, offset: next } : position;
}

/**
 * The cursor of a commit: strings in the order of the commits, the same on every node. The commit's second tells it
 * from another one at the same place after the server's logs were reset, the server's identity from those of others.
 */
export function encodeCursor(position: LogPosition, committedAtMs: number, identity: string): string {
  const file = String(logFileNumber(position.file)).padStart(10, '0');
  const second = Math.floor(committedAtMs / 1000).toString(36);
  return `${file}-${String(position.offset).padStart(13, '0')}-${second}-${identity}`;
}
