import { crc32 } from 'node:zlib';
import type { LogPosition } from '../log-position.ts';
import { readLengthEncoded } from './bytes.ts';
import { EVENT_TYPES, type EventType, isCompressedType, isSecondVersion } from './event-types.ts';
import { inflateEvent, inflatePayload } from './inflate.ts';

const HEADER_BYTES = 19;
const CHECKSUM_BYTES = 4;
/** An event that readers may pass over where they do not know it. */
const IGNORABLE_FLAG = 0x80;
/** Of an event that the server made for this reader: it stands in no file. */
const ARTIFICIAL_FLAG = 0x20;
const STANDALONE_FLAG = 1;
const SQL_MODE_VARIABLE = 1;
const FLAGS_VARIABLE = 0;
const ANSI_QUOTES = 0x4;
const NO_BACKSLASH_ESCAPES = 0x100000;

/** A statement as text, and how its quotes are to be read. */
export interface LoggedStatement {
  /** The schema that was chosen when it ran. */
  readonly schema: string;
  readonly sql: string;
  /** Whether "…" is a name, and not a string. */
  readonly ansiQuotes: boolean;
  readonly backslashEscapes: boolean;
}

/** The rows of one table that one event tells. */
export interface RowsEvent {
  readonly kind: 'rows';
  readonly change: 'insert' | 'update' | 'delete';
  readonly tableId: number;
  readonly columnCount: number;
  /** A bit for each column that the images hold; of updates: that the images before hold. */
  readonly present: Buffer;
  /** The same of an update's images after; else `present`. */
  readonly presentAfter: Buffer;
  /** The row images, one after the other; compressed or not. */
  readonly images: Buffer;
  readonly isCompressed: boolean;
}

export type LogEventBody =
  | RowsEvent
  /** How events of this file end. */
  | { readonly kind: 'format'; readonly hasChecksums: boolean }
  | { readonly kind: 'rotate'; readonly to: LogPosition }
  /** A transaction begins; `standalone`: one statement without a commit marker, known of MariaDB alone. */
  | { readonly kind: 'begin'; readonly standalone: boolean | null }
  | ({ readonly kind: 'statement'; readonly isLoad: boolean } & LoggedStatement)
  | { readonly kind: 'commit' }
  | { readonly kind: 'xa_prepare'; readonly onePhase: boolean; readonly xid: string }
  | { readonly kind: 'table_map'; readonly tableId: number; readonly map: Buffer }
  | { readonly kind: 'partial_update'; readonly tableId: number }
  /** A whole transaction; null where it holds more than is read. */
  | { readonly kind: 'payload'; readonly events: LogEvent[] | null }
  | { readonly kind: 'heartbeat' | 'ignored' }
  /** It may have changed anything. */
  | { readonly kind: 'lost'; readonly name: string };

export type LogEvent = LogEventBody & {
  /** Of the event's header: whole seconds, in milliseconds since 1970. */
  readonly timestampMs: number;
  /** The lower 32 bits of where the event ends in its file; 0 where the server does not tell. */
  readonly nextPosition: number;
  readonly isArtificial: boolean;
  /** In the log. */
  readonly size: number;
};

/**
 * Decodes one event as the server sends it. `hasChecksums`: whether the file's format says that events end with one. A
 * format description always ends with one; of a rotation, which may belong to either of two files, it is looked at.
 */
export function decodeLogEvent(bytes: Buffer, hasChecksums: boolean): LogEvent {
  const code = bytes.readUInt8(4);
  const flags = bytes.readUInt16LE(17);
  const known = EVENT_TYPES.get(code);
  const type: EventType = known ?? {
    name: `event type ${code}`,
    meaning: flags & IGNORABLE_FLAG ? 'ignored' : 'lost',
  };
  const endsWithChecksum =
    type.meaning === 'rotate' ? isChecksummed(bytes) : type.meaning === 'format' || hasChecksums;
  const end = bytes.length - (endsWithChecksum ? CHECKSUM_BYTES : 0);
  return {
    ...decodeBody(type, code, bytes.subarray(HEADER_BYTES, end)),
    timestampMs: bytes.readUInt32LE(0) * 1000,
    nextPosition: bytes.readUInt32LE(13),
    isArtificial: (flags & ARTIFICIAL_FLAG) !== 0,
    size: bytes.length,
  };
}

function isChecksummed(bytes: Buffer): boolean {
  const end = bytes.length - CHECKSUM_BYTES;
  return end > HEADER_BYTES && crc32(bytes.subarray(0, end)) === bytes.readUInt32LE(end);
}

