import fc from 'fast-check';

/** No text is longer, in characters. */
export const MAX_LENGTH = 200_000;

/** Texts that mean something to some parser. None looks like SQL, a path or a stack as an answer would tell them. */
const ODD_TEXTS = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\udfff\ud800',
  '\ufeff',
  '\u202e',
  'İ',
  'ß',
  'é',
  '日本',
  '💥',
  'ﷺ',
  '１２３',
  '٣',
  "'",
  '"',
  '\\',
  '`',
  "' OR 1=1 -- ",
  '"; DROP TABLE x; --',
  "') UNION (",
  '%',
  '_',
  '%%',
  '\\%',
  '*',
  '~',
  '~empty',
  '~filled',
  '._',
  '.',
  '..',
  '../..',
  '%2e%2e%2f',
  '/',
  '//',
  ',',
  ',,',
  ':',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '__proto__.x',
  'constructor.prototype.x',
  '__FORM_VALUE_NULL__',
  '__FORM_VALUE_EMPTY_OBJECT__',
  '__FORM_VALUE_EMPTY_ARRAY__',
  '__was',
  '[]',
  '[0]',
  '{}',
  '{"$gt":""}',
  '[object Object]',
  'null',
  'undefined',
  'true',
  'false',
  'NaN',
  'Infinity',
  '-Infinity',
  '0',
  '-0',
  '-1',
  '1',
  '0.5',
  '1e308',
  '1e-308',
  '1e99999',
  '0x10',
  '00001',
  '+1',
  '9007199254740993',
  '4294967296',
  '18446744073709551616',
  '-9223372036854775809',
  '0000-00-00',
  '2026-02-30',
  '9999-12-31T23:59:59.999Z',
  '10000-01-01',
  '2026-10-25T02:30',
  '-838:59:59',
  '25:61:61',
  '<script>alert(1)</script>',
  '</script>',
  '{{7*7}}',
  '\r\n',
  'a\r\nSet-Cookie: x=y',
] as const;

/** Mostly small, sometimes large, seldom huge. */
const times = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 2, max: 20 }) },
  { weight: 3, arbitrary: fc.integer({ min: 200, max: 2_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 2_000, max: 20_000 }) },
);

const bound = (text: string) => text.slice(0, MAX_LENGTH);

export const oddText: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...ODD_TEXTS) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 30 }) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom(...ODD_TEXTS, 'a', '0', '(', '[', '{"a":', '[['), times)
      .map(([unit, count]) => bound(unit.repeat(count))),
  },
);

const TAILS = ['', 'x', '!', ' ', '-', '.', ',', '\u0000', '"', '%'] as const;

/** A valid text bent: stretched character by character, repeated, cut, joined to something odd, or another altogether. */
export function bend(valid: string): fc.Arbitrary<string> {
  const tail = fc.constantFrom(...TAILS);
  return fc.oneof(
    {
      weight: 4,
      arbitrary: fc
        .tuple(fc.constantFrom('$&', '0'), fc.oneof(times, fc.integer({ min: 200, max: 2_000 })), tail)
        // Zeros are what rules about numbers look for at both ends.
        .map(([digit, count, end]) => stretch(valid.replace(/\d/g, digit), count) + end),
    },
    {
      weight: 3,
      arbitrary: fc
        .tuple(fc.constantFrom(',', '.', '~', '', ':', '/', ' '), times)
        .map(([separator, count]) => repeat(valid + separator, count)),
    },
    { weight: 1, arbitrary: fc.nat(valid.length).map((end) => valid.slice(0, end)) },
    { weight: 2, arbitrary: oddText.map((odd) => valid + odd) },
    { weight: 1, arbitrary: oddText.map((odd) => odd + valid) },
    { weight: 1, arbitrary: fc.constantFrom(valid.toUpperCase(), valid.toLowerCase()) },
    { weight: 3, arbitrary: oddText },
  );
}

/** Each character so many times in its place: `9.99` becomes `9…9.…9…`, which keeps what a parser's rule looks for. */
function stretch(text: string, count: number): string {
  // A separator that is stretched is seldom one any more.
  const parts = [...text].map((part) => (/[\p{L}\p{N}]/u.test(part) ? repeat(part, count) : part));
  return bound(parts.join(''));
}

function repeat(text: string, count: number): string {
  return bound(text.repeat(Math.min(count, Math.ceil(MAX_LENGTH / Math.max(1, text.length)))));
}

/** A JSON text: a valid value as it is or with parts of it bent, or something of any shape and depth. */
export function bendJson(valid: unknown): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 5, arbitrary: bendValue(valid).map((value) => JSON.stringify(value) ?? 'null') },
    { weight: 1, arbitrary: bend(JSON.stringify(valid)) },
    { weight: 1, arbitrary: fc.json({ maxDepth: 4 }) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom(['[', ']'], ['{"a":', '}'], ['{"__proto__":', '}']), times)
        .map(([[open = '', close = ''], depth]) => bound(`${open.repeat(depth)}0${close.repeat(depth)}`)),
    },
  );
}

function bendValue(valid: unknown): fc.Arbitrary<unknown> {
  const odd = fc.oneof(
    fc.jsonValue({ maxDepth: 1 }),
    oddText,
    fc.constantFrom(-1, 0, 1e308, 2 ** 53, 0.5, null),
  );
  const inside = (): fc.Arbitrary<unknown> => {
    if (Array.isArray(valid))
      return fc
        .tuple(fc.tuple(...valid.map(bendValue)), fc.oneof(fc.constant(1), fc.integer({ min: 0, max: 300 })))
        .map(([items, count]) => Array.from({ length: count }, () => items).flat());
    if (typeof valid === 'object' && valid !== null)
      return fc.record(
        Object.fromEntries(Object.entries(valid).map(([name, value]) => [name, bendValue(value)])),
        { requiredKeys: [] },
      );
    return bend(String(valid));
  };
  return fc.oneof(
    { weight: 8, arbitrary: fc.constant(valid) },
    { weight: 3, arbitrary: inside() },
    { weight: 1, arbitrary: odd },
  );
}
