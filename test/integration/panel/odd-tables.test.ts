import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { quoteIdentifier } from '../../../src/database/identifier.ts';
import { encodeTable } from '../../../src/table-address.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { ODD_TABLES } from '../../support/odd-names.ts';
import { type PanelClient, startPanel, type TestPanel } from '../../support/panel.ts';

// Case 5.5: a table may be called anything, and its addresses lead to it all the same.
let database: TestDatabase;
let panel: TestPanel;
let admin: PanelClient;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'panel' });
  for (const name of ODD_TABLES) {
    const table = quoteIdentifier(name);
    await database.pool.query(
      `CREATE TABLE ${table} (id INT AUTO_INCREMENT PRIMARY KEY, title VARCHAR(20), parent INT, data BLOB,
         FOREIGN KEY (parent) REFERENCES ${table} (id))`,
    );
    await database.pool.query(
      `INSERT INTO ${table} (title, parent, data) VALUES ('first', NULL, x'00FF'), ('second', 1, NULL)`,
    );
  }
  panel = await startPanel(
    database,
    ODD_TABLES.map((table) => ({
      table,
      can: { list: true, show: true, create: true, edit: true, delete: true },
      documents: [
        { name: 'paper', label: 'Paper', can: true, render: async (_context, ids) => `${table} ${ids}` },
      ],
    })),
  );
  admin = panel.as('admin');
});

afterAll(async () => {
  await panel?.stop();
  await database?.drop();
});

describe.each(ODD_TABLES.map((name) => [name]))('a table called %s', (name) => {
  const address = encodeTable(name);
  const path = (rest: string) => `/resources/${address}${rest}`;
  const fetchText = async (url: string) => {
    const response = await panel.http.request(url, { cookie: admin.cookie });
    return [response.status, await response.text()] as const;
  };

  test('has its pages, each of which knows the others', async () => {
    for (const page of ['', '/actions/new', '/records/1/show', '/records/1/edit']) {
      const [status, html] = await fetchText(`/admin${path(page)}`);
      expect(status).toBe(200);
      expect(html).toContain(`"href":"/admin/resources/${address}"`);
      expect(html).toContain(`"resourceId":"${address}"`);
    }
  });

  test('is listed, searched, added to, edited and deleted from', async () => {
    const list = async (query: string) =>
      (await admin.get(path(`/actions/list?${query}`))).body.records?.map(({ params }) => params.title);
    expect(await list('sortBy=id&direction=asc')).toEqual(['first', 'second']);
    expect(await list('q=second')).toEqual(['second']);
    expect(await list('sortBy=title&perPage=1&page=2&direction=asc')).toEqual(['second']);
    const created = await admin.post(path('/actions/new'), { title: 'third', parent: '1' });
    const { id = '', populated } = created.body.record ?? {};
    expect(populated?.parent).toMatchObject({ id: '1', title: 'first' });
    expect(created.body.redirectUrl).toBe(`/admin${path(`/records/${id}/show`)}`);
    expect((await fetchText(created.body.redirectUrl ?? ''))[0]).toBe(200);
    const edited = await admin.post(path(`/records/${id}/edit`), { title: 'changed' });
    expect(edited.body.record?.params.title).toBe('changed');
    const deleted = await admin.post(path(`/records/${id}/delete`));
    expect(deleted.body.redirectUrl).toBe(`/admin${path('')}`);
  });

  test('gives its files and papers, by its name as well', async () => {
    // Dots alone are steps of a path, and this name is the address of another table.
    const spellings = /^(?:\.+|a~2Fb)$/.test(name) ? [address] : [address, encodeURIComponent(name)];
    for (const spelt of spellings) {
      expect(await fetchText(`/admin/documents/${spelt}/paper?ids=1`)).toEqual([200, `${name} 1`]);
      expect((await fetchText(`/admin/files/${spelt}/1/data`))[0]).toBe(200);
      const page = await panel.http.request(`/admin/resources/${spelt}?q=a%20b`, { cookie: admin.cookie });
      const led = page.headers.get('location') ?? `/admin/resources/${spelt}?q=a%20b`;
      expect(decodeURIComponent(led)).toBe(`/admin/resources/${address}?q=a b`);
    }
  });
});
