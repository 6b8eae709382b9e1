import { decodeDecimal } from './decode-decimal.ts';
import { packedDateTimeText } from './decode-time.ts';

const SMALL_OBJECT = 0;
const LARGE_OBJECT = 1;
const SMALL_ARRAY = 2;
const LARGE_ARRAY = 3;
const LITERAL = 4;
const INT16 = 5;
const UINT16 = 6;
const INT32 = 7;
const UINT32 = 8;
const INT64 = 9;
const UINT64 = 10;
const DOUBLE = 11;
const STRING = 12;
const OPAQUE = 15;

const LITERALS = ['null', 'true', 'false'];

/**
 * The text of a document in MySQL's binary form (sql-common/json_binary.h), as the server prints it: keys in their
 * stored order, `, ` and `: ` between. Throws where it is not one.
 */
export function decodeJson(bytes: Buffer): string {
  // A document of no bytes is what a lax INSERT IGNORE leaves.
  if (bytes.length === 0) return 'null';
  return decodeValue(bytes.readUInt8(0), bytes.subarray(1));
}

function decodeValue(type: number, body: Buffer): string {
  switch (type) {
    case SMALL_OBJECT:
    case LARGE_OBJECT:
      return decodeObject(body, type === LARGE_OBJECT);
    case SMALL_ARRAY:
    case LARGE_ARRAY:
      return decodeArray(body, type === LARGE_ARRAY);
    case INT64:
      return body.readBigInt64LE(0).toString();
    case UINT64:
      return body.readBigUInt64LE(0).toString();
    case DOUBLE:
      return doubleText(body.readDoubleLE(0));
    case STRING:
      return JSON.stringify(readSized(body).toString('utf8'));
    case OPAQUE:
      return decodeOpaque(body.readUInt8(0), readSized(body.subarray(1)));
    default:
      return decodeInlined(type, body, 0);
  }
}

/** Small values stand in the place of their offset. */
function decodeInlined(type: number, bytes: Buffer, at: number): string {
  switch (type) {
    case LITERAL:
      return LITERALS[bytes.readUInt8(at)] ?? 'null';
    case INT16:
      return String(bytes.readInt16LE(at));
    case UINT16:
      return String(bytes.readUInt16LE(at));
    case INT32:
      return String(bytes.readInt32LE(at));
    case UINT32:
      return String(bytes.readUInt32LE(at));
    default:
      throw new Error(`A document holds a value of unknown type ${type}.`);
  }
}

function isInlined(type: number, isLarge: boolean): boolean {
  return (
    type === LITERAL || type === INT16 || type === UINT16 || (isLarge && (type === INT32 || type === UINT32))
  );
}

/** `entries`: where the types and offsets of the values begin. */
function decodeElement(body: Buffer, entries: number, index: number, isLarge: boolean): string {
  const width = isLarge ? 4 : 2;
  const at = entries + index * (1 + width);
  const type = body.readUInt8(at);
  if (isInlined(type, isLarge)) return decodeInlined(type, body, at + 1);
  return decodeValue(type, body.subarray(body.readUIntLE(at + 1, width)));
}

function decodeArray(body: Buffer, isLarge: boolean): string {
  const width = isLarge ? 4 : 2;
  const count = body.readUIntLE(0, width);
  const elements = Array.from({ length: count }, (_, index) =>
    decodeElement(body, 2 * width, index, isLarge),
  );
  return `[${elements.join(', ')}]`;
}

function decodeObject(body: Buffer, isLarge: boolean): string {
  const width = isLarge ? 4 : 2;
  const count = body.readUIntLE(0, width);
  const values = 2 * width + count * (width + 2);
  const members = Array.from({ length: count }, (_, index) => {
    const key = 2 * width + index * (width + 2);
    const start = body.readUIntLE(key, width);
    const name = body.toString('utf8', start, start + body.readUInt16LE(key + width));
    return `${JSON.stringify(name)}: ${decodeElement(body, values, index, isLarge)}`;
  });
  return `{${members.join(', ')}}`;
}

/** Contents after their length, of which each byte carries seven bits, the lowest first. */
function readSized(bytes: Buffer): Buffer {
  let length = 0;
  let at = 0;
  for (let byte = 0x80; (byte & 0x80) !== 0; at++) {
    byte = bytes.readUInt8(at);
    length += (byte & 0x7f) * 128 ** at;
  }
  return bytes.subarray(at, at + length);
}

/** With an exponent below 1e-15, and for whole numbers from 1e15 on: other than JavaScript does (MySQL's strings/dtoa.cc, `my_gcvt`). */
function doubleText(value: number): string {
  const [mantissa = '', exponent] = value.toExponential().split('e');
  const power = Number(exponent);
  const digits = mantissa.replace(/[-.]/g, '');
  const isWhole = digits.length <= power + 1;
  if (power < -15 || (power > 14 && isWhole)) return `${mantissa}e${power}`;
  if (power >= 0) return isWhole ? `${value}.0` : String(value);
  return `${value < 0 ? '-' : ''}0.${'0'.repeat(-power - 1)}${digits}`;
}

const NEWDECIMAL = 246;
const DATE = 10;
const TIME = 11;
const TIMES = new Set([7, DATE, 12]);

/** A value that SQL put into a document. */
function decodeOpaque(type: number, bytes: Buffer): string {
  if (type === NEWDECIMAL) return decodeDecimal(bytes, 2, bytes.readUInt8(0), bytes.readUInt8(1));
  if (type === TIME) return JSON.stringify(packedTimeText(bytes));
  if (TIMES.has(type)) {
    const text = packedDateTimeText(bytes.readUIntLE(3, 5) % 0x80_0000_0000);
    return JSON.stringify(
      type === DATE ? text.slice(0, 10) : `${text}.${fractionText(bytes.readUIntLE(0, 3))}`,
    );
  }
  return JSON.stringify(`base64:type${type}:${bytes.toString('base64')}`);
}

function packedTimeText(bytes: Buffer): string {
  const value = bytes.readBigInt64LE(0);
  const size = value < 0n ? -value : value;
  const clock = Number(size >> 24n);
  const two = (part: number) => String(part).padStart(2, '0');
  const text = `${two(clock >> 12)}:${two((clock >> 6) & 63)}:${two(clock & 63)}`;
  return `${value < 0n ? '-' : ''}${text}.${fractionText(Number(size & 0xff_ffffn))}`;
}

function fractionText(microseconds: number): string {
  return String(microseconds).padStart(6, '0');
}
