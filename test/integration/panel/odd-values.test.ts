import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { introspect } from '../../../src/database/introspect.ts';
import { markNumbers } from '../../../src/database/mark-numbers.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { type PanelClient, startPanel, type TestPanel } from '../../support/panel.ts';

// Cases 5.2, 5.4, 5.7 and 5.9: what servers hold beside what a type is usually taken for.
const LENIENT = "SET SESSION sql_mode = ''";
const STATEMENTS = [
  `CREATE TABLE empties (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20) NOT NULL, note TEXT, code CHAR(4),
     word VARCHAR(20) NOT NULL DEFAULT 'hello', shape ENUM('', 'round'), bent ENUM('a', 'b') NOT NULL, tags SET('x', 'y'),
     raw VARBINARY(9), file BLOB, level INT NOT NULL DEFAULT 7)`,
  `CREATE TABLE marks (id INT AUTO_INCREMENT PRIMARY KEY, mark TINYINT(1), least TINYINT(1) NOT NULL DEFAULT 3,
     bit1 BIT(1), plain BOOL, name VARCHAR(20))`,
  `CREATE TABLE zeros (id INT AUTO_INCREMENT PRIMARY KEY, day DATE NOT NULL DEFAULT '0000-00-00',
     at DATETIME(3) NOT NULL DEFAULT '0000-00-00 00:00:00', stamp TIMESTAMP NOT NULL DEFAULT '0000-00-00 00:00:00',
     era YEAR NOT NULL DEFAULT 0, name VARCHAR(20))`,
  `CREATE TABLE bytes (id INT AUTO_INCREMENT PRIMARY KEY, title VARBINARY(40) NOT NULL, ten BINARY(10), body MEDIUMBLOB NOT NULL,
     name VARCHAR(20))`,
  `CREATE TABLE stars (id INT AUTO_INCREMENT PRIMARY KEY, given TINYINT(1) NOT NULL DEFAULT 0, shown TINYINT(1), \`2\` BOOL,
     flag SMALLINT UNSIGNED NOT NULL DEFAULT 1, bit1 BIT(1), name VARCHAR(20))`,
  'CREATE TABLE texts (id VARBINARY(20) PRIMARY KEY, half BINARY(4) UNIQUE)',
];
const LENIENT_ROWS = [
  "INSERT INTO empties (name, note, code, word, shape, bent, tags, raw, file) VALUES ('', '', '', '', '', 'none', '', '', '')",
  "INSERT INTO empties (name, note, code, word, shape, bent, tags, raw, file) VALUES ('x', NULL, NULL, 'w', NULL, 'a', NULL, NULL, NULL)",
  "INSERT INTO marks (mark, bit1, plain) VALUES (4, b'1', NULL), (1, b'0', TRUE), (0, NULL, FALSE), (-3, NULL, 2)",
  "INSERT INTO zeros (day, at, stamp, era) VALUES ('0000-00-00', '0000-00-00 00:00:00', 0, 0), ('2024-00-10', '2024-03-00 10:20:30.5', 0, 2024), ('0000-01-02', '0000-01-02 03:04:05', '2024-01-01', 1999)",
  `INSERT INTO bytes (title, ten, body) VALUES ('Main_Page', 'abc', 'It''s\\r\\ntext 🛸'), (x'00FF', x'00000000000000000000', x'89504E47'),
     ('0x41', x'41420043', '3 bytes'), (x'EFBBBF41', NULL, REPEAT('a', 70000))`,
  "INSERT INTO stars (given, shown, `2`, flag, bit1) VALUES (0, 1, 1, 0, b'1'), (1, 0, 0, 1, b'0'), (5, NULL, NULL, 7, NULL)",
  "INSERT INTO texts VALUES ('Key A', 'ab'), (x'00FF', x'FF')",
];

let database: TestDatabase;
let panel: TestPanel;
let admin: PanelClient;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'panel' });
  const connection = await database.pool.getConnection();
  await connection.query(LENIENT);
  for (const statement of [...STATEMENTS, ...LENIENT_ROWS]) await connection.query(statement);
  connection.destroy();
  panel = await startPanel(database, [
    {
      table: 'marks',
      columns: { mark: { format: 'boolean' }, least: { format: 'boolean' }, plain: { format: 'boolean' } },
    },
    {
      table: 'stars',
      columns: { shown: { format: 'number' }, flag: { format: 'boolean' }, bit1: { format: 'number' } },
    },
  ]);
  admin = panel.as('admin');
});

afterAll(async () => {
  await panel?.stop();
  await database?.drop();
});

