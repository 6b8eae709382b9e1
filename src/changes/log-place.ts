import type { LogEvent } from './log/decode-event.ts';
import { FIRST_OFFSET, holdsPosition, type LogFile } from './log-extent.ts';
import type { LogPosition } from './log-position.ts';

const HEADER_BYTES = 19;
const FLAGS_AT = 17;
const TAIL_BYTES = 16;

/**
 * How far the log was read, and what proves that a link goes on in the same log: another server, or one whose logs were
 * reset, has the same names of files and grows past the same offsets. A link is asked to begin with the event that was
 * read last, and must bring the same one; and the file's format must have been written at the same second by the same server.
 */
export class LogPlace {
  readonly position: LogPosition;
  /** Where a link is to begin. */
  readonly from: LogPosition;
  private readonly birth: string | null;
  private readonly lastEvent: string | null;

  private constructor(
    position: LogPosition,
    from: LogPosition,
    birth: string | null,
    lastEvent: string | null,
  ) {
    this.position = position;
    this.from = from;
    this.birth = birth;
    this.lastEvent = lastEvent;
  }

  /** A place of which nothing is known yet. */
  static at(position: LogPosition): LogPlace {
    return new LogPlace(position, position, null, null);
  }

  /** The place behind an event that ends at `position`. */
  after(event: LogEvent, bytes: Buffer, position: LogPosition): LogPlace {
    if (event.kind === 'rotate') return event.isArtificial ? this : LogPlace.at(position);
    const birth = event.kind === 'format' ? birthOf(bytes) : this.birth;
    if (event.isArtificial || event.nextPosition === 0 || event.kind === 'heartbeat')
      return new LogPlace(this.position, this.from, birth, this.lastEvent);
    const from = { file: position.file, offset: position.offset - event.size };
    return from.offset < FIRST_OFFSET
      ? LogPlace.at(position)
      : new LogPlace(position, from, birth, printOf(bytes));
  }

  /** Whether the log may hold what follows. */
  isHeldBy(files: readonly LogFile[]): boolean {
    return holdsPosition(files, this.position);
  }

  /** What the first events of a link that begins here say of it: null where they say nothing yet. */
  judge(event: LogEvent, bytes: Buffer): 'same' | 'other' | null {
    if (event.kind === 'rotate' || event.kind === 'heartbeat') return null;
    const isBegin = event.kind === 'format' && this.lastEvent !== null && event.nextPosition === 0;
    if (event.kind === 'format' && this.birth !== null && this.birth !== birthOf(bytes)) return 'other';
    if (this.lastEvent === null) return 'same';
    if (isBegin || event.isArtificial) return null;
    return this.lastEvent === printOf(bytes) ? 'same' : 'other';
  }

  /** Whether an event that proved the place was read before. */
  get beginsWithKnownEvent(): boolean {
    return this.lastEvent !== null;
  }
}

/** When a file was begun, and by which server. */
function birthOf(bytes: Buffer): string {
  return `${bytes.readUInt32LE(0)}-${bytes.readUInt32LE(5)}`;
}

/** An event's header but its flags, which change when its file is closed, and its end, where its checksum is. */
function printOf(bytes: Buffer): string {
  const tail = bytes.subarray(Math.max(HEADER_BYTES, bytes.length - TAIL_BYTES));
  return bytes.toString('hex', 0, FLAGS_AT) + tail.toString('hex');
}
