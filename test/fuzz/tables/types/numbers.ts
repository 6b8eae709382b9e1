import fc from 'fast-check';
import type { ColumnType } from './column-type.ts';

const INTEGERS: readonly (readonly [sql: string, bits: number])[] = [
  ['TINYINT', 8],
  ['SMALLINT', 16],
  ['MEDIUMINT', 24],
  ['INT', 32],
  ['BIGINT', 64],
];

function integers(): ColumnType[] {
  return INTEGERS.flatMap(([sql, bits]) => {
    const whole = 2n ** BigInt(bits);
    return [
      { sql, family: 'integer' as const, values: between(-whole / 2n, whole / 2n - 1n) },
      { sql: `${sql} UNSIGNED`, family: 'integer' as const, values: between(0n, whole - 1n) },
    ];
  });
}

/** Numbers of a range, small ones among them that are true and false elsewhere, and those that a double cannot tell apart. */
function between(min: bigint, max: bigint): fc.Arbitrary<string> {
  const edges = [min, max, 0n, 1n, 10n, 9n, -1n, 9_007_199_254_740_993n].filter((n) => n >= min && n <= max);
  return fc.oneof(fc.constantFrom(...edges), fc.bigInt({ min, max })).map(String);
}

function decimal(precision: number, scale: number, more = ''): ColumnType {
  const digits = (count: number) =>
    fc.bigInt({ min: 0n, max: 10n ** BigInt(count) - 1n }).map((n) => String(n).padStart(count, '0'));
  const sign = more ? fc.constant('') : fc.constantFrom('', '-');
  const random = fc
    .tuple(sign, digits(precision - scale), digits(scale))
    .map(([minus, whole, fraction]) => `${minus}${whole || '0'}${scale > 0 ? `.${fraction}` : ''}`);
  const least = `0${scale > 0 ? `.${'1'.padStart(scale, '0')}` : ''}`;
  return {
    sql: `DECIMAL(${precision},${scale})${more}`,
    family: 'decimal',
    values: fc.oneof(random, fc.constantFrom('0', least)).map((text) => `'${text}'`),
  };
}

const singles = fc.oneof(
  fc.constantFrom('0.1', '16777217', '16777216', '-0.5', '3.4e38', '1e-38', '0', '0.30000001', '123456.79'),
  fc.float({ noNaN: true, noDefaultInfinity: true }).map(String),
);
const doubles = fc.oneof(
  fc.constantFrom('0.1', '0.30000000000000004', '1e308', '-1e-308', '9007199254740993', '0', '1e21', '1e-7'),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
);
const bits = (count: number) => between(0n, 2n ** BigInt(count) - 1n);

/** Every type of number. */
export const NUMBERS: readonly ColumnType[] = [
  ...integers(),
  { sql: 'INT(6) UNSIGNED ZEROFILL', family: 'integer', values: between(0n, 999_999n) },
  { sql: 'TINYINT(1)', family: 'boolean', values: fc.constantFrom('0', '1') },
  { sql: 'TINYINT(1)', family: 'boolean', values: fc.constantFrom('0', '1', '4', '-1', '127') },
  decimal(10, 2),
  decimal(65, 30),
  decimal(65, 0),
  decimal(12, 4, ' UNSIGNED'),
  decimal(1, 1),
  { sql: 'FLOAT', family: 'float', values: singles },
  { sql: 'FLOAT(7,3)', family: 'float', values: fc.constantFrom('0.1', '1234.567', '-0.001', '0') },
  { sql: 'DOUBLE', family: 'float', values: doubles },
  { sql: 'BIT(1)', family: 'bit', values: bits(1) },
  { sql: 'BIT(10)', family: 'bit', values: bits(10) },
  { sql: 'BIT(64)', family: 'bit', values: bits(64) },
  { sql: 'YEAR', family: 'year', values: fc.constantFrom('0', '1901', '2026', '2155') },
];
