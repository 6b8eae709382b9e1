import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { createBrowserTest } from '../support/browser.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { StoreRows } from '../support/store-rows.ts';
import { type StoreSite, signInAs, startStoreSite } from '../support/store-site.ts';
import { runUntold } from '../support/untold.ts';

const HOLES = 25;

let database: TestDatabase;
let site: StoreSite;
let film: number;
const test = createBrowserTest(() => site.origin);

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'all' });
  film = await new StoreRows(database.pool).addFilm({ title: 'Alien', stock: 500 });
  site = await startStoreSite(database);
});

afterAll(async () => {
  await site?.stop();
  await database?.drop();
});

/** A page, when it read what it shows, and what befell its connection. */
interface WatchedPage {
  readonly page: Page;
  readonly readAtMs: number[];
  readonly closed: string[];
}

async function watch(page: Page, address: string, reading: RegExp): Promise<WatchedPage> {
  const tab = await page.context().newPage();
  const watched: WatchedPage = { page: tab, readAtMs: [], closed: [] };
  tab.on('request', (request) => {
    if (reading.test(request.url())) watched.readAtMs.push(performance.now());
  });
  const isTold = new Promise<void>((resolve) => {
    tab.on('websocket', (socket) => {
      socket.on('close', () => watched.closed.push(address));
      socket.on('framereceived', ({ payload }) => {
        if (/^43.*"mode":"live"/.test(String(payload))) resolve();
      });
    });
  });
  await tab.goto(address);
  await isTold;
  return watched;
}

test('commits that cannot be told leave every screen live, told at once, and read once a second at most', async ({
  page,
}) => {
  await signInAs(page, 'supervisor');
  const list = await watch(page, '/admin/resources/movies', /movies\/actions\/list/);
  const record = await watch(page, `/admin/resources/movies/records/${film}/show`, /records\/\d+\/show$/);
  const home = await watch(page, '/admin', /snapshots\/supervisor/);
  const board = await watch(page, '/live-board', /snapshots\/supervisor/);
  const pages = [list, record, home, board];
  const available = list.page.getByRole('row', { name: 'Alien' }).getByRole('cell');
  const shelf = record.page.locator('dt:text-is("On the shelf") + dd');
  const readBefore = pages.map(({ readAtMs }) => readAtMs.length);
  const beginMs = performance.now();
  for (let hole = 1; hole <= HOLES; hole++) {
    await runUntold(database, 'UPDATE movies SET low_stock_threshold = ? WHERE id = ?', [hole, film]);
    await database.pool.query('UPDATE movies SET stock = stock - 1 WHERE id = ?', [film]);
    await expect.poll(() => available.allTextContents(), { interval: 5 }).toContain(String(500 - hole));
    await expect.poll(() => shelf.textContent(), { interval: 5 }).toBe(String(500 - hole));
  }
  await runUntold(database, 'UPDATE movies SET stock = 7, low_stock_threshold = 9 WHERE id = ?', [film]);
  await expect.poll(() => available.allTextContents()).toContain('7');
  await expect.poll(() => shelf.textContent()).toBe('7');
  for (const watched of [home, board]) await watched.page.getByText('7 left').first().waitFor();
  const seconds = Math.ceil((performance.now() - beginMs) / 1_000);
  for (const [index, { readAtMs, closed, page: shown }] of pages.entries()) {
    const reads = readAtMs.length - (readBefore[index] ?? 0);
    expect(reads, shown.url()).toBeGreaterThan(0);
    expect(reads, shown.url()).toBeLessThanOrEqual(seconds + 1);
    expect(closed).toEqual([]);
  }
  for (const { page: shown } of [list, record, home])
    await shown.locator('[data-phase="live"]').waitFor({ timeout: 1_000 });
});
