import { afterEach, describe, expect, test, vi } from 'vitest';
import { findInstants, isSameInstant, toLocalDateTime } from '../../../../src/ui/form/local-date-time.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

const inZone = (zone: string) => vi.stubEnv('TZ', zone);

test.each([
  ['2026-11-22T18:30:00.000Z', '2026-11-22T13:30'],
  ['2026-07-01T02:05:09.000Z', '2026-06-30T22:05:09'],
  ['2026-07-01T02:05:09.120Z', '2026-06-30T22:05:09.12'],
  ['2026-07-01T02:05:00.000001Z', '2026-06-30T22:05:00.000001'],
  ['2026-07-01 02:05:00', '2026-06-30T22:05'],
  ['0099-01-01T12:00:00.000Z', '0099-01-01T07:03:58'],
  ['9999-12-31T23:59:59.999999Z', '9999-12-31T18:59:59.999999'],
])('shows %s as %s', (stored, local) => {
  inZone('America/New_York');
  expect(toLocalDateTime(stored)).toBe(local);
  expect(findInstants(local)?.some((instant) => isSameInstant(instant, stored))).toBe(true);
});

test.each(['0000-00-00T00:00:00.000Z', '2024-00-10T00:00:00.000Z', '0001-01-01T00:00:00.000Z', 'never', ''])(
  'does not show %j, which is no time here',
  (stored) => {
    inZone('America/New_York');
    expect(toLocalDateTime(stored)).toBeNull();
  },
);

test.each(['2026-11-22T18:30:00Z', '2026-02-30T10:00', '10000-01-01T00:00', 'yesterday', ''])(
  'does not read %j, which is no local time',
  (text) => {
    expect(findInstants(text)).toBeNull();
  },
);

describe('finds every time at which the clocks show', () => {
  test.each([
    ['Europe/Berlin', 'an ordinary hour', '2026-07-01T10:00', ['2026-07-01T08:00:00.000Z']],
    [
      'Europe/Berlin',
      'the hour before the repeated one',
      '2026-10-25T01:59:59',
      ['2026-10-24T23:59:59.000Z'],
    ],
    [
      'Europe/Berlin',
      'the repeated hour',
      '2026-10-25T02:30:00.25',
      ['2026-10-25T00:30:00.250Z', '2026-10-25T01:30:00.250Z'],
    ],
    ['Europe/Berlin', 'the hour after the repeated one', '2026-10-25T03:00', ['2026-10-25T02:00:00.000Z']],
    ['Europe/Berlin', 'the skipped hour', '2026-03-29T02:30', []],
    ['Europe/Berlin', 'the hour after the skipped one', '2026-03-29T03:00', ['2026-03-29T01:00:00.000Z']],
    [
      'Australia/Lord_Howe',
      'a repeated half hour',
      '2026-04-05T01:45',
      ['2026-04-04T14:45:00.000Z', '2026-04-04T15:15:00.000Z'],
    ],
    ['Australia/Lord_Howe', 'a skipped half hour', '2026-10-04T02:15', []],
    [
      'America/Santiago',
      "the southern hemisphere's repeated hour",
      '2026-04-04T23:30',
      ['2026-04-05T02:30:00.000Z', '2026-04-05T03:30:00.000Z'],
    ],
    ['Pacific/Apia', 'a day that was skipped', '2011-12-30T12:00', []],
    ['UTC', 'any hour', '2026-10-25T02:30', ['2026-10-25T02:30:00.000Z']],
  ])('%s: %s', (zone, _what, text, instants) => {
    inZone(zone);
    expect(findInstants(text)).toEqual(instants);
  });
});

test('takes times for the same whatever zeros stand behind the point', () => {
  expect(isSameInstant('2026-11-22T18:30:00.120Z', '2026-11-22T18:30:00.120000Z')).toBe(true);
  expect(isSameInstant('2026-11-22 18:30:00', '2026-11-22T18:30:00.000Z')).toBe(true);
  expect(isSameInstant('2026-11-22T18:30:10Z', '2026-11-22T18:30:01Z')).toBe(false);
  expect(isSameInstant('2026-11-22T18:30:00.120Z', '2026-11-22T18:30:00.120001Z')).toBe(false);
});
