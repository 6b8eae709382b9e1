import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatCount,
  formatDate,
  formatDateTime,
  formatInteger,
  formatMoney,
  formatNumber,
  formatRelative,
  formatShortDateTime,
  formatUtc,
  greetingAt,
  humanizeValue,
} from '../../../src/ui/format.ts';

const NBSP = '\u00a0';
const NOW = Date.parse('2026-11-22T17:43:29.279Z');

describe('money', () => {
  test.each([
    ['12.50', '₲ 12.50'],
    ['0', '₲ 0.00'],
    ['9.9', '₲ 9.90'],
    ['1234.5', '₲ 1,234.50'],
    ['1234567.89', '₲ 1,234,567.89'],
    ['-5.00', '−₲ 5.00'],
    ['0.0625', '₲ 0.0625'],
    [9.99, '₲ 9.99'],
  ])('%s is shown as %s', (value, shown) => {
    expect(formatMoney(value)).toBe(shown.replace(' ', NBSP));
  });

  test('no digit of a large amount is lost', () => {
    expect(formatMoney('12345678901234567890.12')).toBe(`₲${NBSP}12,345,678,901,234,567,890.12`);
  });

  test('what is no number stays as it is', () => {
    expect(formatMoney('abc')).toBe('abc');
  });
});

describe('numbers', () => {
  test.each([
    ['1979', '1979'],
    ['12345', '12,345'],
    ['-12345.670', '−12,345.670'],
    ['18446744073709551615', '18,446,744,073,709,551,615'],
    [42, '42'],
    ['1e21', '1e21'],
    ['', ''],
  ])('%s is shown as %s', (value, shown) => {
    expect(formatNumber(value)).toBe(shown);
    expect(formatInteger(value)).toBe(shown);
  });

  test('grouping changes nothing but commas and the minus sign', () => {
    fc.assert(
      fc.property(fc.bigInt(), (value) => {
        expect(formatNumber(String(value)).replaceAll(',', '').replace('−', '-')).toBe(String(value));
      }),
    );
  });

  test('a count beyond the limit is told as at least that many', () => {
    expect(formatCount(9_999)).toBe('9999');
    expect(formatCount(10_000)).toBe('10,000');
    expect(formatCount(10_001)).toBe('10,000+');
  });
});

describe('times', () => {
  const iso = '2026-11-22T17:43:29.279Z';

  test('a time is shown in the zone of the reader, with the zone', () => {
    expect(formatDateTime(iso, { timeZone: 'Europe/Berlin' })).toBe('22 Nov 2026, 18:43:29.279 CET');
    expect(formatDateTime(iso, { timeZone: 'Asia/Tokyo' })).toBe('23 Nov 2026, 02:43:29.279 GMT+9');
  });

  test('in a cell the year is left out where it is this one, as the reader counts it', () => {
    const options = { timeZone: 'Europe/Berlin', nowMs: NOW };
    expect(formatShortDateTime(iso, options)).toBe('22 Nov, 18:43');
    expect(formatShortDateTime('2025-03-01T08:05:00.000Z', options)).toBe('1 Mar 2025, 09:05');
    expect(formatShortDateTime('2025-12-31T23:30:00.000Z', options)).toBe('1 Jan, 00:30');
  });

  test('UTC is told as the database holds it', () => {
    expect(formatUtc(iso)).toBe('2026-11-22 17:43:29.279 UTC');
    expect(formatUtc('2026-11-22T17:43:29.000Z')).toBe('2026-11-22 17:43:29 UTC');
    expect(formatUtc('2026-11-22T17:43:29.000100Z')).toBe('2026-11-22 17:43:29.0001 UTC');
  });

  test('a time is told to its last digit, and its year by four', () => {
    const timeZone = 'UTC';
    expect(formatDateTime('2026-11-22T17:43:00.123456Z', { timeZone })).toBe(
      '22 Nov 2026, 17:43:00.123456 UTC',
    );
    expect(formatDateTime('2026-11-22T17:43:10.000Z', { timeZone })).toBe('22 Nov 2026, 17:43:10 UTC');
    expect(formatDateTime('0099-01-02T03:04:05.000001Z', { timeZone })).toBe(
      '2 Jan 0099, 03:04:05.000001 UTC',
    );
    expect(formatDate('0099-01-02')).toBe('2 Jan 0099');
    expect(formatDate('0000-01-02')).toBe('0000-01-02');
  });

  test('a DATE is the same day in every zone', () => {
    expect(formatDate('2026-11-22')).toBe('22 Nov 2026');
    expect(formatDate('1888-10-14')).toBe('14 Oct 1888');
  });

  test.each([
    [0, 'just now'],
    [59_000, 'just now'],
    [-30_000, 'just now'],
    [5 * 60_000, '5 min ago'],
    [3 * 3_600_000, '3 hr ago'],
    [26 * 3_600_000, 'yesterday'],
    [3 * 86_400_000, '3 days ago'],
    [70 * 86_400_000, '2 mo ago'],
    [800 * 86_400_000, '2 yr ago'],
    [-2 * 3_600_000, 'in 2 hr'],
  ])('%i ms ago is %s', (agoMs, shown) => {
    const moment = new Date(NOW - agoMs).toISOString();
    expect(formatRelative(moment, { nowMs: NOW })).toBe(shown);
  });

  test('what is no time stays as it is', () => {
    expect(formatDateTime('never')).toBe('never');
    expect(formatShortDateTime('never')).toBe('never');
    expect(formatUtc('never')).toBe('never');
    expect(formatRelative('never')).toBe('never');
    expect(formatDate('0000-00-00')).toBe('0000-00-00');
  });
});

test('a stored value is told in words', () => {
  expect(humanizeValue('partially_shipped')).toBe('Partially shipped');
  expect(humanizeValue('PG-13')).toBe('PG-13');
  expect(humanizeValue('')).toBe('');
});

test('the greeting fits the hour', () => {
  const hours = [0, 4, 5, 11, 12, 17, 18, 23];
  expect(hours.map(greetingAt)).toEqual([
    'Good night',
    'Good night',
    'Good morning',
    'Good morning',
    'Good afternoon',
    'Good afternoon',
    'Good evening',
    'Good evening',
  ]);
});
