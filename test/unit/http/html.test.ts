import { expect, test } from 'vitest';
import { html } from '../../../src/http/html.ts';

test('values are escaped, in text and in attributes; HTML is not escaped twice; null leaves nothing', () => {
  const typed = `"><script>'&`;
  const inner = html`<b>${typed}</b>`;
  expect(html`<i title="${typed}">${inner}${null}${0}</i>`.text).toBe(
    '<i title="&quot;&gt;&lt;script&gt;&#39;&amp;"><b>&quot;&gt;&lt;script&gt;&#39;&amp;</b>0</i>',
  );
});
