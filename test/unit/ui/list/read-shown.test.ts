import { expect, test } from 'vitest';
import { formatDate, formatMoney, formatNumber } from '../../../../src/ui/format.ts';
import { readShown } from '../../../../src/ui/list/read-shown.ts';
import { buildDisplay } from '../../../support/column-display.ts';

test.each([
  ['decimal', formatMoney('-1234567.5'), '-1234567.50'],
  ['decimal', '$1,234', '1234'],
  ['integer', formatNumber('16777216'), '16777216'],
  ['float', '1e21', '1e21'],
  ['decimal', '12,50', '12,50'],
  ['decimal', '1,2345', '1,2345'],
  ['string', '1,234', '1,234'],
  ['date', formatDate('2026-09-01'), '2026-09-01'],
  ['date', '1 Sept 2026', '2026-09-01'],
  ['date', '1 Nonsense 2026', '1 Nonsense 2026'],
  ['date', '2026-11-22', '2026-11-22'],
  ['datetime', '22 Nov 2026, 18:43:29.279 GMT+1', '2026-11-22T18:43:29.279+01:00'],
  ['datetime', '2026-11-22 17:43:29.279 UTC', '2026-11-22T17:43:29.279Z'],
  ['boolean', 'Yes', 'true'],
  ['boolean', '5', '5'],
])('of a %s, %s stands for %s', (kind, text, value) => {
  expect(readShown(buildDisplay(kind), text)).toBe(value);
});

test('a label stands for its value, and a value for itself', () => {
  const set = buildDisplay('set', { values: ['north_pole', 'b', 'B'], labels: { b: 'North pole, or so' } });
  expect(readShown(set, 'North pole, B')).toBe('north_pole,B');
  const one = buildDisplay('enum', { values: ['on', 'off'], labels: { on: 'Off', off: 'Resting, for now' } });
  expect(readShown(one, 'off')).toBe('off');
  expect(readShown(one, 'Resting, for now')).toBe('off');
});
