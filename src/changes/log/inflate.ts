import * as zlib from 'node:zlib';
import { inflateRawSync, inflateSync } from 'node:zlib';
import { decompress } from 'fzstd';
import { readLengthEncoded } from './bytes.ts';

/** A compressed transaction that holds more is not unpacked: the process would stand still meanwhile. */
const MAX_PAYLOAD_BYTES = 32 * 1024 * 1024;

// Node has it from 22.15 on.
const { zstdDecompressSync } = zlib as { zstdDecompressSync?: (bytes: Buffer) => Buffer };

/**
 * MariaDB's envelope of a compressed event: a byte with the method (bits 4 to 6, of which 0 is zlib) and the width of
 * the length that follows (bits 0 to 2), then the stream. Throws where it is not one.
 */
export function inflateEvent(envelope: Buffer): Buffer {
  const head = envelope.readUInt8(0);
  if ((head & 0xf0) !== 0x80) throw new Error(`An event is compressed by an unknown method (${head}).`);
  return inflateSync(envelope.subarray(1 + (head & 0x07)));
}

/** A value of a MariaDB column declared COMPRESSED (sql/field.cc, `Field_longstr::uncompress`). */
export function inflateValue(stored: Buffer): Buffer {
  if (stored.length === 0) return stored;
  const head = stored.readUInt8(0);
  const method = head >> 4;
  if (method === 0) return stored.subarray(1);
  if (method !== 8) throw new Error(`A value is compressed by an unknown method (${method}).`);
  const stream = stored.subarray(1 + (head & 0x07));
  return (head & 0x08) === 0 ? inflateSync(stream) : inflateRawSync(stream);
}

/**
 * The events within MySQL's TRANSACTION_PAYLOAD_EVENT, one after the other, each with its header; null where they take
 * more room than is read at once. Its fields are (type, length, value), the last of type 0; the rest is the payload.
 */
export function inflatePayload(body: Buffer): Buffer | null {
  const fields = new Map<number, number>();
  let at = 0;
  for (;;) {
    const type = readLengthEncoded(body, at);
    if (type.value === 0) {
      at = type.next;
      break;
    }
    const length = readLengthEncoded(body, type.next);
    fields.set(type.value, readLengthEncoded(body, length.next).value);
    at = length.next + length.value;
  }
  const payload = body.subarray(at);
  const compression = fields.get(2) ?? 0;
  if (Math.max(fields.get(3) ?? 0, payload.length) > MAX_PAYLOAD_BYTES) return null;
  if (compression === 255) return payload;
  if (compression !== 0)
    throw new Error(`A transaction is compressed by an unknown method (${compression}).`);
  return zstdDecompressSync ? zstdDecompressSync(payload) : Buffer.from(decompress(payload));
}
