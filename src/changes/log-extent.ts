import type { Queryable, RowDataPacket } from '../database/pool.ts';
import { comparePositions, type LogPosition } from './log-position.ts';

/** Where a file's first event begins. */
export const FIRST_OFFSET = 4;

/** A file of the server's log. */
export interface LogFile {
  readonly file: string;
  readonly bytes: number;
}

/** The files of the server's log, oldest first. Needs REPLICATION CLIENT, on MariaDB BINLOG MONITOR. */
export async function findLogFiles(db: Queryable): Promise<LogFile[]> {
  const [rows] = await db.query<RowDataPacket[]>('SHOW BINARY LOGS');
  return rows.map((row) => ({ file: String(row.Log_name), bytes: Number(row.File_size) }));
}

/** Where the log ends now, by what the server tells of the file that it writes. */
export async function findLogEnd(db: Queryable, statement: string): Promise<LogPosition> {
  const [[status]] = await db.query<RowDataPacket[]>(statement);
  if (!status) throw new Error('The server writes no binary log.');
  return { file: String(status.File), offset: Number(status.Position) };
}

/** Where the log ends. */
export function logEnd(files: readonly LogFile[]): LogPosition {
  const last = files.at(-1);
  if (!last) throw new Error('The server has a binary log without files.');
  return { file: last.file, offset: last.bytes };
}

/** A reader can ask for no place behind it. */
const LAST_OFFSET = 2 ** 32 - 1;

/** Whether the log still holds what follows a position. */
export function holdsPosition(files: readonly LogFile[], { file, offset }: LogPosition): boolean {
  return (
    offset <= LAST_OFFSET && files.some((candidate) => candidate.file === file && offset <= candidate.bytes)
  );
}

/** The begin of the oldest file from which no more than `bytes` are to be read; the end where the newest has more. */
export function findRefillStart(files: readonly LogFile[], bytes: number): LogPosition {
  let start = logEnd(files);
  let total = 0;
  for (const { file, bytes: size } of [...files].reverse()) {
    total += size;
    if (total > bytes) break;
    start = { file, offset: FIRST_OFFSET };
  }
  return start;
}

/** Waits for a place in the log to be passed. */
export class PositionWaiters {
  private waiters: { target: LogPosition; done: () => void }[] = [];

  /** Resolves when `target` has been passed; rejects when that takes longer than `limitMs`. */
  async wait(reached: LogPosition, target: LogPosition, limitMs: number): Promise<void> {
    if (comparePositions(reached, target) >= 0) return;
    await new Promise<void>((resolve, reject) => {
      const waiter = { target, done: resolve };
      const limit = setTimeout(() => {
        this.waiters = this.waiters.filter((other) => other !== waiter);
        reject(new Error(`The log was not read to its end within ${limitMs / 1000} seconds.`));
      }, limitMs);
      waiter.done = () => {
        clearTimeout(limit);
        resolve();
      };
      this.waiters.push(waiter);
    });
  }

  pass(position: LogPosition): void {
    if (this.waiters.length === 0) return;
    const passed = this.waiters.filter(({ target }) => comparePositions(position, target) >= 0);
    this.waiters = this.waiters.filter((waiter) => !passed.includes(waiter));
    for (const { done } of passed) done();
  }
}
