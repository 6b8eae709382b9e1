import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { ensureDemoAccounts } from '../../src/http/demo-accounts.ts';
import { openListener } from '../../src/http/listener.ts';
import { createLogger } from '../../src/http/logger.ts';
import type { Role } from '../../src/resources/define.ts';
import { loadSettings } from '../../src/settings.ts';
import { createShutdown } from '../../src/shutdown.ts';
import { createWebsite } from '../../src/website.ts';
import type { TestDatabase } from './database.ts';

const PASSWORD = 'a password for tests';

/** The store's own panel, live, as its staff see it, over a test database that has been migrated. */
export interface StoreSite {
  readonly origin: string;
  stop(): Promise<void>;
}

/** `environment`: settings besides those that a test always has. */
export async function startStoreSite(
  { pool, url }: Pick<TestDatabase, 'pool' | 'url'>,
  environment: Record<string, string> = {},
): Promise<StoreSite> {
  await ensureDemoAccounts(pool, PASSWORD);
  const dataDir = await mkdtemp(join(tmpdir(), 'store-site-'));
  const shutdown = createShutdown();
  const listener = await openListener({ host: '127.0.0.1', port: 0, keepAliveMs: 75_000 });
  await shutdown.keep(listener, (part) => part.stop());
  const settings = { ...loadSettings(environment), dataDir, resourcesDir: resolve('resources') };
  const logger = createLogger('silent');
  const { server } = listener;
  listener.serve(await createWebsite({ settings, pool, url, logger, server, shutdown }));
  return {
    origin: `http://127.0.0.1:${listener.port}`,
    stop: async () => {
      await shutdown.run();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Signs in by the form; ends on the page that was asked for, or on the home page. `basePath`: what the site lies below. */
export async function signInAs(page: Page, role: Role, basePath = ''): Promise<void> {
  const login = `${basePath}/admin/login`;
  if (!page.url().includes(login)) await page.goto(login);
  await page.getByLabel('E-mail').fill(`${role}@gorak.example`);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(({ pathname }) => pathname !== login);
}
