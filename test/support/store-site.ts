import type { Page } from 'playwright-core';
import { introspect } from '../../src/database/introspect.ts';
import { ensureDemoAccounts } from '../../src/http/demo-accounts.ts';
import { buildBundle } from '../../src/panel/build-bundle.ts';
import { createPanel } from '../../src/panel/create-panel.ts';
import type { Role } from '../../src/resources/define.ts';
import { loadDashboard, loadResources } from '../../src/resources/load.ts';
import type { TestDatabase } from './database.ts';
import { startHttpServer } from './http-server.ts';

const PASSWORD = 'a password for tests';
const RESOURCES_DIR = 'resources';

/** The store's own panel, as its staff see it, over a test database that has been migrated. */
export interface StoreSite {
  readonly origin: string;
  stop(): Promise<void>;
}

export async function startStoreSite({ pool }: TestDatabase): Promise<StoreSite> {
  await ensureDemoAccounts(pool, PASSWORD);
  await buildBundle();
  const resources = await loadResources(RESOURCES_DIR, await introspect(pool));
  const { router } = await createPanel({ pool, resources, dashboard: await loadDashboard(RESOURCES_DIR) });
  return startHttpServer({ pool, router });
}

/** Signs in by the form; ends on the page that was asked for, or on the home page. */
export async function signInAs(page: Page, role: Role): Promise<void> {
  if (!page.url().includes('/admin/login')) await page.goto('/admin/login');
  await page.getByLabel('E-mail').fill(`${role}@gorak.example`);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(({ pathname }) => pathname !== '/admin/login');
}
