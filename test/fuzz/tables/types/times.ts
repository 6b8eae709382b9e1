import fc from 'fast-check';
import type { ColumnType } from './column-type.ts';

const quoted = (...texts: string[]) => fc.constantFrom(...texts.map((text) => `'${text}'`));

const anyMoment = (min: string, max: string, digits: number) =>
  fc
    .tuple(
      fc.date({ min: new Date(min), max: new Date(max), noInvalidDate: true }),
      fc.nat(10 ** digits - 1 || 1),
    )
    .map(([date, fraction]) => {
      const text = date.toISOString().slice(0, 19).replace('T', ' ');
      return `'${text}${digits > 0 ? `.${String(fraction).padStart(digits, '0')}` : ''}'`;
    });

const ZERO_DAYS = ['0000-00-00', '2026-00-00', '2026-11-00'];
/** The last moments of a day, and those of the hour that clocks have twice. */
const MOMENTS = [
  '2026-10-25 00:30:00',
  '2026-10-25 01:30:00',
  '2026-11-24 23:59:59.999999',
  '2026-11-24 00:00:00',
];

function moments(digits: number): ColumnType[] {
  const of = digits > 0 ? `(${digits})` : '';
  return [
    {
      sql: `DATETIME${of}`,
      family: 'datetime',
      values: fc.oneof(
        { weight: 6, arbitrary: quoted(...MOMENTS, '1000-01-01 00:00:00', '9999-12-31 23:59:59') },
        { weight: 1, arbitrary: quoted(...ZERO_DAYS.map((day) => `${day} 00:00:00`)) },
        { weight: 6, arbitrary: anyMoment('1000-01-02', '9999-12-30', digits) },
      ),
    },
    {
      sql: `TIMESTAMP${of}`,
      family: 'datetime',
      values: fc.oneof(quoted(...MOMENTS), anyMoment('1971-01-01', '2037-12-30', digits)),
    },
  ];
}

const clock = (digits: number): ColumnType => ({
  sql: digits > 0 ? `TIME(${digits})` : 'TIME',
  family: 'time',
  values: quoted('00:00:00', '-838:59:59', '838:59:59', '-00:00:01', '08:30:00.123456', '26:15:00.5'),
});

/** Days, times of day, and moments, to every fraction of a second. */
export const TIMES: readonly ColumnType[] = [
  {
    sql: 'DATE',
    family: 'date',
    values: fc.oneof(
      { weight: 8, arbitrary: quoted('1000-01-01', '2026-11-24', '9999-12-31', '2024-02-29') },
      { weight: 1, arbitrary: quoted(...ZERO_DAYS) },
    ),
  },
  ...[0, 3, 6].flatMap(moments),
  clock(0),
  clock(6),
];
