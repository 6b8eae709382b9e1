import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { seedStore } from '../../src/seed/seed-store.ts';
import { createBrowserTest } from '../support/browser.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type StoreSite, signInAs, startStoreSite } from '../support/store-site.ts';

const ORDERS = 130;

let database: TestDatabase;
let site: StoreSite;
const test = createBrowserTest(() => site.origin);

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'all' });
  await seedStore(database.pool, { orders: ORDERS, now: new Date('2026-11-22T12:00:00Z') });
  site = await startStoreSite(database);
});

afterAll(async () => {
  await site?.stop();
  await database?.drop();
});

const pages = (page: Page) => page.getByRole('navigation', { name: 'Pages' });
const button = (page: Page, name: string) => pages(page).getByRole('button', { name });
const says = (page: Page, text: string) => pages(page).getByText(text, { exact: true }).waitFor();

/** The orders on the page, once it says so. */
async function ordersOf(page: Page, text: string): Promise<string[]> {
  await says(page, text);
  const links = await page.getByRole('table').getByRole('link').all();
  const hrefs = await Promise.all(links.map((link) => link.getAttribute('href')));
  return hrefs.flatMap((href) => /orders\/records\/(\d+)/.exec(String(href))?.[1] ?? []);
}

test('a walk by Next through orders sorted by status shows each once, and Previous leads back', async ({
  page,
}) => {
  await signInAs(page, 'employee');
  await page.goto('/admin/resources/orders?sortBy=status&direction=asc');
  const walked: string[][] = [];
  for (let first = 1; first <= ORDERS; first += 25) {
    walked.push(await ordersOf(page, `${first}–${Math.min(ORDERS, first + 24)} of ${ORDERS}`));
    if (first + 25 <= ORDERS) await button(page, 'Next').click();
  }
  expect(new Set(walked.flat()).size).toBe(ORDERS);
  expect(await button(page, 'Next').isDisabled()).toBe(true);
  await button(page, 'Previous').click();
  expect(await ordersOf(page, `101–125 of ${ORDERS}`)).toEqual(walked[4]);
});

test('a list is left for its last page, a page by its number, and its first one', async ({ page }) => {
  await signInAs(page, 'employee');
  await page.goto('/admin/resources/orders?sortBy=total&direction=desc');
  await says(page, `1–25 of ${ORDERS}`);
  await button(page, 'Last page').click();
  await says(page, `126–130 of ${ORDERS}`);
  await pages(page).getByLabel('Page number').fill('3');
  await page.keyboard.press('Enter');
  await says(page, `51–75 of ${ORDERS}`);
  await button(page, 'First page').click();
  await says(page, `1–25 of ${ORDERS}`);
  expect(new URL(page.url()).searchParams.get('page')).toBe(null);
});

test('what goes without saying takes no room in a list, and can be filtered by', async ({ page }) => {
  const hold = "UPDATE orders SET on_hold = TRUE, hold_reason = 'because' WHERE status = 'placed' LIMIT 1";
  await database.pool.query(hold);
  await signInAs(page, 'employee');
  await page.goto('/admin/resources/orders?filters.on_hold=false');
  await page.getByRole('cell', { name: 'Free' }).first().waitFor();
  for (const text of await page.getByRole('cell').getByText('Free', { exact: true }).all())
    expect((await text.boundingBox())?.width).toBe(1);
  await page.getByText('Hold: Free').waitFor();
  await page.goto('/admin/resources/orders?filters.on_hold=true');
  const badge = page.getByRole('cell').getByText('On hold', { exact: true }).first();
  await badge.waitFor();
  expect((await badge.boundingBox())?.width).toBeGreaterThan(30);
});

test('an address leads to writing a mail, and breaks before its @ and dots alone', async ({ page }) => {
  await signInAs(page, 'employee');
  await page.goto('/admin/resources/customers');
  const mail = page.getByRole('cell').getByRole('link', { name: '@' }).first();
  const address = (await mail.textContent()) ?? '';
  expect(address).toMatch(/^[^@\s]+@[^@\s]+\.[^@\s]+$/);
  expect(await mail.getAttribute('href')).toBe(`mailto:${address}`);
  const parts = await mail.evaluate((link) => {
    Object.assign(link.style, {
      display: 'inline-block',
      width: '4em',
      whiteSpace: 'normal',
      overflowWrap: 'normal',
    });
    return [...link.childNodes].map((node) => {
      const range = document.createRange();
      range.selectNodeContents(node);
      const { top } = range.getBoundingClientRect();
      return { text: node.textContent, top, lines: range.getClientRects().length };
    });
  });
  const texts = parts.filter(({ text }) => text);
  expect(texts.map(({ text }) => text)).toEqual(address.split(/(?=[@.])/));
  expect(texts.map(({ lines }) => lines)).toEqual(texts.map(() => 1));
  expect(new Set(texts.map(({ top }) => top)).size).toBeGreaterThan(1);
});

test('days of a filter are written and told as all others, and what is no day is refused there', async ({
  page,
}) => {
  await signInAs(page, 'employee');
  await page.goto('/admin/resources/orders');
  await page.getByRole('button', { name: 'Filter' }).click();
  const [from, to] = [
    page.getByLabel('Placed from', { exact: true }),
    page.getByLabel('Placed to', { exact: true }),
  ];
  await from.fill('1 Nov 2026');
  await to.fill('2026-11-20');
  expect([await from.inputValue(), await to.inputValue()]).toEqual(['1 Nov 2026', '20 Nov 2026']);
  await to.fill('20/11/2026');
  await page.getByRole('button', { name: 'Show results' }).click();
  expect(await to.evaluate((field: HTMLInputElement) => field.validationMessage)).toContain('22 Nov 2026');
  await to.fill('20 November 2026');
  await page.getByRole('button', { name: 'Show results' }).click();
  await page.getByLabel('Active filters').getByText('from 1 Nov 2026 to 20 Nov 2026').waitFor();
  expect(new URL(page.url()).searchParams.get('filters.placed_at.to')).toBe('2026-11-21T04:59:59.999Z');
});
