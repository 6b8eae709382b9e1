import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { test as baseTest, expect } from 'vitest';
import { BROWSER_FLAGS, CHROMIUM_PATH } from './chromium.ts';

/** A zone that is not UTC, so that a time shown or posted in the wrong one is noticed. */
export const BROWSER_ZONE = 'America/New_York';

const TIMEOUT_MS = 10_000;

export interface BrowserFixtures {
  /** The browser of the file. */
  browser: Browser;
  /** Set with `test.override` where a test needs another window. */
  window: BrowserContextOptions;
  /** A page with nothing in it, in a context of its own. What goes wrong in it fails the test. */
  page: Page;
  /** What went wrong in the page: a test that means it to go wrong takes it out. */
  faults: string[];
}

/**
 * Creates a `test` whose `page` is one of Debian's Chromium at `origin`. An error in its console, a request to another
 * host and an answer of 400 or more, save the refusals that a page shows in words, fail the test.
 */
export function createBrowserTest(origin: () => string) {
  return baseTest.extend<BrowserFixtures>({
    browser: [
      async ({}, use) => {
        const browser = await chromium.launch({ executablePath: CHROMIUM_PATH, args: BROWSER_FLAGS });
        await use(browser);
        await browser.close();
      },
      { scope: 'file' },
    ],
    window: { viewport: { width: 1280, height: 800 } },
    faults: async ({}, use) => {
      const faults: string[] = [];
      await use(faults);
      expect(faults, 'what went wrong in the browser').toEqual([]);
    },
    page: async ({ browser, window, faults }, use) => {
      const context = await browser.newContext({ baseURL: origin(), timezoneId: BROWSER_ZONE, ...window });
      context.setDefaultTimeout(TIMEOUT_MS);
      context.on('page', (page) => watchPage(page, origin(), faults));
      await use(await context.newPage());
      await context.close();
    },
  });
}

/** What others do is not told to the page, as where its connection is broken. To be called before it is opened. */
export function cutOff(page: Page): Promise<void> {
  return page.routeWebSocket(/socket\.io/, () => undefined);
}

/** An action's no: its page shows it in words, and goes on. Chromium's console tells it, too. */
function isRefusal(status: number, url: string): boolean {
  return [404, 409, 422].includes(status) && url.includes('/admin/api/resources/');
}

function watchPage(page: Page, origin: string, faults: string[]): void {
  page.on('pageerror', (error) => faults.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    const status = Number(/status of (\d{3})/.exec(message.text())?.[1]);
    const isFault = message.type() === 'error' && !isRefusal(status, message.location().url);
    if (isFault) faults.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.origin !== origin) faults.push(`foreign host: ${url.href}`);
  });
  page.on('response', (response) => {
    const [status, url] = [response.status(), response.url()];
    if (status >= 400 && !isRefusal(status, url)) faults.push(`${status}: ${new URL(url).pathname}`);
  });
}
