import { type Actor, recordActivity } from '../database/activity.ts';
import type { PoolConnection, Queryable, ResultSetHeader, RowDataPacket } from '../database/pool.ts';
import type { Problem } from '../errors.ts';
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
const COLUMNS = 'id, email, name, role, active, credentials_version AS credentialsVersion';

/** The one spelling of an e-mail address under which an account is found and its attempts are counted. */
export function normalizeEmail(email: string): string {
  return email.normalize('NFKC').trim().toLowerCase();
}

/** The account with this address in any spelling, or null. */
export async function findAccountByEmail(db: Queryable, email: string): Promise<AccountWithHash | null> {
  return findByEmail(db, email, '');
}

/** Does what {@link findAccountByEmail} does, and keeps others from changing the account until the transaction ends. */
export async function lockAccountByEmail(
  connection: PoolConnection,
  email: string,
): Promise<AccountWithHash | null> {
  return findByEmail(connection, email, 'FOR UPDATE');
}

/** The ids of the accounts of a role that may sign in, none of which others can change until the transaction ends. */
export async function lockActiveAccounts(connection: PoolConnection, role: string): Promise<number[]> {
  const [rows] = await connection.query<RowDataPacket[]>(
    'SELECT id FROM panel_accounts WHERE role = ? AND active ORDER BY id FOR UPDATE',
    [role],
  );
  return rows.map(({ id }) => id);
}

/** All accounts, by e-mail address. */
export async function findAccounts(db: Queryable): Promise<Account[]> {
  const [rows] = await db.query<RowDataPacket[]>(`SELECT ${COLUMNS} FROM panel_accounts ORDER BY email`);
  return rows.flatMap((row) => toAccount(row) ?? []);
}

/** The account that let a session in, or null where that no longer does: see {@link Account.credentialsVersion}. */
export async function findAccountOfSession(
  db: Queryable,
  { accountId, credentialsVersion }: { accountId?: number; credentialsVersion?: number },
): Promise<Account | null> {
  if (accountId === undefined || credentialsVersion === undefined) return null;
  const [rows] = await db.query<RowDataPacket[]>(
    `SELECT ${COLUMNS} FROM panel_accounts WHERE id = ? AND credentials_version = ? AND active`,
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

/** Stores the hash of another password. */
export async function updatePassword(db: Queryable, id: number, password: string): Promise<void> {
  await db.query('UPDATE panel_accounts SET password_hash = ? WHERE id = ?', [
    await hashPassword(password),
    id,
  ]);
}

export async function updateRole(db: Queryable, id: number, role: string): Promise<void> {
  await db.query('UPDATE panel_accounts SET role = ? WHERE id = ?', [role, id]);
}

export async function updateActive(db: Queryable, id: number, active: boolean): Promise<void> {
  await db.query('UPDATE panel_accounts SET active = ? WHERE id = ?', [active, id]);
}

/** Whether anybody can sign in: else a problem with the command that lets somebody. */
export async function checkAccounts(db: Queryable): Promise<Problem[]> {
  const accounts = await findAccounts(db);
  if (accounts.some(({ active }) => active)) return [];
  const problem = { code: 'no_account', where: 'panel_accounts' };
  if (accounts.length > 0)
    return [
      { ...problem, message: 'every account is disabled.', fix: 'Run `npm run account -- enable EMAIL`.' },
    ];
  const fix = 'Run `npm run account -- add EMAIL --role admin`: it prints the password.';
  return [{ ...problem, message: 'there is no account yet, so nobody can sign in.', fix }];
}

async function findByEmail(
  db: Queryable,
  email: string,
  lock: '' | 'FOR UPDATE',
): Promise<AccountWithHash | null> {
  const normal = normalizeEmail(email);
  const [rows] = await db.query<RowDataPacket[]>(
    `SELECT ${COLUMNS}, password_hash AS passwordHash FROM panel_accounts WHERE email = ? ${lock}`,
    [normal],
  );
  const account = toAccount(rows[0]);
  // The column's collation takes e and é for one letter; the throttle does not.
  return account && normalizeEmail(account.email) === normal ? account : null;
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
