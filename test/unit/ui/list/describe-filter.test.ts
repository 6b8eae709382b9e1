import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { dayBefore, dayOf, momentOfDay } from '../../../../src/ui/list/day-span.ts';
import { describeFilter } from '../../../../src/ui/list/describe-filter.ts';
import { filterOf } from '../../../../src/ui/list/list-params.ts';
import { buildDisplay } from '../../../support/column-display.ts';

beforeEach(() => {
  vi.stubEnv('TZ', 'Europe/Berlin');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const status = buildDisplay('enum', {
  kind: 'badge',
  values: ['placed', 'partially_shipped', 'NR'],
  labels: { NR: 'Not rated' },
});

describe('what a filter asks for, in words', () => {
  test.each([
    ['one value', status, { c: 'partially_shipped' }, 'Partially shipped'],
    ['several values', status, { c: filterOf(['placed', 'NR']) }, 'Placed, Not rated'],
    ['several values of a link', status, { c: 'placed,NR' }, 'Placed, Not rated'],
    ['nothing there', status, { c: '~empty' }, 'empty'],
    ['anything there', status, { c: '~filled' }, 'not empty'],
    ['yes or no', buildDisplay('boolean', { labels: { true: 'On hold' } }), { c: 'true' }, 'On hold'],
    ['yes or no without labels', buildDisplay('boolean'), { c: 'false' }, 'No'],
    ['money from', buildDisplay('decimal', { kind: 'money' }), { 'c.from': '10' }, 'from ₲\u00a010.00'],
    ['a span', buildDisplay('integer'), { 'c.from': '5', 'c.to': '12000' }, 'from 5 to 12,000'],
    ['a text with a comma', buildDisplay('string'), { c: 'One, two' }, 'One, two'],
    ['days', buildDisplay('date'), { 'c.from': '2026-11-01' }, 'from 1 Nov 2026'],
    [
      'a day as the end of a span of times',
      buildDisplay('datetime'),
      { 'c.to': '2026-11-01' },
      'to 1 Nov 2026',
    ],
    ['no filter', status, {}, ''],
  ])('%s', (_name, display, filters, words) => {
    expect(describeFilter('c', display, filters)).toBe(words);
  });

  test('whole days of the reader are told as days, other times to the minute', () => {
    const placed = buildDisplay('datetime');
    const whole = { 'c.from': '2025-10-31T23:00:00.000Z', 'c.to': '2025-11-02T22:59:59.999Z' };
    expect(describeFilter('c', placed, whole)).toBe('from 1 Nov 2025 to 2 Nov 2025');
    expect(describeFilter('c', placed, { 'c.to': '2025-11-02T17:43:00.000Z' })).toBe('to 2 Nov 2025, 18:43');
  });
});

describe('days of the reader', () => {
  test('begin and end with their clock, also where it is put forward', () => {
    expect(momentOfDay('2026-03-29', 'from')).toBe('2026-03-28T23:00:00.000Z');
    expect(momentOfDay('2026-03-29', 'to')).toBe('2026-03-29T21:59:59.999Z');
    expect(momentOfDay('2026-02-', 'from')).toBe('');
  });

  test('are those of a moment', () => {
    expect(dayOf('2026-11-01T23:30:00.000Z')).toBe('2026-11-02');
    expect(dayOf('2026-11-01')).toBe('2026-11-01');
    expect(dayOf('soon')).toBe('soon');
  });

  test('are counted back over the end of a month', () => {
    expect(dayBefore(0, new Date('2026-03-01T12:00:00Z'))).toBe('2026-03-01');
    expect(dayBefore(6, new Date('2026-03-01T12:00:00Z'))).toBe('2026-02-23');
  });
});
