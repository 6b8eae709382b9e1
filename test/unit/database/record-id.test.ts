import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeRecordId, encodeRecordId } from '../../../src/database/record-id.ts';
import { column, table } from '../../support/tables.ts';

const crates = table(
  'crates',
  [
    column('shelf', 'string', { maxLength: 100 }),
    column('slot', 'integer', { sqlType: 'bigint', wide: true }),
  ],
  ['shelf', 'slot'],
);

test('plain keys look as they are', () => {
  expect(encodeRecordId([42])).toBe('42');
  expect(encodeRecordId([42, 7])).toBe('42~7');
  expect(encodeRecordId(['Ripley'])).toBe('Ripley');
});

test('every key comes back from its id, and the id is safe in addresses and comma lists', () => {
  const keys = fc.tuple(
    fc.string({ unit: 'grapheme', maxLength: 30 }),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  );
  fc.assert(
    fc.property(keys, ([shelf, slot]) => {
      const id = encodeRecordId([shelf, slot]);
      expect(id).toMatch(/^[A-Za-z0-9_.~-]+$/);
      expect(decodeRecordId(crates, id)).toEqual([shelf, slot]);
    }),
    { seed: 20_261_122, numRuns: 1_000 },
  );
});

test('two keys never share an id', () => {
  const pair = fc.array(fc.string(), { minLength: 2, maxLength: 2 });
  fc.assert(
    fc.property(pair, pair, (left, right) => {
      expect(encodeRecordId(left) === encodeRecordId(right)).toBe(left.join('\0') === right.join('\0'));
    }),
    { seed: 20_261_122, numRuns: 1_000 },
  );
});

test.each([
  '',
  '1',
  'a~b',
  'a~1~2',
  '~1',
  'a~1x',
  'a~.ZZ',
  'a/b~1',
  'a~99999999999999999999',
  '.2~1',
  '%20~1',
])('%j is no id of the table', (id) => expect(decodeRecordId(crates, id)).toBeNull());

test('a table without a key has no ids', () => {
  expect(decodeRecordId(table('diary', []), '')).toBeNull();
});
