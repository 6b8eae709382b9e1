import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { createBrowserTest, cutOff } from '../support/browser.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type StoreSite, signInAs, startStoreSite } from '../support/store-site.ts';

const EDIT = '/admin/resources/actors/records/1/edit';
const NEW = '/admin/resources/actors/actions/new';

let database: TestDatabase;
let site: StoreSite;
const test = createBrowserTest(() => site.origin);

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'all' });
  site = await startStoreSite(database);
});

beforeEach(async () => {
  await database.pool.query('DELETE FROM actors');
  await database.pool.query("INSERT INTO actors (id, name, birth_year) VALUES (1, 'John Hurt', 1940)");
});

afterAll(async () => {
  await site?.stop();
  await database?.drop();
});

const saveButton = (page: Page) => page.getByRole('button', { name: 'Save', exact: true });
const findActors = async () => (await database.pool.query('SELECT id, name, birth_year FROM actors'))[0];

async function open(page: Page, address: string): Promise<void> {
  await signInAs(page, 'admin');
  await page.goto(address);
}

/** Answers every question of the page from now on, and gives what it asked. */
function answerQuestions(page: Page, isYes: () => boolean): string[] {
  const questions: string[] = [];
  page.on('dialog', async (dialog) => {
    questions.push(`${dialog.type()}: ${dialog.message()}`);
    await (isYes() ? dialog.accept() : dialog.dismiss());
  });
  return questions;
}

test('a change that another person made meanwhile is not overwritten', async ({ page }) => {
  await cutOff(page);
  await open(page, EDIT);
  await page.getByLabel('Name').fill('Sir John Hurt');
  await page.getByLabel('Born in').fill('1941');
  await database.pool.query('UPDATE actors SET birth_year = 1942');
  await saveButton(page).click();
  await page.getByText('somebody else has changed this meanwhile').waitFor();
  await page.getByText("Born in was changed meanwhile to '1942'").waitFor();
  expect(await findActors()).toEqual([{ id: 1, name: 'John Hurt', birth_year: 1942 }]);
  await page.getByRole('button', { name: 'Reload' }).click();
  await page.getByText('You had typed: Born in “1941”').waitFor();
  expect(await page.getByLabel('Born in').inputValue()).toBe('1942');
  expect(await page.getByLabel('Name').inputValue()).toBe('Sir John Hurt');
  await page.keyboard.press('Meta+s');
  await page.waitForURL('**/show');
  expect(await findActors()).toEqual([{ id: 1, name: 'Sir John Hurt', birth_year: 1942 }]);
});

test('a row that was deleted meanwhile is not saved', async ({ page }) => {
  await cutOff(page);
  await open(page, EDIT);
  await page.getByLabel('Name').fill('Sir John Hurt');
  await database.pool.query('DELETE FROM actors');
  await saveButton(page).click();
  await page.getByText('This has been deleted meanwhile').waitFor();
  expect(await page.getByLabel('Name').inputValue()).toBe('Sir John Hurt');
  await page.reload();
});

test('saving twice at once saves once', async ({ page }) => {
  await open(page, NEW);
  await page.getByLabel('Name').fill('Ian Holm');
  await saveButton(page).evaluate((button: HTMLButtonElement) => {
    button.form?.requestSubmit();
    button.form?.requestSubmit();
    button.click();
  });
  await page.waitForURL('**/show');
  expect(await findActors()).toMatchObject([{ name: 'John Hurt' }, { name: 'Ian Holm' }]);
});

test('unsaved changes are asked about before a link, the back button or closing', async ({ page }) => {
  await open(page, EDIT.replace('edit', 'show'));
  await page.getByText('Edit', { exact: true }).first().click();
  let isYes = false;
  const questions = answerQuestions(page, () => isYes);
  await page.getByLabel('Name').fill('Sir John Hurt');
  await page.getByRole('link', { name: 'Actors' }).first().click();
  await expect.poll(() => questions.length).toBe(1);
  await page.waitForURL(`**${EDIT}`);
  await page.goBack();
  await expect.poll(() => questions.length).toBe(2);
  await page.waitForURL(`**${EDIT}`);
  expect(await page.getByLabel('Name').inputValue()).toBe('Sir John Hurt');
  await page.close({ runBeforeUnload: true });
  await expect.poll(() => questions.length).toBe(3);
  expect(questions.map((question) => question.split(':')[0])).toEqual(['confirm', 'confirm', 'beforeunload']);
  isYes = true;
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByLabel('Name').waitFor({ state: 'detached' });
});

test('nothing is asked where nothing was changed, or where it has been saved', async ({ page }) => {
  await open(page, EDIT);
  const questions = answerQuestions(page, () => true);
  await page.getByLabel('Name').fill('Sir John Hurt');
  await page.getByLabel('Name').fill('John Hurt');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.waitForURL('**/show');
  await page.goto(EDIT);
  await page.getByLabel('Name').fill('Sir John Hurt');
  await page.keyboard.press('Control+Enter');
  await page.waitForURL('**/show');
  await page.goto(EDIT);
  expect(questions).toEqual([]);
});

test('a session that ended is told, and what is typed can still be saved', async ({ page, faults }) => {
  await open(page, EDIT);
  await page.getByLabel('Name').fill('Sir John Hurt');
  await database.pool.query('DELETE FROM panel_sessions');
  const dialog = page.getByRole('dialog', { name: 'You are signed out' });
  await dialog.waitFor();
  const wayBack = await dialog.getByRole('link', { name: 'Sign in', exact: true }).getAttribute('href');
  expect(wayBack).toBe(`/admin/login?redirectTo=${encodeURIComponent(EDIT)}`);
  const [tab] = await Promise.all([
    page.context().waitForEvent('page'),
    dialog.getByRole('link', { name: 'Sign in in a new tab' }).click(),
  ]);
  await tab.waitForURL('**/admin/login');
  await signInAs(tab, 'admin');
  await saveButton(page).click();
  await page.waitForURL('**/show');
  expect(await findActors()).toMatchObject([{ name: 'Sir John Hurt' }]);
  // The page itself may have asked, too.
  expect(faults.splice(0).filter((fault) => !/\b401\b/.test(fault))).toEqual([]);
});

test('signing in again leads back to the page, whichever call told of it', async ({ page, faults }) => {
  await cutOff(page);
  await open(page, EDIT.replace('edit', 'show'));
  const edit = page.getByText('Edit', { exact: true }).first();
  await edit.waitFor();
  await database.pool.query('DELETE FROM panel_sessions');
  await edit.click();
  await page.getByRole('link', { name: 'Sign in', exact: true }).click();
  await page.waitForURL('**/admin/login?*');
  await signInAs(page, 'admin');
  expect(new URL(page.url()).pathname).toBe(EDIT);
  // AdminJS throws on what it was answered.
  expect(faults.splice(0).filter((fault) => !/\b401\b|^uncaught/.test(fault))).toEqual([]);
});