function decodeBody({ name, meaning }: EventType, code: number, body: Buffer): LogEventBody {
  switch (meaning) {
    case 'format':
      // Before its own checksum: the algorithm, of which 0 is none.
      return { kind: 'format', hasChecksums: body.readUInt8(body.length - 1) !== 0 };
    case 'rotate':
      return {
        kind: 'rotate',
        to: { file: body.toString('utf8', 8), offset: Number(body.readBigUInt64LE(0)) },
      };
    case 'begin':
      return { kind: 'begin', standalone: null };
    case 'mariadb_begin':
      return { kind: 'begin', standalone: (body.readUInt8(12) & STANDALONE_FLAG) !== 0 };
    case 'statement':
    case 'load_statement':
      return decodeStatement(body, meaning === 'load_statement', isCompressedType(code));
    case 'xa_prepare':
      return decodeXaPrepare(body);
    case 'table_map':
      return { kind: 'table_map', tableId: body.readUIntLE(0, 6), map: body.subarray(8) };
    case 'insert':
    case 'update':
    case 'delete':
      return decodeRows(meaning, body, code);
    case 'partial_update':
      return { kind: 'partial_update', tableId: body.readUIntLE(0, 6) };
    case 'payload':
      return { kind: 'payload', events: decodePayload(body) };
    case 'lost':
      return { kind: 'lost', name };
    default:
      return { kind: meaning };
  }
}

function decodeStatement(body: Buffer, isLoad: boolean, isCompressed: boolean): LogEventBody {
  const schemaLength = body.readUInt8(8);
  const variablesStart = isLoad ? 26 : 13;
  const schemaStart = variablesStart + body.readUInt16LE(11);
  const text = body.subarray(schemaStart + schemaLength + 1);
  const sqlMode = findSqlMode(body.subarray(variablesStart, schemaStart));
  return {
    kind: 'statement',
    isLoad,
    schema: body.toString('utf8', schemaStart, schemaStart + schemaLength),
    sql: (isCompressed ? inflateEvent(text) : text).toString('utf8'),
    ansiQuotes: (sqlMode & ANSI_QUOTES) !== 0,
    backslashEscapes: (sqlMode & NO_BACKSLASH_ESCAPES) === 0,
  };
}

/** Both servers write the flags first, and the mode next; only its lower half matters here. */
function findSqlMode(variables: Buffer): number {
  const at = variables[0] === FLAGS_VARIABLE ? 5 : 0;
  return variables[at] === SQL_MODE_VARIABLE && variables.length >= at + 9
    ? variables.readUInt32LE(at + 1)
    : 0;
}

function decodeXaPrepare(body: Buffer): LogEventBody {
  const gtridEnd = 13 + body.readUInt32LE(5);
  const bqualEnd = gtridEnd + body.readUInt32LE(9);
  const gtrid = body.toString('hex', 13, gtridEnd);
  const bqual = body.toString('hex', gtridEnd, bqualEnd);
  return {
    kind: 'xa_prepare',
    onePhase: body.readUInt8(0) !== 0,
    xid: xaKey(gtrid, bqual, body.readUInt32LE(1)),
  };
}

/** One key for a distributed transaction's id; its parts in hexadecimal. */
export function xaKey(gtrid: string, bqual: string, format: string | number): string {
  return `${gtrid},${bqual},${format}`.toLowerCase();
}

function decodeRows(change: RowsEvent['change'], body: Buffer, code: number): RowsEvent {
  const extraBytes = isSecondVersion(code) ? body.readUInt16LE(8) : 0;
  const { value: columnCount, next } = readLengthEncoded(body, 8 + extraBytes);
  const width = (columnCount + 7) >> 3;
  const presentEnd = next + width;
  const present = body.subarray(next, presentEnd);
  const presentAfter = change === 'update' ? body.subarray(presentEnd, presentEnd + width) : present;
  return {
    kind: 'rows',
    change,
    tableId: body.readUIntLE(0, 6),
    columnCount,
    present,
    presentAfter,
    images: body.subarray(change === 'update' ? presentEnd + width : presentEnd),
    isCompressed: isCompressedType(code),
  };
}

function decodePayload(body: Buffer): LogEvent[] | null {
  const payload = inflatePayload(body);
  if (!payload) return null;
  const events: LogEvent[] = [];
  for (let at = 0; at < payload.length; ) {
    const size = payload.readUInt32LE(at + 9);
    events.push(decodeLogEvent(payload.subarray(at, at + size), false));
    at += size;
  }
  return events;
}
