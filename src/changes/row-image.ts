import { type JsonValue, readValue } from '../database/column-value.ts';
import { encodeRecordId } from '../database/record-id.ts';
import type { Column, Table } from '../database/table.ts';
import type { LoggedRow } from './log-event.ts';
import type { RowImage } from './transaction.ts';

/** Turns the rows of one table as the log has them into what a SELECT gives; see {@link createRowReader}. */
export interface RowReader {
  readonly table: string;
  /** False: the log's columns are not the table's, or hold what the log does not tell; the rows cannot be read. */
  readonly complete: boolean;
  /** Puts one copy in the place of texts that are those of the row before: half the room of a backlog's rows. */
  shareTexts(row: Record<string, unknown>): void;
  read(row: LoggedRow): RowImage;
  recordId(row: LoggedRow): string;
  /** Whether an update left the record its id. */
  isSameRecord(before: LoggedRow, after: LoggedRow): boolean;
}

/** A reader of rows with these columns, as the log's table map names them. */
export function createRowReader(table: Table, loggedColumns: readonly string[]): RowReader {
  const columns = table.columns.filter(({ name }) => loggedColumns.includes(name));
  const readers = columns.map((column) => ({ name: column.name, read: rememberLast(valueReader(column)) }));
  const keyReaders = readers.filter(({ name }) => table.key.includes(name));
  keyReaders.sort((a, b) => table.key.indexOf(a.name) - table.key.indexOf(b.name));
  const recordId = (row: LoggedRow) => encodeRecordId(keyReaders.map(({ name, read }) => read(row[name])));
  return {
    table: table.name,
    complete: table.columns.every(
      (column) => isTold(column) && (column.generated || columns.includes(column)),
    ),
    shareTexts: createTextSharer(columns),
    read: (row) => {
      const image: Record<string, JsonValue> = {};
      for (const { name, read } of readers) image[name] = read(row[name]);
      return image;
    },
    recordId,
    isSameRecord: (before, after) =>
      keyReaders.every(({ name }) => before[name] === after[name]) || recordId(before) === recordId(after),
  };
}

function createTextSharer(columns: readonly Column[]): (row: Record<string, unknown>) => void {
  const last: Record<string, unknown> = Object.fromEntries(columns.map(({ name }) => [name, null]));
  const names = Object.keys(last);
  return (row) => {
    for (const name of names) {
      const value = row[name];
      if (typeof value !== 'string') continue;
      if (value === last[name]) row[name] = last[name];
      else last[name] = value;
    }
  };
}

/** Of these, the reader of the log keeps neither type nor order. */
function isTold(column: Column): boolean {
  return column.kind !== 'geometry' || column.sqlType in GEOMETRY_TEXT;
}

function valueReader(column: Column): (raw: unknown) => JsonValue {
  const toRaw = rawReader(column);
  return (raw) =>
    raw === null || raw === undefined ? absentValue(column, raw) : readValue(column, toRaw(raw));
}

/** Rows of one statement often hold the same times, words and amounts; one copy of each is read, and kept. */
function rememberLast(read: (raw: unknown) => JsonValue): (raw: unknown) => JsonValue {
  let lastText: string | null = null;
  let lastValue: JsonValue = null;
  return (raw) => {
    if (typeof raw !== 'string') return read(raw);
    if (raw !== lastText) {
      lastText = raw;
      lastValue = read(raw);
    }
    return lastValue;
  };
}

// ENUM's value 0, which a lax session can store, has no member; a SELECT shows it as an empty string.
function absentValue(column: Column, raw: null | undefined): JsonValue {
  return column.kind === 'enum' && raw === undefined ? '' : null;
}

/** From the log reader's value to what the server answers to a SELECT, see read-rows.ts. */
function rawReader(column: Column): (raw: unknown) => unknown {
  switch (column.kind) {
    case 'boolean':
    case 'bit':
      return (raw) => (Buffer.isBuffer(raw) ? bigEndian(raw) : raw);
    case 'float':
      return column.sqlType.startsWith('float') ? (raw) => readFloat(column, Number(raw)) : (raw) => raw;
    case 'year':
      return (raw) => (raw === 1900 ? 0 : raw);
    case 'blob':
      return (raw) => Buffer.byteLength(raw as Buffer | string);
    case 'string':
      return (raw) => (Buffer.isBuffer(raw) ? readBytes(column, raw) : raw);
    case 'geometry':
      return (raw) => GEOMETRY_TEXT[column.sqlType]?.(raw as never);
    case 'time':
      return (raw) => carryTime(String(raw));
    case 'integer':
      return unsignedWhereWide(column);
    default:
      return (raw) => raw;
  }
}

function bigEndian(bytes: Buffer): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${bytes.toString('hex')}`);
}

/** A server without full row metadata may not tell that a BIGINT has no sign. */
function unsignedWhereWide(column: Column): (raw: unknown) => unknown {
  if (!column.unsigned || !column.wide) return (raw) => raw;
  return (raw) => (String(raw).startsWith('-') ? BigInt.asUintN(64, BigInt(String(raw))) : raw);
}

/** The log reader forgets to carry below zero: its '-11:63:64' is '-12:00:00'. */
function carryTime(text: string): string {
  const [, hours = '', minutes = '', fraction = ''] = /^-(\d+):(\d+):64(.*)$/.exec(text) ?? [];
  if (hours === '') return text;
  const total = Number(hours) * 60 + (Number(minutes) === 63 ? 60 : Number(minutes) + 1);
  const digits = (value: number) => String(value).padStart(2, '0');
  return `-${digits(Math.floor(total / 60))}:${digits(total % 60)}:00${fraction}`;
}

// FLOAT has 24 bits; both servers print six digits of it, or the declared number of decimals.
function readFloat(column: Column, value: number): number {
  const decimals = /\(\d+,(\d+)\)/.exec(column.sqlType)?.[1];
  return decimals ? Number(value.toFixed(Number(decimals))) : Number(value.toPrecision(6));
}

// MariaDB's types of its own: with full row metadata they come as the bytes they are stored as.
function readBytes(column: Column, bytes: Buffer): string {
  const hex = (length: number) => Buffer.concat([bytes, Buffer.alloc(length)]).toString('hex', 0, length);
  switch (column.sqlType) {
    case 'uuid':
      return hex(16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    case 'inet4':
      return [...Buffer.from(hex(4), 'hex')].join('.');
    case 'inet6':
      return readInet6(hex(16));
    default:
      return bytes.toString('utf8');
  }
}

function readInet6(hex: string): string {
  const groups = hex.match(/.{4}/g) ?? [];
  const text = new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
  const isMapped = /^(?:0{20}ffff|0{24}(?!0000))/.test(hex) && !/^0{31}[01]$/.test(hex);
  if (!isMapped) return text;
  const tail = [...Buffer.from(hex.slice(24), 'hex')].join('.');
  return /^0{20}ffff/.test(hex) ? `::ffff:${tail}` : `::${tail}`;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

const pointText = ({ x, y }: Point) => `${x} ${y}`;
const lineText = (points: readonly Point[]) => `(${points.map(pointText).join(',')})`;
const GEOMETRY_TEXT: Readonly<Record<string, (value: never) => string>> = {
  point: (value: Point) => `POINT(${pointText(value)})`,
  linestring: (value: readonly Point[]) => `LINESTRING${lineText(value)}`,
  polygon: (value: readonly (readonly Point[])[]) => `POLYGON(${value.map(lineText).join(',')})`,
};
