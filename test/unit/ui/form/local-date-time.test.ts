import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fromLocalDateTime, toLocalDateTime } from '../../../../src/ui/form/local-date-time.ts';

beforeEach(() => {
  vi.stubEnv('TZ', 'America/New_York');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

test.each([
  ['2026-11-22T18:30:00.000Z', '2026-11-22T13:30'],
  ['2026-07-01T02:05:09.000Z', '2026-06-30T22:05:09'],
  ['0099-01-01T12:00:00.000Z', '0099-01-01T07:03:58'],
])('shows %s as %s', (iso, local) => {
  expect(toLocalDateTime(iso)).toBe(local);
});

test('does not show what is no time', () => {
  expect(toLocalDateTime('0000-00-00T00:00:00.000Z')).toBeNull();
});

test('turns a local time into UTC', () => {
  expect(fromLocalDateTime('2026-11-22T13:30', null)).toBe('2026-11-22T18:30:00.000Z');
  expect(fromLocalDateTime('', '2026-11-22T18:30:00.000Z')).toBeNull();
});

test.each(['2026-11-22T18:30:00.123Z', '2026-11-01T05:30:00.000Z', '2026-11-01T06:30:00.456Z'])(
  'leaves %s as it was where the same local time is chosen again',
  (iso) => {
    expect(fromLocalDateTime(toLocalDateTime(iso) ?? '', iso)).toBe(iso);
  },
);
