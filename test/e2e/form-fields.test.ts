import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { RowDataPacket } from '../../src/database/pool.ts';
import { findBarriers } from '../support/accessibility.ts';
import { createBrowserTest } from '../support/browser.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createLetters, createMoments, createSpecimens, LETTER, SPECIMEN } from '../support/specimens.ts';
import { type StoreSite, signInAs, startStoreSite } from '../support/store-site.ts';

const EDIT = '/admin/resources/specimens/records/1/edit';
/** A PNG of one pixel. */
const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';
const NEW = '/admin/resources/specimens/actions/new';

let database: TestDatabase;
let site: StoreSite;
const test = createBrowserTest(() => site.origin);

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'all' });
  await createSpecimens(database.pool);
  await database.pool.query(
    `INSERT INTO movies (title, release_year, runtime_minutes, genre, price)
     VALUES ('Alien', 1979, 117, 'Horror', 9.99), ('Aliens', 1986, 137, 'Action', 10.99)`,
  );
  await createLetters(database.pool);
  await createMoments(database.pool);
  site = await startStoreSite(database);
});

afterAll(async () => {
  await site?.stop();
  await database?.drop();
});

async function findSpecimen(id: number): Promise<RowDataPacket | undefined> {
  const [rows] = await database.pool.query<RowDataPacket[]>('SELECT * FROM specimens WHERE id = ?', [id]);
  return rows[0];
}

async function open(page: Page, address: string): Promise<void> {
  await signInAs(page, 'admin');
  await page.goto(address);
}

async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.waitForURL('**/show');
}

/** The fields that the next posted form holds. */
async function nextForm(page: Page): Promise<string[]> {
  const request = await page.waitForRequest((candidate) => candidate.method() === 'POST');
  return [...(request.postData() ?? '').matchAll(/name="([^"]+)"/g)].map(([, name = '']) => name);
}

test('a row that is saved without a change keeps every value', async ({ page }) => {
  await open(page, EDIT);
  expect(await page.getByLabel('Last fed').inputValue()).toBe('2026-11-01T01:30:00.123');
  const posted = nextForm(page);
  await save(page);
  expect(await posted).toEqual(['__was ']);
  expect(await findSpecimen(1)).toEqual(SPECIMEN);
});

test('every kind of column can be changed', async ({ page }) => {
  await database.pool.query("INSERT INTO specimens (id, name) VALUES (2, 'Facehugger')");
  await open(page, EDIT.replace('/1/', '/2/'));
  const fill = (label: string, text: string) => page.getByLabel(label, { exact: true }).fill(text);
  await fill('Notes', 'one\ntwo');
  await fill('Size', '9007199254740993');
  await fill('Weight', '0.1');
  await fill('Share', '2.5');
  await page.getByRole('switch', { name: 'Tame' }).click();
  await page.getByLabel('Vaccinated').selectOption({ label: 'No' });
  await page.getByLabel('Diet').selectOption('Light, only');
  await page.getByRole('group', { name: 'Habitats' }).getByLabel('Air').check();
  await fill('Seen', '1986-07-18');
  await fill('Last fed', '2026-07-01T08:15');
  await fill('Wake time', '-12:30:00');
  await fill('Year seen', '1986');
  await fill('Traits', '{"eggs": 4}');
  await fill('Dna', '0xCAFE');
  await page.getByRole('combobox', { name: 'Host' }).fill('alien');
  await page.getByRole('option', { name: 'Aliens' }).click();
  await save(page);
  expect(await findSpecimen(2)).toEqual({
    ...SPECIMEN,
    id: 2,
    name: 'Facehugger',
    notes: 'one\ntwo',
    size: '9007199254740993',
    weight: '0.10',
    share: 2.5,
    tame: 0,
    vaccinated: 0,
    diet: 'Light, only',
    habitats: 'land,air',
    seen_on: '1986-07-18',
    last_fed_at: '2026-07-01 12:15:00.000',
    wake_time: '-12:30:00',
    year_seen: 1986,
    traits: '{"eggs": 4}',
    dna: Buffer.from('cafe', 'hex'),
    photo: null,
    host_id: 2,
  });
});

