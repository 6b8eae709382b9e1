import { expect, test } from 'vitest';
import { findFormatFault } from '../../../src/panel/format-fault.ts';

test.each([
  'zorp@gorak.example',
  "o'brien+films@mail.example.co.uk",
  'ops@intranet',
  'jörg@bücher.example',
  '用户@例え.jp',
  '',
])('takes %j for an e-mail address, or for none at all', (text) => {
  expect(findFormatFault('email', text)).toBeNull();
});

test.each([
  'not-an-email',
  '@gorak.example',
  'zorp@',
  'zorp@gorak..example',
  'zorp@.example',
  'zorp@gorak.example ',
  'zorp @gorak.example',
  'zorp\u00a0x@gorak.example',
  'a@b@c',
  'zorp@gor\tak.example',
  'zorp@gorak.example\nbcc: all@gorak.example',
  'Zorp <zorp@gorak.example>',
  'zorp@gorak.example, zax@gorak.example',
])('does not take %j for an e-mail address', (text) => {
  expect(findFormatFault('email', text)).toMatch(/must be an e-mail address/);
});

test('looks at no text of another format', () => {
  expect([null, 'text', 'badge'].map((format) => findFormatFault(format, 'not-an-email'))).toEqual([
    null,
    null,
    null,
  ]);
});

test('takes time by the length of the text', () => {
  const timeOf = (length: number) => {
    const startedAt = performance.now();
    findFormatFault('email', `${'a.'.repeat(length)}@${'b-'.repeat(length)}`);
    return performance.now() - startedAt;
  };
  timeOf(8_000);
  expect(timeOf(16_000)).toBeLessThan(4 * Math.max(timeOf(8_000), 25));
});
