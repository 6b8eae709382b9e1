import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { SETTINGS_TABLE } from '../../src/settings.ts';

test("the README's settings are the ones that are read", async () => {
  const readme = await readFile('README.md', 'utf8');
  const [, table = ''] = /<!-- settings -->\n(.*?)\n<!-- \/settings -->/s.exec(readme) ?? [];
  const rows = table
    .split('\n')
    .slice(2)
    .map((row) =>
      row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const expected = SETTINGS_TABLE.map(([name, value, meaning]) => [
    `\`${name}\``,
    value && `\`${value}\``,
    meaning,
  ]);
  expect(rows).toEqual(expected);
});
