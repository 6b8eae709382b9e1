import { toBlobForm } from '../../database/bytes-value.ts';
import type { Column, ColumnKind } from '../../database/table.ts';
import { createTextDecoder } from './charset.ts';
import { decodeDecimal } from './decode-decimal.ts';
import { decodeGeometry } from './decode-geometry.ts';
import { decodeJson } from './decode-json.ts';
import {
  decodeDate,
  decodeDateTime,
  decodeOldDateTime,
  decodeOldTime,
  decodeTime,
  decodeTimestamp,
  timestampText,
} from './decode-time.ts';
import { inflateValue } from './inflate.ts';
import { readServerType } from './server-type.ts';
import type { LoggedColumn } from './table-map.ts';

/** Reads the value whose contents are `length` bytes from `at`, as the driver answers it to a SELECT. */
export type ValueReader = (bytes: Buffer, at: number, length: number) => unknown;

const INTEGERS: readonly ColumnKind[] = ['integer', 'boolean'];
const TEXTS: readonly ColumnKind[] = ['string', 'text', 'json'];
/** Of VARCHAR, TEXT, CHAR and their binary like; of VECTOR, and of what MariaDB compresses. */
const STRING_TYPES = new Set([15, 140, 141, 242, 252, 253, 254]);

/** A reader of a column's logged values; null where the log's type is not the column's, or cannot be read. */
export function createValueReader(column: Column, { type, metadata }: LoggedColumn): ValueReader | null {
  const [first, second] = metadata;
  const of = (kinds: readonly ColumnKind[], read: ValueReader | null) =>
    kinds.includes(column.kind) ? read : null;
  switch (type) {
    case 1:
    case 2:
    case 3:
    case 9:
      return of(INTEGERS, (bytes, at, length) =>
        column.unsigned ? bytes.readUIntLE(at, length) : bytes.readIntLE(at, length),
      );
    case 8:
      return of(INTEGERS, (bytes, at) =>
        column.unsigned ? bytes.readBigUInt64LE(at) : bytes.readBigInt64LE(at),
      );
    case 4:
      return of(['float'], (bytes, at) => bytes.readFloatLE(at));
    case 5:
      return of(['float'], (bytes, at) => bytes.readDoubleLE(at));
    case 13:
      return of(['year'], (bytes, at) => (bytes[at] === 0 ? 0 : 1900 + bytes.readUInt8(at)));
    case 16:
      return of(['bit', 'boolean'], (bytes, at, length) =>
        BigInt(`0x${bytes.toString('hex', at, at + length)}`),
      );
    case 246:
      return of(['decimal'], (bytes, at) => decodeDecimal(bytes, at, first, second));
    case 247:
      return of(['enum'], (bytes, at, length) => column.values[bytes.readUIntLE(at, length) - 1] ?? '');
    case 248:
      return of(['set'], (bytes, at, length) => readMembers(column, bytes, at, length));
    case 245:
      return of(['json'], (bytes, at, length) => decodeJson(bytes.subarray(at, at + length)));
    case 255:
      return of(['geometry'], (bytes, at, length) => decodeGeometry(bytes.subarray(at, at + length)));
    default:
      return createTimeReader(column, type, first) ?? createTextReader(column, type);
  }
}

function createTimeReader(column: Column, type: number, digits: number): ValueReader | null {
  const isWhole = !column.scale;
  switch (type) {
    case 10:
    case 14:
      return column.kind === 'date' ? decodeDate : null;
    case 17:
      return column.kind === 'datetime' ? (bytes, at) => decodeTimestamp(bytes, at, digits) : null;
    case 18:
      return column.kind === 'datetime' ? (bytes, at) => decodeDateTime(bytes, at, digits) : null;
    case 19:
      return column.kind === 'time' ? (bytes, at) => decodeTime(bytes, at, digits) : null;
    case 7:
      return column.kind === 'datetime' && isWhole
        ? (bytes, at) => timestampText(bytes.readUInt32LE(at))
        : null;
    case 11:
      return column.kind === 'time' && isWhole ? decodeOldTime : null;
    case 12:
      return column.kind === 'datetime' && isWhole ? decodeOldDateTime : null;
    default:
      return null;
  }
}

/** Of strings of any length: text in the column's character set, bytes, and MariaDB's types that are kept as bytes. */
function createTextReader(column: Column, type: number): ValueReader | null {
  if (!STRING_TYPES.has(type)) return null;
  const isCompressed = type === 140 || type === 141;
  const contents = (bytes: Buffer, at: number, length: number) =>
    isCompressed ? inflateValue(bytes.subarray(at, at + length)) : bytes.subarray(at, at + length);
  if (column.kind === 'blob') return (bytes, at, length) => toBlobForm(contents(bytes, at, length));
  if (column.kind === 'binary') return (bytes, at, length) => padBinary(column, contents(bytes, at, length));
  const readServerValue = readServerType(column.sqlType);
  if (readServerValue) return (bytes, at, length) => readServerValue(contents(bytes, at, length));
  const decode = createTextDecoder(column.collation);
  if (!decode || !TEXTS.includes(column.kind)) return null;
  return (bytes, at, length) => decode(contents(bytes, at, length));
}

/** The log leaves out the zeros at the end of a BINARY. */
function padBinary(column: Column, bytes: Buffer): Buffer {
  const length = column.sqlType.startsWith('binary') ? (column.maxLength ?? 0) : 0;
  return bytes.length >= length ? bytes : Buffer.concat([bytes, Buffer.alloc(length - bytes.length)]);
}

function readMembers(column: Column, bytes: Buffer, at: number, length: number): string {
  const bits = BigInt(
    `0x${Buffer.from(bytes.subarray(at, at + length))
      .reverse()
      .toString('hex')}`,
  );
  return column.values.filter((_, index) => (bits >> BigInt(index)) & 1n).join(',');
}