type Fields = Record<string, string | null>;
const show = async (table: string, id: string | number) =>
  (await admin.get(`/resources/${table}/records/${id}/show`)).body.record?.params ?? {};
const held = async (table: string) => (await database.pool.query(`SELECT * FROM ${table} ORDER BY 1`))[0];
const find = async (table: string, query: string) =>
  (await admin.get(`/resources/${table}/actions/list?sortBy=id&direction=asc&${query}`)).body.records?.map(
    ({ id }) => id,
  );
const asPosted = (params: object): Fields =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, value === null ? null : String(value)]),
  );

test.each(['empties', 'marks', 'zeros', 'bytes', 'texts'])(
  '%s: rows posted back as they were shown do not change a byte',
  async (table) => {
    const before = await held(table);
    const { body } = await admin.get(`/resources/${table}/actions/list?perPage=50`);
    for (const { id } of body.records ?? []) {
      const params = await show(table, id);
      const writable = Object.entries(params).filter(([, value]) => !/^\d+ bytes$/.test(String(value)));
      const answer = await admin.post(
        `/resources/${table}/records/${id}/edit`,
        asPosted(Object.fromEntries(writable.filter(([name]) => name !== 'id' || table === 'texts'))),
      );
      expect(answer.body.notice, JSON.stringify(answer.body.record?.errors)).toMatchObject({
        type: 'success',
      });
    }
    expect(await held(table)).toEqual(before);
  },
);

test.each(['empties', 'marks', 'zeros', 'bytes'])(
  '%s: an edit of one column leaves the others',
  async (table) => {
    const before = (await held(table)) as Record<string, unknown>[];
    for (const row of before) {
      const { body } = await admin.post(`/resources/${table}/records/${row.id}/edit`, {
        name: `new ${row.id}`,
      });
      expect(body.notice?.type).toBe('success');
    }
    expect(await held(table)).toEqual(before.map((row) => ({ ...row, name: `new ${row.id}` })));
    await database.pool.query(`UPDATE ${table} SET name = '' WHERE id = 1`);
  },
);

describe('an empty text and NULL', () => {
  test('are shown and kept apart', async () => {
    const empty = { name: '', note: '', code: '', word: '', shape: '', tags: '', raw: '', file: '' };
    expect(await show('empties', 1)).toMatchObject({ ...empty, bent: '' });
    const nothing = { note: null, code: null, shape: null, tags: null, raw: null, file: null };
    expect(await show('empties', 2)).toMatchObject(nothing);
  });

  test.each(['note', 'code', 'shape', 'tags', 'raw', 'file'])('can both be written to %s', async (column) => {
    const { body } = await admin.post('/resources/empties/records/2/edit', { [column]: '' });
    expect(body.record?.params[column]).toBe('');
    const answer = await admin.post('/resources/empties/records/2/edit', { [column]: null });
    expect(answer.body.record?.params[column]).toBe(null);
  });

  test('a new row holds what was posted, and defaults where nothing was', async () => {
    const { body } = await admin.post('/resources/empties/actions/new', {
      name: '',
      note: '',
      word: '',
      bent: 'b',
      level: '',
    });
    expect(body.record?.params).toMatchObject({ name: '', note: '', word: '', code: null, level: 7 });
    const other = await admin.post('/resources/empties/actions/new', { name: 'y', bent: 'b' });
    expect(other.body.record?.params).toMatchObject({ name: 'y', note: null, word: 'hello', level: 7 });
  });

  test('NULL is refused where the column has none', async () => {
    const { body } = await admin.post('/resources/empties/records/2/edit', { name: null });
    expect(body.record?.errors.name?.message).toMatch(/must be filled in/);
  });
});

describe('TINYINT(1), BIT(1) and BOOL', () => {
  test('are yes and no where they hold 1 and 0, and else their number', async () => {
    expect(await show('marks', 1)).toMatchObject({ mark: 4, bit1: true, plain: null, least: 3 });
    expect(await show('marks', 2)).toMatchObject({ mark: true, bit1: false, plain: true });
    expect(await show('marks', 4)).toMatchObject({ mark: -3, plain: 2 });
  });

  test.each([
    ['5', 5],
    ['-128', -128],
    ['1', true],
    ['true', true],
    ['0', false],
  ])('take %s', async (posted, shown) => {
    const { body } = await admin.post('/resources/marks/records/3/edit', { mark: posted });
    expect(body.record?.params.mark).toBe(shown);
  });

  test.each([
    ['mark', '128', /between -128 and 127/],
    ['bit1', '2', /between 0 and 1/],
    ['plain', 'maybe', /yes or no/],
  ])('%s refuses %s', async (column, posted, message) => {
    const { body } = await admin.post('/resources/marks/records/3/edit', { [column]: posted });
    expect(body.record?.errors[column]?.message).toMatch(message);
  });

  test('are found by what is shown of them', async () => {
    expect(await find('marks', 'filters.mark=4')).toEqual(['1']);
    expect(await find('marks', 'filters.mark=true')).toEqual(['2']);
    expect(await find('marks', 'filters.plain=2')).toEqual(['4']);
    expect(await find('marks', 'filters.mark.from=2')).toEqual(['1']);
  });
});

