import { expect, test } from 'vitest';
import { securePage } from '../../../src/panel/page-html.ts';

const PAGE = `<!DOCTYPE html><html lang=en><head><script>
        window.REDUX_STATE = {"name":"</script><script>bad()"};
        window.THEME = {};
        window.THEME_COMPONENTS = {};
      </script>
<link rel="stylesheet" href="https://fonts.googleapis.com/css?family=Roboto" type="text/css">
<script src="/a.js"></script></head><body><div id="app" /><script>go()</script></body>`;

test('the page runs no script but its own', () => {
  const page = securePage(PAGE, { nonce: 'abc', assetUrl: (path) => `${path}?v=1`, basePath: '/store' });
  expect(page).toContain('{"name":"\\u003c/script>\\u003cscript>bad()"}');
  expect(page.match(/<script[^>]*>/g)).toEqual([
    '<script nonce="abc">',
    '<script src="/a.js?v=1">',
    '<script nonce="abc">',
  ]);
  expect(page).not.toContain('googleapis');
  expect(page).toContain('<html data-base-path="/store" lang=en>');
});

test('a page of another form is a fault, not a hole', () => {
  expect(() =>
    securePage('<!DOCTYPE html><script>x</script>', { nonce: 'abc', assetUrl: String, basePath: '' }),
  ).toThrow(/another form/);
});
