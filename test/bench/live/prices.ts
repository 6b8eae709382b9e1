import { type Browser, chromium, type Page } from 'playwright-core';
import { migrate } from '../../../src/database/migrate.ts';
import { createPool } from '../../../src/database/pool.ts';
import { BROWSER_FLAGS, CHROMIUM_PATH } from '../../support/chromium.ts';
import { StoreRows } from '../../support/store-rows.ts';
import { signInAs, startStoreSite } from '../../support/store-site.ts';
import { openOwnServer } from '../bench-server.ts';
import { takeTurns, type Way } from './latency.ts';
import type { Ratio } from './ratio.ts';

const ROUNDS = 200;
const MOST_RATIO = 1.5;

/**
 * A film's price that another program writes, until it stands on a list that is open in a browser. MariaDB 11 leaves the
 * columns that it computes out of its log; here it takes turns with the server that this machine has.
 */
export async function measurePrices(url: string): Promise<Ratio> {
  const own = await openOwnServer('bench_prices');
  await migrate(own.url);
  const browser = await chromium.launch({ executablePath: CHROMIUM_PATH, args: BROWSER_FLAGS });
  const ways = [await openPrices(browser, url), await openPrices(browser, own.url)];
  const [given = 0, reference = 0] = await takeTurns(ways, ROUNDS);
  await browser.close();
  await own.close();
  const ratio = given / reference;
  const text = `an outside price update on the open list p95: ${given.toFixed(1)} ms, on this machine's own server ${reference.toFixed(1)} ms`;
  return { text, ratio, isGood: ratio <= MOST_RATIO, bound: `≤ ${MOST_RATIO}` };
}

async function openPrices(browser: Browser, url: string): Promise<Way> {
  const pool = createPool(url, { connectionLimit: 10 });
  const film = await new StoreRows(pool).addFilm({ title: 'Alien', stock: 7 });
  const site = await startStoreSite({ pool, url });
  const page = await browser.newPage({ baseURL: site.origin });
  await signInAs(page, 'employee');
  const isTold = page.waitForEvent('websocket').then((socket) => socket.waitForEvent('framereceived'));
  await page.goto('/admin/resources/movies');
  await isTold;
  let cents = 1_000;
  return {
    measure: async () => {
      cents += 1;
      const price = (cents / 100).toFixed(2);
      const seen = timeOf(page, price);
      const startedAt = performance.timeOrigin + performance.now();
      await pool.query('UPDATE movies SET price = ? WHERE id = ?', [price, film]);
      return (await seen) - startedAt;
    },
    stop: async () => {
      await page.close();
      await site.stop();
      await pool.end();
    },
  };
}

/** When a text comes to stand on the page, in ms of the machine's clock; looked for before each frame is drawn. */
async function timeOf(page: Page, text: string): Promise<number> {
  const seen = await page.waitForFunction(
    (wanted) => document.body.textContent?.includes(wanted) && performance.timeOrigin + performance.now(),
    text,
  );
  return Number(await seen.jsonValue());
}
