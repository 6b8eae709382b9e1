import fc from 'fast-check';

/** Names that JavaScript, SQL, addresses, forms or AdminJS take for something else. */
const ODD_NAMES = [
  'constructor',
  '__proto__',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'length',
  'id',
  'ID',
  'key',
  'select',
  'order',
  'group by',
  'a.b',
  'a.0',
  '.a',
  'a.',
  'a[0]',
  'a b',
  ' a',
  "it's",
  'back`tick',
  '"quoted"',
  'back\\slash',
  'a/b',
  'a?b',
  'a#b',
  'a%b',
  '%41',
  'a&b=c',
  'a+b',
  'a~b',
  'a~~from',
  'a,b',
  'a;b',
  'a:b',
  'a.from',
  'a.to',
  'a$&',
  '{{a}}',
  '<b>',
  '*/',
  '--',
  '@a',
  '0',
  '42',
  '1e3',
  'name',
  'title',
  'page',
  'q',
  'after',
  'recordIds',
  'filters.a',
  'params',
  'errors',
  '__was',
  'true',
  'null',
  'undefined',
  'Ünï',
  '日本',
  'x'.repeat(64),
  '.'.repeat(60),
];
const PLAIN_NAMES = [
  'colour',
  'size',
  'made_at',
  'weight',
  'note',
  'kind',
  'count_of',
  'place',
  'owner',
  'rank_no',
];

/** Names that are known to break a table: drivers and servers take them for another one. */
const WITHHELD = /^\s|^__proto__$/;

/** A name of a column or table: mostly a plain one. */
export const anyName: fc.Arbitrary<string> = fc
  .oneof(
    { weight: 3, arbitrary: fc.constantFrom(...PLAIN_NAMES) },
    { weight: 2, arbitrary: fc.constantFrom(...ODD_NAMES) },
    { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }).map(toName) },
  )
  .filter((name) => !WITHHELD.test(name));

/** Names that a server takes for the same are the same here. */
export const foldName = (name: string): string =>
  name.normalize('NFKD').replace(/\p{M}/gu, '').trim().toLowerCase();

/** A server takes no letter beyond the basic plane in a name, and no space at its end. */
function toName(text: string): string {
  const kept = text.replace(/[\0\u{10000}-\u{10FFFF}]/gu, '').trimEnd();
  return kept === '' ? 'x' : kept;
}
