import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeRedirectTarget } from '../../../src/http/redirect-target.ts';

test.each([
  ['/admin/resources/movies?page=2&q=a%2Fb', '/admin/resources/movies?page=2&q=a%2Fb'],
  ['/live-board', '/live-board'],
  ['/admin/./resources/../pages/x', '/admin/pages/x'],
  ['/admin?next=https://evil.example', '/admin?next=https://evil.example'],
])('%j is a path of this site', (value, target) => {
  expect(decodeRedirectTarget(value, '')).toBe(target);
});

test.each([
  undefined,
  null,
  ['/admin'],
  '',
  'admin',
  'https://evil.example/admin',
  'javascript:alert(1)',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\/evil.example',
  '/\n/evil.example',
  '/.//evil.example',
  '/a/..//evil.example',
  '/%2e//evil.example',
  '/admin/login?redirectTo=/admin/login',
  '/ADMIN/Logout/',
])('%j is not', (value) => {
  expect(decodeRedirectTarget(value, '')).toBe('/admin');
});

test.each([
  ['/store/admin/resources/movies', '/store/admin/resources/movies'],
  ['/store/live-board', '/store/live-board'],
  ['/store', '/store/admin'],
  ['/stores/admin', '/store/admin'],
  ['/store/../other', '/store/admin'],
  ['/admin', '/store/admin'],
  ['/store/admin/login', '/store/admin'],
])('below /store, %j leads to %j', (value, target) => {
  expect(decodeRedirectTarget(value, '/store')).toBe(target);
});

test('whatever is given, a browser stays on this site', () => {
  const sign = fc.constantFrom(
    '/',
    '\\',
    '.',
    '%2e',
    '%2F',
    '\t',
    '\r',
    '\n',
    ' ',
    '@',
    ':',
    '?',
    '#',
    'a.b',
    'http:',
    '\u0000',
  );
  const value = fc.array(sign, { maxLength: 8 }).map((signs) => `/${signs.join('')}`);
  fc.assert(
    fc.property(value, fc.constantFrom('', '/store', '/a.b'), (path, basePath) => {
      const target = decodeRedirectTarget(basePath + path, basePath);
      expect(new URL(target, 'https://store.example/admin/login').origin).toBe('https://store.example');
      expect(target.startsWith(`${basePath}/`)).toBe(true);
      // No line break or other sign that a header cannot hold.
      expect(target).toMatch(/^[\x21-\x7e]+$/);
    }),
    { numRuns: 5000 },
  );
});
