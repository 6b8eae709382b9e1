import { afterAll, beforeAll, expect, test } from 'vitest';
import { introspect } from '../../../src/database/introspect.ts';
import { findServerKind, type ServerKind } from '../../../src/database/server-kind.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { type PanelClient, startPanel, type TestPanel } from '../../support/panel.ts';

/** A table as only some servers make them, a row's form, what is changed, and what is shown then. */
interface Case {
  /** What stands between the brackets of CREATE TABLE, and what follows them. */
  readonly sql: string;
  readonly options?: string;
  readonly create: Record<string, string>;
  readonly change: Record<string, string>;
  readonly shown: Record<string, unknown>;
}

const EVERYWHERE: Record<string, Case> = {
  unseen: {
    sql: 'id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20), shelf INT INVISIBLE DEFAULT 5',
    create: { name: 'one' },
    change: { shelf: '7' },
    shown: { id: 1, name: 'one', shelf: 7 },
  },
  computed: {
    sql: 'id INT DEFAULT (3 + 4) PRIMARY KEY, n INT, twice INT GENERATED ALWAYS AS (n * 2) VIRTUAL, note TEXT DEFAULT (CONCAT(1, 2))',
    create: { n: '4' },
    change: { n: '5' },
    shown: { id: 7, n: 5, twice: 10, note: '12' },
  },
};

const MARIADB: Record<string, Case> = {
  versioned: {
    sql: 'id INT PRIMARY KEY, name VARCHAR(20)',
    options: 'WITH SYSTEM VERSIONING',
    create: { id: '1', name: 'first' },
    change: { name: 'second' },
    shown: { id: 1, name: 'second' },
  },
  versioned_by_name: {
    sql: `id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20), since TIMESTAMP(6) GENERATED ALWAYS AS ROW START,
      until TIMESTAMP(6) GENERATED ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME(since, until)`,
    options: 'WITH SYSTEM VERSIONING',
    create: { name: 'first' },
    change: { name: 'second' },
    shown: { id: 1, name: 'second' },
  },
  tenancies: {
    sql: 'room INT, since DATE, until DATE, guest VARCHAR(20), PERIOD FOR stay(since, until), PRIMARY KEY (room, stay WITHOUT OVERLAPS)',
    create: { room: '1', since: '2026-01-01', until: '2026-02-01', guest: 'Zix' },
    change: { guest: 'Brill' },
    shown: { room: 1, since: '2026-01-01', until: '2026-02-01', guest: 'Brill' },
  },
  numbered: {
    sql: 'id INT DEFAULT (NEXTVAL(numbers)) PRIMARY KEY, name VARCHAR(20)',
    create: { name: 'first' },
    change: { name: 'second' },
    shown: { id: 50, name: 'second' },
  },
  addressed: {
    sql: "id UUID DEFAULT UUID() PRIMARY KEY, four INET4, six INET6, meta JSON DEFAULT '{}'",
    create: { four: '10.0.0.1' },
    change: { six: '::1', meta: '{"a":[1]}' },
    shown: { four: '10.0.0.1', six: '::1', meta: '{"a":[1]}' },
  },
  spelled: {
    sql: `id INT PRIMARY KEY, wide VARCHAR(20) CHARACTER SET ucs2, old VARCHAR(20) CHARACTER SET utf8mb3,
      full TEXT CHARACTER SET utf32, plain CHAR(4) CHARACTER SET latin1`,
    create: { id: '1', wide: 'Zörg', old: 'Zörg', full: 'Zörg 🛸', plain: 'Zörg' },
    change: { wide: 'Ω' },
    shown: { wide: 'Ω', old: 'Zörg', full: 'Zörg 🛸', plain: 'Zörg' },
  },
};

const VECTOR: Case = {
  sql: "id INT PRIMARY KEY, name VARCHAR(20), place VECTOR(3) DEFAULT (x'0000803F0000004000004040')",
  create: { id: '1', name: 'first' },
  change: { name: 'second' },
  shown: { name: 'second', place: '12 bytes' },
};

let database: TestDatabase;
let panel: TestPanel;
let admin: PanelClient;
let cases: Record<string, Case>;

function chooseCases({ flavour, version }: ServerKind): Record<string, Case> {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const hasVectors = flavour === 'mysql' ? major >= 9 : major * 100 + minor >= 1107;
  return {
    ...EVERYWHERE,
    ...(flavour === 'mariadb' ? MARIADB : {}),
    ...(hasVectors ? { placed: VECTOR } : {}),
  };
}

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'panel' });
  const { pool } = database;
  const kind = await findServerKind(pool);
  cases = chooseCases(kind);
  if (kind.flavour === 'mariadb') await pool.query('CREATE SEQUENCE numbers START WITH 50');
  for (const [name, { sql, options = '' }] of Object.entries(cases))
    await pool.query(`CREATE TABLE ${name} (${sql}) ${options}`);
  // A list reads no long text that it does not show.
  const configs = Object.entries(cases).map(([table, { shown }]) => ({
    table,
    list: { columns: Object.keys(shown) },
  }));
  panel = await startPanel(database, configs);
  admin = panel.as('admin');
});
afterAll(async () => {
  await panel?.stop();
  await database?.drop();
});

test('of what a server lists, tables and views alone are screens', async () => {
  const names = (await introspect(database.pool)).map(({ name }) => name);
  expect(names.filter((name) => !name.startsWith('panel_'))).toEqual(Object.keys(cases).sort());
});

test('rows of every kind of table can be created, changed, shown, listed and deleted', async () => {
  for (const [name, { create, change, shown }] of Object.entries(cases)) {
    const created = await admin.post(`/resources/${name}/actions/new`, create);
    expect(created.body.notice, name).toMatchObject({ type: 'success' });
    const id = created.body.record?.id ?? '';
    const changed = await admin.post(`/resources/${name}/records/${id}/edit`, change);
    expect(changed.body.notice, name).toMatchObject({ type: 'success' });
    const list = await admin.get(`/resources/${name}/actions/list`);
    expect(
      list.body.records?.map((record) => record.id),
      name,
    ).toEqual([id]);
    expect(list.body.records?.[0]?.params, name).toMatchObject(shown);
    const page = await admin.get(`/resources/${name}/records/${id}/show`);
    expect(page.body.record?.params, name).toMatchObject(shown);
    const deleted = await admin.post(`/resources/${name}/records/${id}/delete`);
    expect(deleted.body.notice, name).toMatchObject({ type: 'success' });
    expect((await admin.get(`/resources/${name}/actions/list`)).body.records, name).toEqual([]);
  }
});
