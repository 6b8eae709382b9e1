import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clip, indentJson } from '../../../../src/ui/value/long-text.ts';

test('JSON is shown in lines', () => {
  expect(indentJson('{"a":[1,{"b": "x, {y}"}],"empty":{},"none":[ ],"t":true}')).toBe(
    `{
  "a": [
    1,
    {
      "b": "x, {y}"
    }
  ],
  "empty": {},
  "none": [],
  "t": true
}`,
  );
});

test('numbers that JavaScript would round keep their digits, and quotes within strings do not end them', () => {
  expect(indentJson('[12345678901234567890,"a\\"],\\\\"]')).toBe(
    '[\n  12345678901234567890,\n  "a\\"],\\\\"\n]',
  );
});

test('any JSON means the same in lines, and looks as JSON.stringify writes it', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      expect(indentJson(text)).toBe(JSON.stringify(JSON.parse(text), null, 2));
    }),
  );
});

test('a text longer than a cell is cut', () => {
  expect(clip('x'.repeat(120))).toBe('x'.repeat(120));
  expect(clip('x'.repeat(121))).toBe(`${'x'.repeat(120)}…`);
});
