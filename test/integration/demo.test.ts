import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { RowDataPacket } from '../../src/database/pool.ts';
import { checkDemoTarget, type Demo, startDemo } from '../../src/demo/start-demo.ts';
import { ensureDemoAccounts } from '../../src/http/demo-accounts.ts';
import { runReconcile } from '../../src/orders/reconcile-stock.ts';
import { seedStore } from '../../src/seed/seed-store.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createDatabaseLink } from '../support/database-link.ts';
import { findProblemCodes } from '../support/problems.ts';
import { runProgram, startProgram } from '../support/program.ts';

const FASTEST = 600;
// The demo plays at its own pace, which a busy machine slows down.
const WAIT = { timeout: 100_000, interval: 50 };
vi.setConfig({ testTimeout: 120_000 });

let database: TestDatabase;
const demos: Demo[] = [];
const told: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'all' });
  await seedStore(database.pool, { orders: 300 });
  await ensureDemoAccounts(database.pool, 'a password for tests');
});
afterEach(async () => {
  for (const demo of demos.splice(0)) await demo.stop();
  told.length = 0;
});
afterAll(() => database.drop());

async function start(url = database.url): Promise<Demo> {
  const demo = await startDemo({
    url,
    ordersPerMinute: FASTEST,
    onProgress: (step) => told.push(step),
    onFault: (error) => {
      throw error;
    },
  });
  demos.push(demo);
  return demo;
}

async function select(sql: string, ...values: unknown[]): Promise<RowDataPacket[]> {
  return (await database.pool.query<RowDataPacket[]>(sql, values))[0];
}

async function findNewestActivity(): Promise<number> {
  return Number((await select('SELECT MAX(id) AS id FROM panel_activity'))[0]?.id);
}

async function findActions(sinceId: number): Promise<string[]> {
  const rows = await select('SELECT DISTINCT action FROM panel_activity WHERE id > ?', sinceId);
  return rows.map(({ action }) => action);
}

test('shoppers order, agents work, somebody outside sells, and the books agree', async () => {
  const before = await findNewestActivity();
  const demo = await start();
  expect(told).toEqual(['demo: 600 orders a minute, 864,000 a day; Ctrl-C ends it']);
  await vi.waitFor(async () => {
    expect(await findActions(before)).toEqual(
      expect.arrayContaining([
        ...['order_placed', 'order_claimed', 'order_assigned'],
        ...['order_packed', 'order_shipped', 'order_delivered'],
      ]),
    );
    const [outside] = await select(
      `SELECT (SELECT COUNT(*) FROM stock_movements WHERE reason = 'outside') AS sales,
              (SELECT COUNT(*) FROM orders WHERE id NOT IN
                (SELECT record_id FROM panel_activity WHERE action = 'order_placed')) AS orders`,
    );
    expect(outside?.sales).toBeGreaterThan(0);
    expect(outside?.orders).toBeGreaterThan(0);
  }, WAIT);
  await demo.stop();
  const after = await findNewestActivity();
  const people = await select(
    `SELECT DISTINCT a.actor_name AS name, a.actor_id AS accountId, e.id AS employeeId, p.id AS ownAccountId
     FROM panel_activity a LEFT JOIN employees e ON e.name = a.actor_name LEFT JOIN panel_accounts p ON p.email = e.email
     WHERE a.id > ? AND a.actor_name <> 'Storefront'`,
    before,
  );
  expect(people.length).toBeGreaterThan(4);
  for (const { employeeId, accountId, ownAccountId } of people) {
    expect(employeeId).not.toBeNull();
    expect(accountId).toBe(ownAccountId);
  }
  const lines: string[] = [];
  expect(await runReconcile(database.pool, (line) => lines.push(line)), lines.join('\n')).toBe(0);
  expect(await findNewestActivity()).toBe(after);
});

test('a store that has run dry is stocked again', async () => {
  await database.pool.query('UPDATE movies SET stock = reserved');
  const before = await findNewestActivity();
  await start();
  await vi.waitFor(async () => {
    expect(await findActions(before)).toEqual(expect.arrayContaining(['stock_received', 'order_placed']));
  }, WAIT);
});

test('a lost database is waited for', async () => {
  const link = await createDatabaseLink(database.url);
  await start(link.url);
  await link.cut();
  await vi.waitFor(() => expect(told.at(-1)).toMatch(/^demo: waits, as the database says: /), WAIT);
  const before = await findNewestActivity();
  await link.restore();
  await vi.waitFor(() => expect(told.at(-1)).toBe('demo: goes on'), WAIT);
  await vi.waitFor(async () => expect(await findNewestActivity()).toBeGreaterThan(before), WAIT);
  await demos.pop()?.stop();
  await link.cut();
});

describe('the demo does not begin', () => {
  test('in a store without films', async () => {
    for (const migrations of ['none', 'all'] as const) {
      const empty = await createTestDatabase({ migrations });
      expect(await findProblemCodes(start(empty.url))).toEqual(['store_empty']);
      await empty.drop();
    }
  });

  test("in anybody's database, unless its schema is named", async () => {
    const url = 'mysql://store:secret@db.example/shop';
    for (const named of [null, '', 'other']) expect(() => checkDemoTarget(url, named)).toThrow(/'shop'/);
    checkDemoTarget(url, 'shop');
    checkDemoTarget(null, null);
    const { exitCode, stderr } = await runProgram(['demo'], { DATABASE_URL: url });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('npm run demo -- --yes-write-to shop');
    expect(stderr).not.toMatch(/secret|^ {4}at /m);
  });
});

test('npm run demo serves the panel, plays, and ends at once on Ctrl-C', async () => {
  const before = await findNewestActivity();
  const program = startProgram(['demo', '--rate', '600', '--yes-write-to', database.name], {
    DATABASE_URL: database.url,
    SESSION_SECRET: 'x'.repeat(32),
  });
  await program.ready;
  await program.told(/demo: 600 orders a minute/);
  await vi.waitFor(async () => expect(await findNewestActivity()).toBeGreaterThan(before), WAIT);
  program.process.kill('SIGINT');
  expect(await program.ended).toBe(0);
});
