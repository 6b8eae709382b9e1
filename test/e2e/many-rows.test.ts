import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { RowDataPacket } from '../../src/database/pool.ts';
import { createBrowserTest, cutOff } from '../support/browser.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { fillLongKeys, LONG_KEYS } from '../support/long-keys.ts';
import { startPanel, type TestPanel } from '../support/panel.ts';

let database: TestDatabase;
let panel: TestPanel;
const test = createBrowserTest(() => panel.http.origin);

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'panel' });
  await fillLongKeys(database.pool);
  panel = await startPanel(database, LONG_KEYS);
});

afterAll(async () => {
  await panel?.stop();
  await database?.drop();
});

async function openAsAdmin(page: Page, address: string): Promise<void> {
  await cutOff(page);
  const [name = '', value = ''] = panel.as('admin').cookie.split(/[=;]/);
  await page.context().addCookies([{ name, value, url: panel.http.origin }]);
  await page.goto(address);
}

async function selectHundred(page: Page, table: string): Promise<void> {
  await openAsAdmin(page, `/admin/resources/${table}?perPage=100`);
  await page.locator('tbody tr').nth(99).waitFor();
  await page.locator('thead input[type=checkbox]').check();
  await selection(page).getByText('100 selected').waitFor();
}

const selection = (page: Page) => page.getByRole('region', { name: 'Selection' });

async function countRows(table: string): Promise<number> {
  const [rows] = await database.pool.query<RowDataPacket[]>('SELECT COUNT(*) AS count FROM ??', [table]);
  return rows[0]?.count;
}

describe.each(['codes', 'shelves'])('100 rows of %s, whose keys are long texts,', (table) => {
  test('are taken in one step, after a reload, too', async ({ page }) => {
    await selectHundred(page, table);
    await selection(page).getByRole('link', { name: 'Count letters' }).click();
    await page.getByRole('heading', { name: 'Count letters: 100 selected' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'See what would happen' }).click();
    await page.getByRole('button', { name: 'Count letters 100 of 100' }).click();
    await page.getByText('100 done').waitFor();
  });

  test('are printed together, in a tab of their own', async ({ page }) => {
    await selectHundred(page, table);
    const opened = page.context().waitForEvent('page');
    await selection(page).getByRole('button', { name: 'Labels' }).click();
    const paper = await opened;
    await paper.waitForLoadState();
    expect((await paper.locator('body').textContent())?.trim().split('\n')).toHaveLength(100);
  });

  test('are deleted together', async ({ page }) => {
    await selectHundred(page, table);
    await selection(page).getByRole('link', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete 100' }).click();
    await page.getByText('100 deleted').waitFor();
    expect(await countRows(table)).toBe(30);
  });
});

test('the page of a step without a selection leads back to the list, and says why', async ({ page }) => {
  await openAsAdmin(page, '/admin/resources/codes/bulk/count_letters');
  await page.getByRole('alert').getByText('No rows are selected').waitFor();
  expect(new URL(page.url()).pathname).toBe('/admin/resources/codes');
  await page.goto('/admin/resources/codes/bulk/bulkDelete?recordIds=nothing');
  await page.getByRole('alert').getByText('None of the selected rows is there any more').waitFor();
});

test('a selection beyond what one step takes is refused in words', async ({ page, faults }) => {
  const ids = Array.from({ length: 501 }, (_, index) => index).join(',');
  await openAsAdmin(page, `/admin/resources/codes/bulk/bulkDelete?recordIds=${ids}`);
  await page.getByRole('alert').getByText('These are 501 rows; up to 500 can be taken').waitFor();
  expect(faults.splice(0)).toContain('400: /admin/api/resources/codes/actions/rows');
});
