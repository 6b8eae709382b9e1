import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '../../src/database/migrate.ts';
import { createPool, type RowDataPacket } from '../../src/database/pool.ts';
import { findServerKind } from '../../src/database/server-kind.ts';
import { examine } from '../../src/doctor/examine.ts';
import { claimOrder } from '../../src/orders/assign-order.ts';
import { reconcileStock } from '../../src/orders/reconcile-stock.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createDatabaseAccount, type DatabaseAccount } from '../support/database-account.ts';
import { findProblemCodes } from '../support/problems.ts';
import { runProgram, startProgram } from '../support/program.ts';
import { StoreRows, ZIX } from '../support/store-rows.ts';
import { withoutTrust } from '../support/trust.ts';

let database: TestDatabase;
/** They have what docs/operations.md names, and nothing else. */
let runner: DatabaseAccount;
let migrator: DatabaseAccount;

beforeAll(async () => {
  database = await createTestDatabase();
  runner = await createDatabaseAccount(database, null);
  migrator = await createDatabaseAccount(database, null);
  const { flavour } = await findServerKind(database.pool);
  await grantAsDocumented('### Grants', "'store'@'%'", runner);
  await grantAsDocumented('### Grants', "'store_migrations'@'%'", migrator);
  await grantAsDocumented(flavour === 'mysql' ? '### MySQL' : '### MariaDB', "'store'@'%'", runner);
});
afterAll(async () => {
  await runner.drop();
  await migrator.drop();
  await database.drop();
});

function nameOf({ url }: DatabaseAccount): string {
  return `'${new URL(url).username}'@'%'`;
}

async function grantAsDocumented(heading: string, account: string, grantee: DatabaseAccount): Promise<void> {
  const guide = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
  const section = guide.split(`\n${heading}\n`)[1]?.split(/\n##+ /)[0] ?? '';
  const statements = [...section.matchAll(/^GRANT [^;]+;/gm)].map(([sql]) => sql.replace(';', ''));
  const named = statements.filter((sql) => sql.endsWith(`TO ${account}`));
  expect(named, heading).toHaveLength(1);
  for (const sql of named)
    await database.pool.query(
      sql.replace(account, nameOf(grantee)).replace('store.*', `\`${database.name}\`.*`),
    );
}

async function findWrongCodes(url: string): Promise<string[]> {
  const wrong = (await examine(url)).filter(({ verdict }) => verdict === 'wrong');
  return wrong.flatMap(({ problems }) => problems.map(({ code }) => code));
}

test('as the documents say, the doctor tells what stops the migrations, and its cure lets them run', async () => {
  await withoutTrust(database.pool, async () => {
    expect(await findWrongCodes(migrator.url)).toContain('triggers_refused');
    expect(await findProblemCodes(migrate(migrator.url))).toEqual(['triggers_refused']);
    const [tables] = await database.pool.query<RowDataPacket[]>('SHOW TABLES');
    expect(tables).toEqual([]);
    const cure = (await examine(migrator.url))
      .flatMap(({ problems }) => problems)
      .find(({ code }) => code === 'triggers_refused')?.fix;
    const [statement = ''] = /^SET (?:GLOBAL|PERSIST) \w+ = 1/.exec(String(cure)) ?? [];
    await database.pool.query(statement.replace('PERSIST', 'GLOBAL'));
    expect(await migrate(migrator.url)).toContain('store/0003_stock_ledger.sql');
  });
});

test('the program runs with the grants of its own account, the other one being locked', async () => {
  await database.pool.query(`ALTER USER ${nameOf(migrator)} ACCOUNT LOCK`);
  expect(await findWrongCodes(runner.url)).toEqual([]);
  const pool = createPool(runner.url);
  const rows = new StoreRows(pool);
  const movieId = await rows.addFilm({ stock: 3 });
  const orderId = await rows.place(await rows.addCustomer('Gax'), [{ movieId, quantity: 2 }]);
  const employeeId = await rows.addEmployee('Zix');
  expect(await claimOrder(pool, ZIX, { orderId, employeeId })).toMatchObject({ ok: true });
  expect(await reconcileStock(pool)).toEqual([]);
  await pool.end();
  const settings = { DATABASE_URL: runner.url, SESSION_SECRET: 'x'.repeat(32) };
  const added = await runProgram(['account', 'add', 'admin@store.example', '--role', 'admin'], settings);
  expect(added.exitCode).toBe(0);
  const program = startProgram([], settings);
  await program.ready;
  program.process.kill('SIGTERM');
  expect(await program.ended).toBe(0);
  expect(program.stdout() + program.stderr()).not.toMatch(/"level":[45]0|own changes only/);
});