test('what is emptied becomes NULL', async ({ page }) => {
  await database.pool.query(
    "INSERT INTO specimens (id, name, notes, weight, vaccinated, diet, last_fed_at, traits, host_id) VALUES (3, 'Queen', 'x', 1, 1, 'Meat', NOW(), '1', 1)",
  );
  await open(page, EDIT.replace('/1/', '/3/'));
  for (const label of ['Notes', 'Weight', 'Last fed', 'Traits']) await page.getByLabel(label).fill('');
  for (const label of ['Vaccinated', 'Diet']) await page.getByLabel(label).selectOption({ label: '—' });
  await page.getByRole('button', { name: 'Clear' }).click();
  await save(page);
  const empty = { notes: null, weight: null, vaccinated: null, diet: null, last_fed_at: null, traits: null };
  expect(await findSpecimen(3)).toMatchObject({ ...empty, host_id: null });
});

test('a new row begins with defaults and what the address says, and posts only what is filled in', async ({
  page,
}) => {
  await open(page, `${NEW}?host_id=1&name=Chestburster&nonsense=1`);
  await expect.poll(() => page.getByRole('combobox', { name: 'Host' }).inputValue()).toBe('Alien');
  expect(await page.getByRole('switch', { name: 'Tame' }).isChecked()).toBe(true);
  const posted = nextForm(page);
  await save(page);
  expect((await posted).sort()).toEqual(['habitats', 'host_id', 'name', 'tame']);
});

describe('a text with line ends of every kind', () => {
  const readLetter = async () => {
    const [rows] = await database.pool.query<RowDataPacket[]>(
      'SELECT subject, body, line, data FROM letters WHERE id = 1',
    );
    return rows[0];
  };
  const openLetter = (page: Page) => open(page, '/admin/resources/letters/records/1/edit');

  test('keeps each byte of what is not changed', async ({ page }) => {
    await openLetter(page);
    await page.getByLabel('Body').press('End');
    await page.getByLabel('Body').pressSequentially('!');
    await page.getByText('Unsaved changes').waitFor();
    await page.getByLabel('Body').press('Backspace');
    await page.getByText('Unsaved changes').waitFor({ state: 'detached' });
    const posted = nextForm(page);
    await save(page);
    expect(await posted).toEqual(['__was ']);
    expect(await readLetter()).toEqual(LETTER);
    await page.goto('/admin/resources/letters/records/1/edit');
    for (const label of ['Body', 'Line', 'Data']) {
      const field = page.getByLabel(label);
      await field.fill((await field.inputValue()).replace('second', '2nd'));
    }
    await save(page);
    const edited = Object.entries(LETTER).map(([name, text]) => [name, text.replace('second', '2nd')]);
    expect(await readLetter()).toEqual(Object.fromEntries(edited));
  });
});

test('an empty text and no value are told apart, and both can be reached', async ({ page }) => {
  await database.pool.query("INSERT INTO letters (id, subject, body, line) VALUES (2, 'x', '', NULL)");
  const readLetter = async (id: number) => {
    const [rows] = await database.pool.query<RowDataPacket[]>('SELECT * FROM letters WHERE id = ?', [id]);
    return rows[0];
  };
  const choose = async (label: string) => {
    await page.getByLabel(label).focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
  };
  await open(page, '/admin/resources/letters/records/2/edit');
  expect(await page.getByLabel('Body').getAttribute('placeholder')).toBe('Empty text');
  expect(await page.getByLabel('Line').getAttribute('placeholder')).toBe('No value');
  const posted = nextForm(page);
  await save(page);
  expect(await posted).toEqual(['__was ']);
  await page.goto('/admin/resources/letters/records/2/edit');
  await choose('Body');
  await choose('Line');
  await page.getByLabel('Subject').fill('');
  await save(page);
  expect(await readLetter(2)).toEqual({ id: 2, subject: '', body: null, line: '', data: null });
  await page.goto('/admin/resources/letters/actions/new');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Subject must be filled in').waitFor();
  await choose('Subject');
  await save(page);
  expect(await readLetter(3)).toEqual({ id: 3, subject: '', body: null, line: null, data: null });
});

