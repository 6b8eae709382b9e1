import fc from 'fast-check';
import { type ColumnType, textSql } from './column-type.ts';

/** Texts that are taken for something else somewhere. */
const ODD_TEXTS = [
  '',
  ' ',
  'a ',
  ' a',
  'A',
  'a',
  'one\r\ntwo\r\n',
  'one\ntwo',
  'one\rtwo',
  'mixed\r\nends\nof\rlines',
  '\ttab',
  '%',
  '_',
  "it's",
  '"quoted"',
  '\\',
  'back\\slash\\n',
  'null',
  'NULL',
  'true',
  '0',
  '1e3',
  '0x41',
  '10',
  '9',
  '<b>&amp;</b>',
  '{{a}}',
  '$&',
  'a,b',
  'a~b',
  'a/b?c#d',
  '%41',
  'constructor',
  '__proto__',
  'é',
  'e\u0301',
  'ß',
  'ss',
  'İ',
  'ı',
  'Æ',
  'ž',
  '日本語',
  '😀',
  '👩‍🚀',
  'nul\0byte',
  '\uFEFFmark',
  '\u00a0',
];

const anyText = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .oneof(
      { weight: 3, arbitrary: fc.constantFrom(...ODD_TEXTS.filter(({ length }) => length <= maxLength)) },
      { weight: 1, arbitrary: fc.string({ maxLength, unit: 'grapheme' }) },
      { weight: 1, arbitrary: fc.constant('x'.repeat(maxLength)) },
    )
    .map((text) => textSql([...text].slice(0, maxLength).join('')));

/** Collations of both servers: with and without case, padding, and letters of all the world. */
const COLLATIONS = [
  'utf8mb4_general_ci',
  'utf8mb4_bin',
  'utf8mb4_unicode_520_ci',
  'utf8mb4_german2_ci',
  'utf8mb4_turkish_ci',
  'utf8mb3_general_ci',
  'latin1_swedish_ci',
  'latin1_bin',
  'latin1_german2_ci',
  'ascii_general_ci',
  'ucs2_general_ci',
  'utf16_bin',
  'utf32_general_ci',
  'koi8r_general_ci',
  'gbk_chinese_ci',
  'sjis_japanese_ci',
];
const SERVER_COLLATIONS = [
  ['mysql', 'utf8mb4_0900_ai_ci'],
  ['mysql', 'utf8mb4_0900_as_cs'],
  ['mysql', 'utf8mb4_0900_bin'],
  ['mariadb', 'utf8mb4_nopad_bin'],
  ['mariadb', 'utf8mb4_unicode_520_nopad_ci'],
] as const;

const inCollation = (collation: string) => ` CHARACTER SET ${collation.split('_')[0]} COLLATE ${collation}`;

function textsIn(collation: string, server?: ColumnType['server']): ColumnType[] {
  const type = (sql: string, maxLength: number, isLong = false): ColumnType => ({
    sql: sql + inCollation(collation),
    family: 'text',
    values: anyText(maxLength),
    isLong,
    server,
  });
  return [type('VARCHAR(20)', 20), type('CHAR(10)', 10), type('TEXT', 60, true)];
}

/** Every type of text in every kind of collation. */
export const TEXTS: readonly ColumnType[] = [
  ...COLLATIONS.flatMap((collation) => textsIn(collation)),
  ...SERVER_COLLATIONS.flatMap(([server, collation]) => textsIn(collation, server)),
  { sql: 'VARCHAR(250)', family: 'text', values: anyText(250) },
  { sql: 'TINYTEXT', family: 'text', values: anyText(60), isLong: true },
  { sql: 'MEDIUMTEXT', family: 'text', values: anyText(2_000), isLong: true },
  { sql: 'LONGTEXT', family: 'text', values: anyText(5_000), isLong: true },
];