describe('a column is one of yes and no where its values are, or its format says so', () => {
  test('and else one of numbers', async () => {
    const row = { given: 0, shown: 1, 2: true, flag: false, bit1: '1' };
    expect(await show('stars', 1)).toMatchObject(row);
    expect(await show('stars', 2)).toMatchObject({ given: 1, shown: 0, 2: false, flag: true, bit1: '0' });
    expect(await show('stars', 3)).toMatchObject({ given: 5, shown: null, 2: null, flag: 7, bit1: null });
  });

  test('and stays one of yes and no where its table cannot be read', async () => {
    const tables = await introspect(database.pool);
    const unread = tables.filter(({ name }) => name === 'stars').map((table) => ({ ...table, name: 'gone' }));
    expect(unread).toHaveLength(1);
    expect(await markNumbers(database.pool, unread)).toEqual(unread);
  });

  test('in filters', async () => {
    expect(await find('stars', 'filters.given=1')).toEqual(['2']);
    expect(await find('stars', 'filters.given.from=1')).toEqual(['2', '3']);
    expect(await find('stars', 'filters.shown=1')).toEqual(['1']);
    expect(await find('stars', 'filters.flag=Yes')).toEqual(['2']);
    expect(await find('stars', 'filters.bit1=0')).toEqual(['2']);
  });

  test.each([
    ['given', '4', 4, /whole number/],
    ['shown', '1', 1, /whole number/],
    ['flag', 'true', true, /yes or no/],
    ['bit1', '1', '1', /whole number/],
  ])('in the form of %s', async (column, posted, shown, refusal) => {
    const edit = (value: string) => admin.post('/resources/stars/records/3/edit', { [column]: value });
    expect((await edit(posted)).body.record?.params[column]).toBe(shown);
    expect((await edit('perhaps')).body.record?.errors[column]?.message).toMatch(refusal);
  });
});

describe('zero dates', () => {
  test('are shown as they are held', async () => {
    expect(await show('zeros', 1)).toMatchObject({
      day: '0000-00-00',
      at: '0000-00-00T00:00:00.000Z',
      stamp: '0000-00-00T00:00:00.000Z',
      era: 0,
    });
    expect(await show('zeros', 2)).toMatchObject({ day: '2024-00-10', at: '2024-03-00T10:20:30.500Z' });
    expect(await show('zeros', 3)).toMatchObject({ day: '0000-01-02', at: '0000-01-02T03:04:05.000Z' });
  });

  test('are what a new row holds by default', async () => {
    const { body } = await admin.post('/resources/zeros/actions/new', { name: 'made', day: '', at: '' });
    expect(body.notice?.type).toBe('success');
    expect(body.record?.params).toMatchObject({ day: '0000-00-00', at: '0000-00-00T00:00:00.000Z', era: 0 });
    await admin.post(`/resources/zeros/records/${body.record?.id}/delete`);
  });

  test('can be written', async () => {
    const values = { day: '2025-02-00', at: '2025-00-00T01:02:03.004Z', stamp: '0000-00-00T00:00:00.000Z' };
    const { body } = await admin.post('/resources/zeros/actions/new', { ...values, era: '0' });
    expect(body.record?.params).toMatchObject({ ...values, era: 0 });
    await admin.post(`/resources/zeros/records/${body.record?.id}/delete`);
  });

  test.each([
    ['filters.day=0000-00-00', ['1']],
    ['filters.day=2024-00-10', ['2']],
    ['filters.at=0000-00-00T00:00:00.000Z', ['1']],
    ['filters.stamp=0000-00-00T00:00:00.000Z', ['1', '2']],
    ['filters.day.to=0000-01-02', ['1', '3']],
    ['filters.era=0', ['1']],
  ])('%s', async (query, ids) => {
    expect(await find('zeros', query)).toEqual(ids);
  });
});

