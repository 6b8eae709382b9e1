import { type Actor, recordActivity } from '../database/activity.ts';
import type { PoolConnection, Queryable, ResultSetHeader, RowDataPacket } from '../database/pool.ts';
import { hashPassword } from './password.ts';

/** Who may sign in; only active accounts do. */
export interface Account {
  readonly id: number;
  /** In the form of {@link normalizeEmail}. */
  readonly email: string;
  readonly name: string;
  readonly role: string;
  readonly active: boolean;
  /** Grows with every change of password, role or activity, whoever makes it: what a session begins and ends with. */
  readonly credentialsVersion: number;
}

/** An account with the hash of its password: for signing in alone. */
export interface AccountWithHash extends Account {
  readonly passwordHash: string;
}

export interface NewAccount {
  readonly email: string;
  readonly name: string;
  readonly role: string;
  readonly password: string;
}

const DUPLICATE_ERRNO = 1062;
const COLUMNS =
  'id, email, name, role, active, credentials_version AS credentialsVersion, password_hash AS passwordHash';

/** The one spelling of an e-mail address under which an account is found and its attempts are counted. */
export function normalizeEmail(email: string): string {
  return email.normalize('NFKC').trim().toLowerCase();
}

/** The account with this address in any spelling, or null. */
export async function findAccountByEmail(db: Queryable, email: string): Promise<AccountWithHash | null> {
  const normal = normalizeEmail(email);
  const [rows] = await db.query<RowDataPacket[]>(`SELECT ${COLUMNS} FROM panel_accounts WHERE email = ?`, [
    normal,
  ]);
  const account = toAccount(rows[0]);
  // The column's collation takes e and é for one letter; the throttle does not.
  return account && normalizeEmail(account.email) === normal ? account : null;
}

/** The account that let a session in, or null where that no longer does: see {@link Account.credentialsVersion}. */
export async function findAccountOfSession(
  db: Queryable,
  { accountId, credentialsVersion }: { accountId?: number; credentialsVersion?: number },
): Promise<Account | null> {
  if (accountId === undefined || credentialsVersion === undefined) return null;
  const [rows] = await db.query<RowDataPacket[]>(
    `SELECT id, email, name, role, active, credentials_version AS credentialsVersion
     FROM panel_accounts WHERE id = ? AND credentials_version = ? AND active`,
    [accountId, credentialsVersion],
  );
  return toAccount(rows[0]);
}

/**
 * Creates an active account, unless one has this address already, and says which id it got (null: it existed). Call it
 * inside a transaction.
 */
export async function createAccount(
  connection: PoolConnection,
  actor: Actor,
  account: NewAccount,
): Promise<number | null> {
  const { name, role } = account;
  const email = normalizeEmail(account.email);
  const id = await insertAccount(connection, [email, name, role, await hashPassword(account.password)]);
  if (id === null) return null;
  const activity = { action: 'account_created', table: 'panel_accounts', recordId: String(id) };
  await recordActivity(connection, actor, { ...activity, details: { email, name, role } });
  return id;
}

/**
 * Stores a new hash of the same password, unless the password has been changed meanwhile, and gives the account as it
 * is then. To the account's other sessions it is another password.
 */
export async function replaceHash(
  db: Queryable,
  account: AccountWithHash,
  hashed: string,
): Promise<AccountWithHash> {
  await db.query('UPDATE panel_accounts SET password_hash = ? WHERE id = ? AND password_hash = ?', [
    hashed,
    account.id,
    account.passwordHash,
  ]);
  const renewed = await findAccountByEmail(db, account.email);
  return renewed?.passwordHash === hashed ? renewed : account;
}

function toAccount(row: RowDataPacket | undefined): AccountWithHash | null {
  return row ? ({ ...row, active: row.active === 1 } as AccountWithHash) : null;
}

async function insertAccount(connection: PoolConnection, values: readonly string[]): Promise<number | null> {
  try {
    const [result] = await connection.query<ResultSetHeader>(
      'INSERT INTO panel_accounts (email, name, role, password_hash) VALUES (?)',
      [values],
    );
    return result.insertId;
  } catch (error) {
    if ((error as { errno?: number }).errno === DUPLICATE_ERRNO) return null;
    throw error;
  }
}