test('bytes are seen, kept, replaced by a file and taken out', async ({ page }) => {
  const picture = Buffer.from(PICTURE, 'base64');
  await database.pool.query("INSERT INTO specimens (id, name, photo) VALUES (5, 'Pictured', ?)", [picture]);
  const edit = EDIT.replace('/1/', '/5/');
  await open(page, edit.replace('/edit', '/show'));
  const shown = page.getByRole('img', { name: 'Photo' });
  await expect.poll(() => shown.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(1);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: `Download (${picture.length} bytes)` }).click();
  expect(await readFile(await (await download).path())).toEqual(picture);
  await page.goto(edit);
  const file = (bytes: number[]) => ({ name: 'a.bin', mimeType: '', buffer: Buffer.from(bytes) });
  await page.getByLabel('Photo').setInputFiles(file(new Array(70_000).fill(7)));
  await page.getByText('a.bin has 70,000 bytes: at most 65,535 fit.').waitFor();
  await page.getByLabel('Photo').setInputFiles(file([0, 13, 10, 13, 255, 128]));
  await page.getByText('a.bin (6 bytes)').waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await save(page);
  expect((await findSpecimen(5))?.photo).toEqual(Buffer.from([0, 13, 10, 13, 255, 128]));
  await page.goto(edit);
  await page.getByRole('button', { name: 'Remove' }).click();
  await save(page);
  expect((await findSpecimen(5))?.photo).toBeNull();
});

describe('a time in Berlin', () => {
  test.override({ window: { timezoneId: 'Europe/Berlin' } });

  const readMoment = async (id: number) => {
    const [rows] = await database.pool.query<RowDataPacket[]>('SELECT told FROM moments WHERE id = ?', [id]);
    return rows[0]?.told;
  };
  const edit = (id: number) => `/admin/resources/moments/records/${id}/edit`;

  test('is the one that is meant, in the hour that comes twice, too, and never one that is skipped', async ({
    page,
  }) => {
    await open(page, edit(1));
    const told = page.getByLabel('Told');
    expect(await told.inputValue()).toBe('2026-10-25T02:30');
    expect(await page.getByLabel('Second, GMT+1').isChecked()).toBe(true);
    await told.fill('2026-10-25T02:45');
    await page.getByLabel('First, GMT+2').check();
    await page.getByLabel('Second, GMT+1').check();
    await save(page);
    expect(await readMoment(1)).toBe('2026-10-25 01:45:00.000000');
    await page.goto(edit(1));
    await page.getByLabel('First, GMT+2').check();
    await save(page);
    expect(await readMoment(1)).toBe('2026-10-25 00:45:00.000000');
    await page.goto(edit(1));
    await told.fill('2026-03-29T02:30');
    await page.getByText('There is no such time here').waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Not saved: one field needs a look.').waitFor();
    expect(await page.getByText('There is no such time here').count()).toBe(1);
    await told.fill('2026-03-29T03:30:05');
    await save(page);
    expect(await readMoment(1)).toBe('2026-03-29 01:30:05.000000');
  });

  test('keeps its microseconds while another part of it is changed', async ({ page }) => {
    await open(page, edit(2).replace('/edit', '/show'));
    await page.getByText('1 Jul 2026, 10:00:00.123456 CEST').waitFor();
    await page.goto(edit(2));
    const told = page.getByLabel('Told');
    expect(await told.inputValue()).toBe('2026-07-01T10:00:00.123456');
    await told.fill('2026-07-02T10:00:00.123456');
    await save(page);
    expect(await readMoment(2)).toBe('2026-07-02 08:00:00.123456');
  });
});

describe('while typing', () => {
  test('JSON is checked, and a text near its limit is counted', async ({ page }) => {
    await open(page, NEW);
    await page.getByLabel('Traits').fill('{"eggs": }');
    await page.getByText('This is not valid JSON yet').waitFor();
    await page.getByLabel('Traits').fill('{"eggs": 1}');
    await page.getByText('This is not valid JSON yet').waitFor({ state: 'detached' });
    await page.getByLabel('Name').fill('x'.repeat(16));
    await page.getByText('16 of 20 characters').waitFor();
    await page.getByLabel('Name').fill('x'.repeat(23));
    await page.getByText('23 characters: 3 more than fit').waitFor();
    await page.reload();
  });

  test('a reference is chosen by keyboard alone, and says when nothing is found', async ({ page }) => {
    await open(page, NEW);
    const host = page.getByRole('combobox', { name: 'Host' });
    await host.focus();
    await page.keyboard.type('no such film');
    await page.getByText('Nothing is called “no such film”').waitFor();
    await page.keyboard.press('Escape');
    expect(await host.inputValue()).toBe('');
    await page.keyboard.type('alien');
    await page.getByText('2 choices').waitFor();
    await page.keyboard.press('ArrowDown');
    const active = await host.getAttribute('aria-activedescendant');
    expect(await page.locator(`[id="${active}"]`).textContent()).toContain('Aliens');
    await page.keyboard.press('Enter');
    expect(await host.inputValue()).toBe('Aliens');
    expect(await page.getByRole('listbox').count()).toBe(0);
    await page.reload();
  });
});
