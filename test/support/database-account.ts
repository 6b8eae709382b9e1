import { randomBytes } from 'node:crypto';
import { quoteIdentifier } from '../../src/database/identifier.ts';
import type { TestDatabase } from './database.ts';

export interface DatabaseAccount {
  /** The address of the database as this account, with its right password. */
  readonly url: string;
  drop(): Promise<void>;
}

/** Creates an account of the database server that may do these things in the database, such as 'SELECT, INSERT'. */
export async function createDatabaseAccount(
  database: TestDatabase,
  privileges: string | null,
): Promise<DatabaseAccount> {
  const name = `test_${randomBytes(4).toString('hex')}`;
  const password = randomBytes(8).toString('hex');
  await database.pool.query("CREATE USER ?@'%' IDENTIFIED BY ?", [name, password]);
  if (privileges)
    await database.pool.query(`GRANT ${privileges} ON ${quoteIdentifier(database.name)}.* TO ?@'%'`, [name]);
  const url = new URL(database.url);
  url.username = name;
  url.password = password;
  return {
    url: url.href,
    drop: async () => {
      await database.pool.query("DROP USER ?@'%'", [name]);
    },
  };
}
