import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeTable, encodeTable } from '../../src/table-address.ts';

test.each([
  ['orders', 'orders'],
  ['order_items-2', 'order_items-2'],
  ['Größe', 'Größe'],
  ['a/b', 'a~2Fb'],
  ['a b?#', 'a~20b~3F~23'],
  ['%41', '~2541'],
  ['..', '~2E~2E'],
  ['a~b*', 'a~7Eb~2A'],
  ['constructor', '~63onstructor'],
  ['__proto__', '~5F_proto__'],
])('a table called %s is %s in addresses', (name, address) => {
  expect(encodeTable(name)).toBe(address);
  expect(decodeTable(address)).toBe(name);
});

test('every name comes back, and its address means the same wherever it stands', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      const address = encodeTable(name);
      expect(decodeTable(address)).toBe(name);
      expect(encodeURIComponent(address).replace(/%[89A-F][0-9A-F]/g, '')).not.toContain('%');
      expect(address in {}).toBe(false);
    }),
  );
});

test.each(['a.b', 'a~', 'a~2f', '~41', '~FF', 'a/b'])(
  '%s, which is no address, stands for itself',
  (text) => {
    expect(decodeTable(text)).toBe(text);
  },
);
