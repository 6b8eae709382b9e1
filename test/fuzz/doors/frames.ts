import { randomBytes } from 'node:crypto';

const MASKED = 0x80;
const FINAL = 0x80;
export const TEXT = 0x1;

/** A WebSocket frame from a client (RFC 6455, section 5.2), masked as the standard demands. */
export function encodeFrame(payload: Buffer, opcode = TEXT): Buffer {
  const mask = randomBytes(4);
  const masked = payload.map((byte, index) => byte ^ (mask[index % 4] as number));
  return Buffer.concat([encodeHead(payload.length, opcode), mask, masked]);
}

function encodeHead(length: number, opcode: number): Buffer {
  if (length < 126) return Buffer.from([FINAL | opcode, MASKED | length]);
  if (length < 65_536) return Buffer.from([FINAL | opcode, MASKED | 126, length >> 8, length & 0xff]);
  const head = Buffer.alloc(10);
  head.set([FINAL | opcode, MASKED | 127]);
  head.writeBigUInt64BE(BigInt(length), 2);
  return head;
}

/** The payloads of the server's whole frames at the beginning of `bytes`, and what is left. */
export function decodeFrames(bytes: Buffer): { readonly payloads: Buffer[]; readonly rest: Buffer } {
  const payloads: Buffer[] = [];
  let at = 0;
  for (;;) {
    const head = decodeHead(bytes, at);
    if (head === null || head.end > bytes.length) return { payloads, rest: bytes.subarray(at) };
    payloads.push(bytes.subarray(head.start, head.end));
    at = head.end;
  }
}

function decodeHead(bytes: Buffer, at: number): { start: number; end: number } | null {
  if (bytes.length < at + 10) return decodeShortHead(bytes, at);
  const length = (bytes[at + 1] as number) & 0x7f;
  if (length < 126) return { start: at + 2, end: at + 2 + length };
  if (length === 126) return { start: at + 4, end: at + 4 + bytes.readUInt16BE(at + 2) };
  return { start: at + 10, end: at + 10 + Number(bytes.readBigUInt64BE(at + 2)) };
}

function decodeShortHead(bytes: Buffer, at: number): { start: number; end: number } | null {
  const length = bytes.length < at + 2 ? 127 : (bytes[at + 1] as number) & 0x7f;
  return length < 126 ? { start: at + 2, end: at + 2 + length } : null;
}
