import { expect, test } from 'vitest';
import { normalizeEmail } from '../../../src/http/accounts.ts';

test.each([
  'gorak@store.example',
  ' GORAK@Store.Example\n',
  '\u00a0Gorak@store.example',
  'ｇorak@store.example',
])('%j is one address', (email) => {
  expect(normalizeEmail(email)).toBe('gorak@store.example');
});
