import type { Column } from './table.ts';

/** Of a blob, so many bytes travel with its row: text may be that long. What is longer is downloaded. */
export const MOST_BLOB_BYTES = 64 * 1024;

/** What says how long a blob is, in the place of its bytes. */
const SIZE = /^\d+ bytes$/;
const HEX = /^0x(?:[0-9a-f]{2})*$/i;
// Text that people can read and type: no control characters but tabs and line ends, nothing that no script has.
const UNREADABLE = /[\p{Cs}\p{Co}\p{Cn}]|(?![\t\n\r])\p{Cc}/u;
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Bytes as text where they are readable UTF-8, else as `0x…` in hexadecimal; of a blob, as `12 bytes`. Text that looks
 * like one of these is written in hexadecimal, too, so that {@link parseBytes} makes the same bytes of what this makes.
 */
export function readBytes(column: Column, bytes: Buffer): string {
  const text = readText(isPadded(column) ? trimZeros(bytes) : bytes);
  if (text !== null && !/^0x/i.test(text) && !SIZE.test(text)) return text;
  return column.kind === 'blob' && text === null ? `${bytes.length} bytes` : `0x${bytes.toString('hex')}`;
}

/** Whether its bytes are a list of numbers, which no form can fill in. */
export function isVector({ sqlType }: Column): boolean {
  return sqlType.startsWith('vector');
}

/** A blob as `blobSql` selects it: its length, a colon, and its bytes where they are few enough. */
export function readBlob(column: Column, raw: Buffer): string {
  const colon = raw.indexOf(':');
  const length = Number(raw.toString('latin1', 0, colon));
  const bytes = raw.subarray(colon + 1);
  return bytes.length === length && !isVector(column) ? readBytes(column, bytes) : `${length} bytes`;
}

/** The same form of a blob that is at hand whole. */
export function toBlobForm(bytes: Buffer): Buffer {
  const shown = bytes.length > MOST_BLOB_BYTES ? bytes.subarray(0, 0) : bytes;
  return Buffer.concat([Buffer.from(`${bytes.length}:`), shown]);
}

/** The bytes that a text stands for, as the column would keep them; null where it stands for none. */
export function parseBytes(column: Column, text: string): Buffer | null {
  const isHex = /^0x/i.test(text);
  if ((isHex && !HEX.test(text)) || (column.kind === 'blob' && SIZE.test(text))) return null;
  const bytes = isHex ? Buffer.from(text.slice(2), 'hex') : Buffer.from(text, 'utf8');
  const missing = isPadded(column) ? (column.maxLength ?? 0) - bytes.length : 0;
  return missing > 0 ? Buffer.concat([bytes, Buffer.alloc(missing)]) : bytes;
}

/** BINARY is filled up with zeros. */
function isPadded({ sqlType }: Column): boolean {
  return sqlType.startsWith('binary');
}

function trimZeros(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  // Nothing but zeros is no empty text.
  return end === 0 ? bytes : bytes.subarray(0, end);
}

function readText(bytes: Buffer): string | null {
  try {
    const text = decoder.decode(bytes);
    return UNREADABLE.test(text) ? null : text;
  } catch {
    return null;
  }
}
