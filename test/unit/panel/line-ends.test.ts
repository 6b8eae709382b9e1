import fc from 'fast-check';
import { expect, test } from 'vitest';
import { restoreLineEnds } from '../../../src/panel/line-ends.ts';

const plain = (text: string) => text.replaceAll(/\r\n?/g, '\n');

test.each([
  ['a word changed among CRLF', 'one\r\ntwo\r\nthree', 'one\n2\nthree', 'one\r\n2\r\nthree'],
  ['a word changed in a line that ends otherwise', 'a\r\nb\nc\rd', 'a\nb\nC\nd', 'a\r\nb\nC\rd'],
  ['words changed in several lines', 'a\r\nb\nc\rd\r\ne', 'A\nb\nC\nd\ne', 'A\r\nb\nC\rd\r\ne'],
  ['a line taken out', 'a\r\nb\nc\rd', 'a\nc\nd', 'a\r\nc\rd'],
  ['a line put in', 'a\r\nb\nc\r\nd', 'a\nb\nnew\nc\nd', 'a\r\nb\nnew\r\nc\r\nd'],
  ['lines joined', 'a\r\nb\nc', 'ab\nc', 'ab\nc'],
  ['a line split', 'a\r\nbb\nc\r\n', 'a\nb\nb\nc\n', 'a\r\nb\r\nb\nc\r\n'],
  ['the end after the last line taken away', 'a\rb\r', 'a\nb', 'a\rb'],
  ['a line added behind the last', 'a\r\nb\n', 'a\nb\nc\n', 'a\r\nb\nc\r\n'],
  ['empty lines at the start', '\r\n\n\ra', '\n\n\nA', '\r\n\n\rA'],
  ['a new text altogether', 'a\r\nb', 'x\ny\nz', 'x\r\ny\r\nz'],
  ['all of it taken out', 'a\r\nb', '', ''],
  ['the text between CR and LF taken out', 'a\rb\nc', 'a\n\nc', 'a\r\r\nc'],
  ['no CR at all', 'a\nb', 'a\nc\n', 'a\nc\n'],
])('keeps line ends: %s', (_what, original, edited, expected) => {
  expect(restoreLineEnds(edited, original)).toBe(expected);
});

test('leaves what was not edited byte for byte, whatever its line ends', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', 'b', ' ', '\t', '\r', '\n', '\r\n', '\u2028', '\u00a0'),
  });
  fc.assert(
    fc.property(text, (original) => {
      expect(restoreLineEnds(plain(original), original)).toBe(original);
    }),
    { seed: 8, numRuns: 2_000 },
  );
});

test('changes of an edited text only its line ends', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '\r', '\n', '\r\n') });
  fc.assert(
    fc.property(text, text, (original, other) => {
      expect(plain(restoreLineEnds(plain(other), original))).toBe(plain(other));
    }),
    { seed: 8, numRuns: 2_000 },
  );
});

test('takes time by the length of the text', () => {
  const timeOf = (lines: number) => {
    const original = Array.from({ length: lines }, (_, line) => `${line}\r\n`).join('');
    const edited = Array.from({ length: lines }, (_, line) => `${line * 7}.\n`).join('');
    const startedAt = performance.now();
    restoreLineEnds(edited, original);
    return performance.now() - startedAt;
  };
  timeOf(1_000);
  expect(timeOf(20_000)).toBeLessThan(4 * Math.max(timeOf(10_000), 50));
});