describe('bytes', () => {
  test('are text where they are text, and else hexadecimal or their number', async () => {
    expect(await show('bytes', 1)).toMatchObject({
      title: 'Main_Page',
      ten: 'abc',
      body: "It's\r\ntext 🛸",
    });
    expect(await show('bytes', 2)).toMatchObject({
      title: '0x00ff',
      ten: '0x00000000000000000000',
      body: '4 bytes',
    });
    expect(await show('bytes', 3)).toMatchObject({
      title: '0x30783431',
      ten: '0x41420043000000000000',
      body: '0x33206279746573',
    });
    expect(await show('bytes', 4)).toMatchObject({ title: '\ufeffA', body: '70000 bytes' });
  });

  test.each([
    ['title', 'Zörg & Söhne', 'Zörg & Söhne'],
    ['title', '0x00ff41', '0x00ff41'],
    ['title', '0x5a', 'Z'],
    ['ten', 'xy', 'xy'],
    ['ten', '0x01', '0x01000000000000000000'],
    ['body', 'a\nb', 'a\nb'],
    ['body', '0xff', '1 bytes'],
  ])('%s takes %s', async (column, posted, shown) => {
    const { body } = await admin.post('/resources/bytes/records/2/edit', { [column]: posted });
    expect(body.record?.params[column]).toBe(shown);
  });

  test.each([
    ['title', '0x123', /text, or bytes in hexadecimal/],
    ['ten', 'elf Zeichen', /at most 10 bytes/],
  ])('%s refuses %s', async (column, posted, message) => {
    const { body } = await admin.post('/resources/bytes/records/2/edit', { [column]: posted });
    expect(body.record?.errors[column]?.message).toMatch(message);
  });

  test('a row can be made where they must be there', async () => {
    const { body } = await admin.post('/resources/bytes/actions/new', { title: 'made', body: 'text' });
    expect(body.record?.params).toMatchObject({ title: 'made', ten: null, body: 'text' });
    const refused = await admin.post('/resources/bytes/actions/new', { title: 'made' });
    expect(refused.body.record?.errors.body?.message).toMatch(/must be filled in/);
  });

  test('make keys that can be read, and find their rows', async () => {
    expect((await find('texts', ''))?.sort()).toEqual(['0x00ff', 'Key.20A']);
    expect(await show('texts', 'Key.20A')).toEqual({ id: 'Key A', half: 'ab' });
    expect(await find('texts', 'filters.half=ab')).toEqual(['Key.20A']);
    expect(await find('texts', 'filters.half=0xff')).toEqual(['0x00ff']);
  });
});

describe('files', () => {
  const PNG = Buffer.from('89504e470d0a1a0a00010d0aff', 'hex');
  const post = async (fields: Record<string, Blob | string>) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    const path = '/admin/api/resources/bytes/records/2/edit';
    return panel.http.request(path, { method: 'POST', body: form, cookie: admin.cookie });
  };
  const fetchFile = (path: string, cookie = admin.cookie) =>
    panel.http.request(`/admin/files/${path}`, { cookie });

  test('are stored byte for byte, and come back as they were', async () => {
    expect((await post({ body: new Blob([PNG]) })).status).toBe(200);
    const response = await fetchFile('bytes/2/body');
    expect(Buffer.from(await response.arrayBuffer())).toEqual(PNG);
    expect(response.headers.get('Content-Type')).toBe('image/png');
    expect(response.headers.get('Content-Disposition')).toBe('attachment; filename=bytes-2-body.png');
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff');
  });

  test('that could run in a browser are bytes to it', async () => {
    await post({ body: new Blob(['<svg onload="alert(1)">']) });
    expect((await fetchFile('bytes/2/body')).headers.get('Content-Type')).toBe('application/octet-stream');
  });

  test.each(['bytes/2/name', 'bytes/9999/body', 'bytes/2/none', 'none/2/body', 'bytes/x/body'])(
    'there is none at %s',
    async (path) => {
      expect((await fetchFile(path)).status).toBe(404);
    },
  );

  test('are none where a column holds nothing', async () => {
    expect((await fetchFile('empties/2/file')).status).toBe(204);
  });

  test('are refused by other columns, and where they are too long', async () => {
    for (const fields of [{ name: new Blob(['x']) }, { title: new Blob(['x'.repeat(41)]) }]) {
      const response = await post(fields as unknown as Record<string, Blob>);
      expect(response.status).toBe(422);
      expect(await response.text()).toMatch(/holds no files|at most 40 bytes fit/);
    }
  });
});
