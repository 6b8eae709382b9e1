import type { Pool } from '../../src/database/pool.ts';
import { defineResource, type ResourceConfig } from '../../src/resources/define.ts';
import type { BulkAction } from '../../src/resources/define-action.ts';

const ROWS = 130;
/** What addresses, lists between commas and forms take for something else. */
const ODD = ['é', ',', '/', '%41', '~', '..', '"', '<b>', '&a=1', '+', '#', '日本', "'", '\\', ';', '?'];

/** A page without an icon has its browser ask for one. */
export const NO_ICON = '<link rel="icon" href="data:,">';

const countLetters: BulkAction['run'] = async (_context, ids) => ({
  ok: true,
  results: ids.map((id) => ({ id, ok: true, message: `${id.length > 91 ? 'many' : '91'} letters` })),
});

const shape = (table: string): ResourceConfig =>
  defineResource({
    table,
    can: { list: true, show: true, delete: ['admin'] },
    bulkActions: [
      {
        name: 'count_letters',
        label: 'Count letters',
        can: ['admin'],
        preview: countLetters,
        run: countLetters,
      },
    ],
    documents: [
      {
        name: 'labels',
        label: 'Labels',
        can: true,
        render: async (_context, ids) => NO_ICON + ids.join('\n'),
      },
    ],
  });

/** The tables of {@link fillLongKeys}, with a step for many rows and a paper of them each. */
export const LONG_KEYS: readonly ResourceConfig[] = ['codes', 'shelves'].map(shape);

/** Creates `codes`, whose key is a text of 91 letters, and `shelves`, whose key is two texts, and 130 rows in each. */
export async function fillLongKeys(pool: Pool): Promise<void> {
  await pool.query('CREATE TABLE codes (code VARCHAR(91) PRIMARY KEY, size INT) CHARACTER SET utf8mb4');
  await pool.query(
    'CREATE TABLE shelves (room VARCHAR(60), place VARCHAR(40), PRIMARY KEY (room, place)) CHARACTER SET utf8mb4',
  );
  const key = (index: number, length: number) =>
    `${String(index).padStart(3, '0')}${ODD[index % ODD.length]}`.padEnd(length, 'key letters ').trimEnd();
  const numbers = Array.from({ length: ROWS }, (_, index) => index);
  await pool.query('INSERT INTO codes VALUES ?', [numbers.map((index) => [key(index, 91), index])]);
  await pool.query('INSERT INTO shelves VALUES ?', [
    numbers.map((index) => [key(index >> 3, 60), key(index, 40)]),
  ]);
}
