import { crc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { decodeLogEvent } from '../../../src/changes/log/decode-event.ts';
import { EVENT_TYPES } from '../../../src/changes/log/event-types.ts';
import { advance } from '../../../src/changes/log-position.ts';

const HEADER_BYTES = 19;

function encodeEvent(type: number, body: Buffer, flags = 0, hasChecksum = false): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32LE(1_760_000_000, 0);
  header.writeUInt8(type, 4);
  header.writeUInt32LE(HEADER_BYTES + body.length + (hasChecksum ? 4 : 0), 9);
  header.writeUInt32LE(777, 13);
  header.writeUInt16LE(flags, 17);
  const bytes = Buffer.concat([header, body]);
  if (!hasChecksum) return bytes;
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32LE(crc32(bytes));
  return Buffer.concat([bytes, checksum]);
}

describe('event types', () => {
  test('one that is passed over says why', () => {
    const ignored = [...EVENT_TYPES.values()].filter(({ meaning }) => meaning === 'ignored');
    expect(ignored.filter(({ reason }) => !reason)).toEqual([]);
  });

  test('one that nobody knows is a hole, unless the server says that readers may pass over it', () => {
    for (const type of [1, 12, 20, 43, 99, 172, 255]) {
      expect(decodeLogEvent(encodeEvent(type, Buffer.alloc(8)), false)).toMatchObject({ kind: 'lost' });
      expect(decodeLogEvent(encodeEvent(type, Buffer.alloc(8), 0x80), false)).toMatchObject({
        kind: 'ignored',
      });
    }
  });

  test('an incident that the server logs is a hole', () => {
    expect(decodeLogEvent(encodeEvent(26, Buffer.from([1, 0, 0])), false)).toMatchObject({
      kind: 'lost',
      name: 'INCIDENT_EVENT',
    });
  });
});

describe('checksums', () => {
  const rotate = Buffer.concat([Buffer.from([4, 0, 0, 0, 0, 0, 0, 0]), Buffer.from('binlog.000042')]);

  test('a rotation is read with one and without, whatever the file says', () => {
    for (const hasChecksum of [true, false])
      for (const fileHas of [true, false])
        expect(decodeLogEvent(encodeEvent(4, rotate, 0, hasChecksum), fileHas)).toMatchObject({
          to: { file: 'binlog.000042', offset: 4 },
        });
  });

  test('a statement ends before the one that its file has', () => {
    const body = Buffer.concat([Buffer.alloc(8), Buffer.from([5, 0, 0, 0, 0]), Buffer.from('store\0COMMIT')]);
    for (const hasChecksum of [true, false])
      expect(decodeLogEvent(encodeEvent(2, body, 0, hasChecksum), hasChecksum)).toMatchObject({
        schema: 'store',
        sql: 'COMMIT',
      });
  });
});

test('a file that grows beyond 4 GB keeps its places', () => {
  const file = 'binlog.000001';
  const before = { file, offset: 2 ** 32 - 10 };
  expect(advance(before, 90)).toEqual({ file, offset: 2 ** 32 + 90 });
  expect(advance({ file, offset: 2 ** 32 + 90 }, 190)).toEqual({ file, offset: 2 ** 32 + 190 });
  expect(advance(before, 0)).toEqual(before);
  expect(advance({ file, offset: 500 }, 120)).toEqual({ file, offset: 500 });
});
