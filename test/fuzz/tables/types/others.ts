import fc from 'fast-check';
import { bytesSql, type ColumnType, textSql } from './column-type.ts';

const ODD_BYTES = ['', 'a', 'word', 'Zörg', '0x41', ' a ', 'one\r\ntwo', '\0', 'a\0', '\uFEFFa'].map((text) =>
  Buffer.from(text, 'utf8'),
);
const anyBytes = (maxLength: number) =>
  fc
    .oneof(
      fc.constantFrom(...ODD_BYTES.filter(({ length }) => length <= maxLength)),
      fc.uint8Array({ maxLength }),
    )
    .map(bytesSql);
const bytes = (sql: string, maxLength: number, isLong = false): ColumnType => ({
  sql,
  family: 'bytes',
  values: anyBytes(maxLength),
  isLong,
});

const ODD_JSON = [
  'null',
  'true',
  '1.50',
  '12345678901234567890',
  '""',
  '[]',
  '{"b": 1, "a": {"c": [1, 2]}}',
  '{"constructor": "x", "__proto__": 1}',
  '"Zörg 😀"',
];
const json = fc
  .oneof(
    fc.constantFrom(...ODD_JSON),
    fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.stringify(value)),
  )
  .map(textSql);
const shapes = fc.constantFrom("ST_GeomFromText('POINT(1 2)')", "ST_GeomFromText('POINT(-0.5 1e10)')");
const six = fc.constantFrom("'::'", "'::1'", "'2001:db8::ff00:42:8329'", "'::ffff:10.0.0.1'");

/** Bytes, documents, shapes and addresses. */
export const OTHERS: readonly ColumnType[] = [
  bytes('BINARY(4)', 4),
  bytes('BINARY(16)', 16),
  bytes('VARBINARY(20)', 20),
  bytes('TINYBLOB', 60, true),
  bytes('BLOB', 60, true),
  bytes('LONGBLOB', 200, true),
  { sql: 'JSON', family: 'json', values: json, isLong: true },
  { sql: 'POINT', family: 'geometry', values: shapes, isLong: true },
  { sql: 'GEOMETRY', family: 'geometry', values: shapes, isLong: true },
  {
    sql: 'VECTOR(2)',
    family: 'bytes',
    server: 'mysql',
    values: fc.constant("X'0000803F00000040'"),
    isLong: true,
  },
  { sql: 'UUID', family: 'address', server: 'mariadb', values: fc.uuid().map((text) => `'${text}'`) },
  { sql: 'INET4', family: 'address', server: 'mariadb', values: fc.ipV4().map((text) => `'${text}'`) },
  { sql: 'INET6', family: 'address', server: 'mariadb', values: six },
];
