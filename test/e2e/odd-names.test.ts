import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { quoteIdentifier } from '../../src/database/identifier.ts';
import type { RowDataPacket } from '../../src/database/pool.ts';
import { encodeTable } from '../../src/table-address.ts';
import { createBrowserTest } from '../support/browser.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createOddTable, ODD_NAMES } from '../support/odd-names.ts';
import { type StoreSite, signInAs, startStoreSite } from '../support/store-site.ts';

// Case 5.5, in a browser: a table and columns of every name.
const TABLE = 'a/b?c#%41';
const TABLE_SQL = quoteIdentifier(TABLE);
const LIST = `/admin/resources/${encodeTable(TABLE)}`;

let database: TestDatabase;
let site: StoreSite;
const test = createBrowserTest(() => site.origin);

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'all' });
  const { pool } = database;
  await pool.query(createOddTable(TABLE, quoteIdentifier));
  const columns = ODD_NAMES.map(quoteIdentifier).join(', ');
  const values = ODD_NAMES.map((_name, index) => `'old ${index}'`).join(', ');
  await pool.query(`INSERT INTO ${TABLE_SQL} (${columns}) VALUES (${values})`);
  await pool.query(
    "INSERT INTO movies (title, release_year, runtime_minutes, genre, price) VALUES ('Alien', 1979, 117, 'Horror', 9.99)",
  );
  site = await startStoreSite(database);
});

afterAll(async () => {
  await site?.stop();
  await database?.drop();
});

async function held(): Promise<unknown[]> {
  const selected = ODD_NAMES.map((name, index) => `${quoteIdentifier(name)} AS value${index}`);
  const [[row]] = await database.pool.query<RowDataPacket[]>(
    `SELECT ${selected.join(', ')} FROM ${TABLE_SQL}`,
  );
  return ODD_NAMES.map((_name, index) => row?.[`value${index}`]);
}

/** By its name as it is: one in a selector would have to be escaped. */
async function fill(page: Page, name: string, value: string): Promise<void> {
  const field = await page.evaluateHandle(
    (wanted) => [...document.querySelectorAll('input')].find((input) => input.name === wanted),
    name,
  );
  await field.asElement()?.fill(value);
}

test('a row is found, opened, followed, edited and saved', async ({ page }) => {
  await signInAs(page, 'admin');
  await page.goto(LIST);
  await page.locator('tbody tr').first().click();
  await page.waitForURL(`**${LIST}/records/1/show`);
  for (const index of ODD_NAMES.keys())
    await page.getByText(`old ${index}`, { exact: true }).first().waitFor();
  await database.pool.query(`UPDATE ${TABLE_SQL} SET \`__proto__\` = 'told', \`constructor\` = 'as well'`);
  await page.getByText('told', { exact: true }).waitFor();
  await page.getByText('as well', { exact: true }).waitFor();

  await page.goto(`${LIST}/records/1/edit`);
  await page.locator('input[name="constructor"]').waitFor();
  for (const [index, name] of ODD_NAMES.entries()) await fill(page, name, `new ${index}`);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.waitForURL('**/show');
  expect(await held()).toEqual(ODD_NAMES.map((_name, index) => `new ${index}`));
});

test('rows are filtered by every name, and say so', async ({ page }) => {
  await signInAs(page, 'admin');
  await database.pool.query(
    `UPDATE ${TABLE_SQL} SET ${ODD_NAMES.map((name) => `${quoteIdentifier(name)} = 'kept'`).join(', ')}`,
  );
  const query = new URLSearchParams(ODD_NAMES.map((name) => [`filters.${name}`, 'kept']));
  await page.goto(`${LIST}?${query}`);
  await page.locator('tbody tr').first().waitFor();
  const chips = page.getByRole('list', { name: 'Active filters' }).getByRole('listitem');
  expect(await chips.filter({ hasText: 'kept' }).count()).toBe(ODD_NAMES.length);
});

test("another table's list is as ever", async ({ page }) => {
  await signInAs(page, 'admin');
  await page.goto('/admin/resources/movies');
  await page.getByRole('link', { name: 'Alien' }).first().waitFor();
});
