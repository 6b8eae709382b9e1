import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { BROWSER_FLAGS, CHROMIUM_PATH } from './chromium.ts';
import { startProgram } from './program.ts';

const PASSWORD = 'for the picture';

/** Makes the README's picture: `npm run picture` writes docs/panel.png from a freshly seeded store. */
const dataDir = await mkdtemp(join(tmpdir(), 'store-picture-'));
const program = startProgram([], { DATA_DIR: dataDir, SEED_PASSWORD: PASSWORD });
const browser = await chromium.launch({ executablePath: CHROMIUM_PATH, args: BROWSER_FLAGS });
try {
  const [, address = ''] = (await program.ready).split(' ');
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${address}/login`);
  await page.getByLabel('E-mail').fill('supervisor@gorak.example');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(address);
  await page.goto(`${address}/resources/orders`);
  await page.getByRole('row').nth(5).waitFor();
  await page.screenshot({ path: 'docs/panel.png' });
} finally {
  await browser.close();
  program.process.kill('SIGTERM');
  await program.ended;
  await rm(dataDir, { recursive: true, force: true });
}
