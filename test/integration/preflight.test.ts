import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { migrate } from '../../src/database/migrate.ts';
import type { RowDataPacket } from '../../src/database/pool.ts';
import { checkReachable, checkRemoteStore } from '../../src/remote-store.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createDatabaseAccount, type DatabaseAccount } from '../support/database-account.ts';
import { findProblemCodes } from '../support/problems.ts';
import { withoutTrust } from '../support/trust.ts';

const ALL_PRIVILEGES = 'SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES, TRIGGER';

let database: TestDatabase;
const accounts: DatabaseAccount[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  for (const account of accounts.splice(0)) await account.drop();
});
afterAll(() => database.drop());

async function createAccount(privileges: string | null): Promise<string> {
  const account = await createDatabaseAccount(database, privileges);
  accounts.push(account);
  return account.url;
}

async function countTables(): Promise<number> {
  const [rows] = await database.pool.query<RowDataPacket[]>(
    'SELECT COUNT(*) AS count FROM information_schema.tables WHERE table_schema = DATABASE()',
  );
  return rows[0]?.count;
}

function changed(address: string, change: (url: URL) => void): string {
  const url = new URL(address);
  change(url);
  return url.href;
}

async function findClosedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('a connection that does not come about is a problem with a cure', () => {
  test('nobody listens', async () => {
    const port = await findClosedPort();
    expect(await findProblemCodes(checkReachable(`mysql://root@127.0.0.1:${port}/store`))).toEqual([
      'database_refused',
    ]);
    expect(
      await findProblemCodes(checkReachable('mysql://root@localhost/s?socketPath=/nowhere.sock')),
    ).toEqual(['database_refused']);
  });

  test('the host has no address', async () => {
    expect(await findProblemCodes(checkReachable('mysql://root@nowhere.invalid/store'))).toEqual([
      'database_host_unknown',
    ]);
  });

  test('the password is wrong; it is not told', async () => {
    const address = changed(await createAccount('SELECT'), (url) => {
      url.password = 'wrong-password';
    });
    const refused = checkReachable(address);
    expect(await findProblemCodes(refused)).toEqual(['database_login_denied']);
    await expect(refused).rejects.not.toThrow('wrong-password');
  });

  test('the schema does not exist, or is not granted', async () => {
    const missing = changed(database.url, (url) => {
      url.pathname = '/no_such_schema';
    });
    expect(await findProblemCodes(checkReachable(missing))).toEqual(['database_schema_missing']);
    expect(await findProblemCodes(checkReachable(await createAccount(null)))).toEqual([
      'database_schema_denied',
    ]);
  });
});

describe('an account with too few grants', () => {
  test('cannot begin a migration, and leaves nothing', async () => {
    for (const missing of ['ALTER', 'DROP', 'CREATE']) {
      const address = await createAccount(
        ALL_PRIVILEGES.replace(new RegExp(`${missing}(, )?`), '').replace(/, $/, ''),
      );
      expect(await findProblemCodes(migrate(address)), missing).toEqual(['grant_missing']);
    }
    expect(await countTables()).toBe(0);
  });

  test('cannot create triggers beside a binary log that does not trust it, and leaves nothing', async () => {
    const address = await createAccount(ALL_PRIVILEGES);
    await withoutTrust(database.pool, async () =>
      expect(await findProblemCodes(migrate(address))).toEqual(['triggers_refused']),
    );
    expect(await countTables()).toBe(0);
  });
});

describe('a database that others look after', () => {
  test('is never migrated by a start: what is due is told', async () => {
    expect(await findProblemCodes(checkRemoteStore(database.url))).toEqual(['migrations_due']);
    expect(await countTables()).toBe(0);

    await migrate(database.url, { folders: ['panel'] });
    expect(await checkRemoteStore(database.url)).toEqual([
      expect.stringContaining('npm run migrate (store/0001'),
    ]);

    await migrate(database.url);
    expect(await checkRemoteStore(database.url)).toEqual([expect.stringContaining('npm run seed')]);
    await database.pool.query(
      `INSERT INTO movies (title, release_year, runtime_minutes, genre, price) VALUES ('Solaris', 1972, 167, 'Drama', 9)`,
    );
    expect(await checkRemoteStore(database.url)).toEqual([]);
  });

  test('each grant that the panel lacks is told', async () => {
    expect(await findProblemCodes(checkRemoteStore(await createAccount('SELECT, UPDATE')))).toEqual([
      'grant_missing',
      'grant_missing',
    ]);
    expect(await checkRemoteStore(await createAccount('SELECT, INSERT, UPDATE, DELETE'))).toEqual([]);
  });
});
