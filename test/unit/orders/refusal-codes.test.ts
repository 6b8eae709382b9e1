import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

test('the refusals of the order book are those that its guide lists', () => {
  const sources = readdirSync(new URL('src/orders/', root)).map((file) => read(`src/orders/${file}`));
  const used = sources.flatMap((source) =>
    [...source.matchAll(/refuse(?:Excess)?\(\s*'(\w+)'/g)].map(([, code]) => code),
  );
  const [, table = ''] = read('docs/order-book.md').split('## Refusals');
  const rows = table.split('\n').filter((line) => line.startsWith('| `'));
  const listed = rows.flatMap((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, code]) => code),
  );
  expect([...new Set(listed)].sort()).toEqual([...new Set(used)].sort());
});
