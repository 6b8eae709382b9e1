import { expect, test } from 'vitest';
import { whereSql } from '../../../src/database/filter.ts';
import { quoteIdentifier } from '../../../src/database/identifier.ts';
import { column } from '../../support/tables.ts';

const name = { ...column('na`me', 'string'), nullable: true };
const price = { ...column('price', 'decimal'), precision: 8, scale: 2 };

test('no filter is always true, no search target never', () => {
  expect(whereSql([])).toEqual({ sql: 'TRUE', parameters: [] });
  expect(whereSql([], { targets: [] })).toEqual({ sql: '(FALSE)', parameters: [] });
});

test('values are bound and names quoted', () => {
  const { sql, parameters } = whereSql([
    { column: name, operator: 'contains', value: "50%_\\' OR 1" },
    { column: price, operator: 'from', value: '1.50' },
    { column: price, operator: 'in', value: [] },
  ]);
  expect(sql).toBe('`na``me` LIKE ? AND `price` >= CAST(? AS DECIMAL(8, 2)) AND `price` IN (NULL)');
  expect(parameters).toEqual(["%50\\%\\_\\\\' OR 1%", '1.50']);
});

test('a searched text may be in any target', () => {
  const { sql, parameters } = whereSql([{ column: name, operator: 'empty' }], {
    targets: [
      { in: 'key', column: column('id', 'integer'), value: 7n },
      {
        in: 'reference',
        column: price,
        table: 'other',
        valueColumn: price,
        target: { in: 'text', column: name, text: '7' },
      },
    ],
  });
  expect(sql).toBe(
    '(`na``me` IS NULL) AND (`id` = ? OR `price` IN (SELECT `price` FROM `other` WHERE `na``me` LIKE ?))',
  );
  expect(parameters).toEqual([7n, '%7%']);
});

test('a quoted identifier cannot be left', () => {
  expect(quoteIdentifier('a`; DROP TABLE b; --')).toBe('`a``; DROP TABLE b; --`');
});
