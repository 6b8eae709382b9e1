import { type Actor, recordActivity } from '../database/activity.ts';
import { type Pool, type PoolConnection, transaction } from '../database/pool.ts';
import { type Refusal, refuse } from '../errors.ts';
import type { Role } from '../resources/role.ts';
import {
  type Account,
  createAccount,
  lockAccountByEmail,
  lockActiveAccounts,
  type NewAccount,
  normalizeEmail,
  updateActive,
  updatePassword,
  updateRole,
} from './accounts.ts';

/** Of whom there must always be one who may sign in. */
const KEEPER_ROLE: Role = 'admin';
const MAX_EMAIL_LENGTH = 254;
const MAX_NAME_LENGTH = 120;

/** `account`: as it was before; `isChanged`: false where it was so already. */
export type AccountChange =
  | { readonly ok: true; readonly account: Account; readonly isChanged: boolean }
  | Refusal;

/** Adds an active account. Refusals: `bad_email`, `bad_name`, `duplicate_email`. */
export async function addAccount(
  pool: Pool,
  actor: Actor,
  account: NewAccount & { readonly role: Role },
): Promise<{ readonly ok: true } | Refusal> {
  const email = normalizeEmail(account.email);
  const name = account.name.trim();
  if (!/^[^\s@]+@[^\s@]+$/.test(email) || email.length > MAX_EMAIL_LENGTH)
    return refuse('bad_email', `'${account.email}' is not an e-mail address.`);
  if (name === '' || name.length > MAX_NAME_LENGTH || /\p{Cc}/u.test(name))
    return refuse('bad_name', `'${account.name}' is not a name of 1 to ${MAX_NAME_LENGTH} letters.`);
  const id = await transaction(pool, (connection) => createAccount(connection, actor, { ...account, name }));
  return id === null
    ? refuse('duplicate_email', `There is an account with the address '${email}' already.`)
    : { ok: true };
}

/** Replaces the password, which ends the account's sessions. Refusal: `unknown_account`. */
export function replacePassword(
  pool: Pool,
  actor: Actor,
  email: string,
  password: string,
): Promise<AccountChange> {
  return change(pool, email, async (connection, account) => {
    await updatePassword(connection, account.id, password);
    await record(connection, actor, account, 'account_password_replaced');
    return true;
  });
}

/** Gives another role, which ends the account's sessions. Refusals: `unknown_account`, `last_admin`. */
export function changeRole(pool: Pool, actor: Actor, email: string, role: Role): Promise<AccountChange> {
  return change(pool, email, async (connection, account, isLastKeeper) => {
    if (account.role === role) return false;
    if (isLastKeeper) return refuseLastKeeper(account);
    await updateRole(connection, account.id, role);
    await record(connection, actor, account, 'account_role_changed', { before: account.role, after: role });
    return true;
  });
}

/** Disables or enables, which ends the account's sessions. Refusals: `unknown_account`, `last_admin`. */
export function setActive(pool: Pool, actor: Actor, email: string, active: boolean): Promise<AccountChange> {
  return change(pool, email, async (connection, account, isLastKeeper) => {
    if (account.active === active) return false;
    if (isLastKeeper) return refuseLastKeeper(account);
    await updateActive(connection, account.id, active);
    await record(connection, actor, account, active ? 'account_enabled' : 'account_disabled');
    return true;
  });
}

/** `work` tells whether it changed anything; `isLastKeeper`: without the account nobody could look after the others. */
function change(
  pool: Pool,
  email: string,
  work: (connection: PoolConnection, account: Account, isLastKeeper: boolean) => Promise<boolean | Refusal>,
): Promise<AccountChange> {
  return transaction(pool, async (connection) => {
    // All of them, always first: of two who would each take away the other one, the second sees what the first did.
    const keepers = await lockActiveAccounts(connection, KEEPER_ROLE);
    const account = await lockAccountByEmail(connection, email);
    if (!account) return refuse('unknown_account', `There is no account with the address '${email}'.`);
    const isChanged = await work(connection, account, keepers.length === 1 && keepers[0] === account.id);
    return typeof isChanged === 'boolean' ? { ok: true, account, isChanged } : isChanged;
  });
}

function refuseLastKeeper({ email }: Account): Refusal {
  const message = `${email} is the only active ${KEEPER_ROLE}, without whom nobody could look after the others.`;
  return refuse('last_admin', message);
}

function record(
  connection: PoolConnection,
  actor: Actor,
  { id, email }: Account,
  action: string,
  details: object = {},
): Promise<void> {
  const activity = { action, table: 'panel_accounts', recordId: String(id) };
  return recordActivity(connection, actor, { ...activity, details: { email, ...details } });
}
