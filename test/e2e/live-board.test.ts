import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished } from 'vitest';
import { createBrowserTest } from '../support/browser.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { addDisplay } from '../support/displays.ts';
import { StoreRows } from '../support/store-rows.ts';
import { type StoreSite, signInAs, startStoreSite } from '../support/store-site.ts';
import { createTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';

const TELEVISION = { viewport: { width: 1920, height: 1080 } };

let database: TestDatabase;
let site: StoreSite;
let film: number;
let proxy: TcpProxy;

const test = createBrowserTest(() => site.origin);

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'all' });
  const rows = new StoreRows(database.pool);
  film = await rows.addFilm({ title: 'Alien', stock: 6 });
  await rows.addCustomer('Gax');
  site = await startStoreSite(database);
  proxy = await createTcpProxy(() => Number(new URL(site.origin).port));
});

afterAll(async () => {
  await proxy?.stop();
  await site?.stop();
  await database?.drop();
});

const tile = (page: Page, label: string) =>
  page
    .getByRole('list', { name: 'Today' })
    .getByRole('listitem')
    .filter({ hasText: label })
    .locator('strong');
const lines = (page: Page, region: string) =>
  page.getByRole('region', { name: region }).getByRole('listitem');
const runSql = (sql: string) => database.pool.query(sql);

/** A screen that is not watched for faults: being cut off is what it is here for. */
async function openScreen(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ ...TELEVISION, baseURL: site.origin, ...options });
  onTestFinished(() => context.close());
  return context.newPage();
}

test('an admin links a television; plain SQL moves its figures; revoked it goes dark', async ({
  page,
  browser,
}) => {
  await signInAs(page, 'admin');
  await page.getByRole('link', { name: 'Displays' }).click();
  await page.getByRole('link', { name: 'New display link' }).click();
  await page.getByRole('button', { name: 'Make the link' }).click();
  await page.getByRole('alert').getByText('A name has 1 to 120 characters.').waitFor();
  await page.getByLabel('Name of the screen').fill('Packing hall');
  await page.getByRole('button', { name: 'Make the link' }).click();
  const address = await page.getByLabel('Address of the display').inputValue();
  expect(address).toMatch(new RegExp(`^${site.origin}/live-board\\?key=[\\w-]{43}$`));

  const screen = await openScreen(browser);
  await screen.goto(address);
  expect(screen.url()).toBe(`${site.origin}/live-board`);
  await screen.getByText('Live', { exact: true }).waitFor();
  expect(await tile(screen, 'Low stock').textContent()).toBe('0');
  await runSql(`UPDATE movies SET stock = stock - 1 WHERE id = ${film}`);
  await expect.poll(() => tile(screen, 'Low stock').textContent()).toBe('1');
  expect(await lines(screen, 'Films that run low').allTextContents()).toEqual(['Alien5 left']);
  const moves = lines(screen, 'Stock, what moved last');
  expect(await moves.first().textContent()).toBe('−1 Alien outside the panel');
  await runSql('INSERT INTO orders (customer_id) SELECT id FROM customers');
  await expect.poll(() => tile(screen, 'Orders today').textContent()).toBe('1');
  expect(await lines(screen, 'Happening now').first().textContent()).toMatch(
    /^Order 1 placedoutside the panel\d\d:\d\d$/,
  );

  await page.goto('/admin/resources/panel_displays');
  await page.getByRole('link', { name: 'Packing hall' }).click();
  expect(await page.content()).not.toContain(new URL(address).searchParams.get('key'));
  await page.getByRole('link', { name: 'Revoke', exact: true }).click();
  await page.getByText('The screen goes dark at once').waitFor();
  await page.getByRole('button', { name: 'Revoke', exact: true }).click();
  await screen.getByRole('heading', { name: 'This display link was revoked' }).waitFor();
  await page.getByText('Revoked', { exact: true }).first().waitFor();
});

test('a screen that is cut off says that its figures are old, and since when; then it is live again', async ({
  browser,
}) => {
  const { token } = await addDisplay(database.pool);
  const screen = await openScreen(browser, { baseURL: `http://127.0.0.1:${proxy.port}` });
  await screen.goto(`/live-board?key=${token}`);
  await screen.getByText('Live', { exact: true }).waitFor();
  const before = await tile(screen, 'Orders today').textContent();
  await proxy.cut();
  await screen.getByText(/Old figures: as they were at \d\d:\d\d UTC/).waitFor();
  await screen.getByText('Offline', { exact: true }).waitFor();
  await runSql('INSERT INTO orders (customer_id) SELECT id FROM customers');
  await proxy.restore();
  await expect
    .poll(() => tile(screen, 'Orders today').textContent(), { timeout: 40_000 })
    .toBe(String(Number(before) + 1));
  await expect.poll(() => screen.getByText(/Old figures/).count()).toBe(0);
});

test('a screen loads itself again where the server has another version of it', async ({ browser }) => {
  const { token } = await addDisplay(database.pool);
  const screen = await openScreen(browser);
  await screen.goto(`/live-board?key=${token}`);
  const loads: string[] = [];
  screen.on('request', (request) => {
    if (request.isNavigationRequest()) loads.push(new URL(request.url()).pathname);
  });
  await screen.route('**/live-board/version', (route) =>
    loads.length > 1 ? route.continue() : route.fulfill({ json: { version: 'another' } }),
  );
  await screen.reload();
  await expect.poll(() => loads).toEqual(['/live-board', '/live-board']);
  await screen.getByText('Live', { exact: true }).waitFor();
});

describe.each([
  { width: 1920, height: 1080 },
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
])('a window of $width pixels', (viewport) => {
  test.override({ window: { viewport } });

  test('holds the board without a fault; nothing is wider than it', async ({ page }) => {
    await signInAs(page, 'supervisor');
    await page.goto('/live-board');
    await page.getByText('Live', { exact: true }).waitFor();
    const { scrollWidth, scrollHeight } = await page.evaluate(() => {
      const { scrollWidth, scrollHeight } = document.documentElement;
      return { scrollWidth, scrollHeight };
    });
    expect(scrollWidth).toBe(viewport.width);
    if (viewport.width > 760) expect(scrollHeight).toBe(viewport.height);
  });
});
