import type { AccountTask } from './command-line.ts';
import type { Actor } from './database/activity.ts';
import type { Pool } from './database/pool.ts';
import { type Problem, ProblemsError, type Refusal } from './errors.ts';
import {
  type AccountChange,
  addAccount,
  changeRole,
  replacePassword,
  setActive,
} from './http/account-changes.ts';
import { type Account, findAccounts, normalizeEmail } from './http/accounts.ts';
import { generatePassword } from './http/password.ts';
import { suggestName } from './resources/suggest.ts';

const ACTOR: Actor = { id: null, name: 'Command line', role: 'program' };
const SIGNED_OUT = 'All sessions of this account have ended.';

/**
 * Does what `npm run account` is asked on a migrated database, and returns what to print, line by line; a new password
 * is the last one. Throws {@link ProblemsError}.
 */
export async function runAccountTask(pool: Pool, task: AccountTask): Promise<string[]> {
  switch (task.kind) {
    case 'list':
      return formatAccounts(await findAccounts(pool));
    case 'add':
      return runAdd(pool, task);
    case 'password': {
      const password = generatePassword();
      const { account } = await settle(pool, task.email, replacePassword(pool, ACTOR, task.email, password));
      return [`${account.email} has a new password. ${SIGNED_OUT} It is told this once:`, password];
    }
    case 'role': {
      const change = changeRole(pool, ACTOR, task.email, task.role);
      return describe(await settle(pool, task.email, change), task.role);
    }
    case 'disable':
      return describe(await settle(pool, task.email, setActive(pool, ACTOR, task.email, false)), 'disabled');
    case 'enable':
      return describe(await settle(pool, task.email, setActive(pool, ACTOR, task.email, true)), 'enabled');
  }
}

async function runAdd(pool: Pool, task: Extract<AccountTask, { kind: 'add' }>): Promise<string[]> {
  const { email, role } = task;
  const password = generatePassword();
  const name = task.name ?? email.trim().replace(/@.*$/s, '');
  const added = await addAccount(pool, ACTOR, { email, name, role, password });
  if (!added.ok) throw await describeRefusal(pool, email, added);
  return [`${normalizeEmail(email)} was added as ${role}. The password is told this once:`, password];
}

async function settle(pool: Pool, email: string, change: Promise<AccountChange>) {
  const result = await change;
  if (!result.ok) throw await describeRefusal(pool, email, result);
  return result;
}

function describe({ account, isChanged }: { account: Account; isChanged: boolean }, state: string): string[] {
  return [
    isChanged ? `${account.email} is ${state} now. ${SIGNED_OUT}` : `${account.email} is ${state} already.`,
  ];
}

async function describeRefusal(pool: Pool, email: string, refusal: Refusal): Promise<ProblemsError> {
  const { code, message } = refusal;
  const problem: Problem = {
    code,
    where: `account ${email}`,
    message,
    fix: await findFix(pool, email, code),
  };
  return new ProblemsError([problem]);
}

async function findFix(pool: Pool, email: string, code: string): Promise<string> {
  switch (code) {
    case 'unknown_account': {
      const emails = (await findAccounts(pool)).map((account) => account.email);
      return emails.length > 0
        ? suggestName(normalizeEmail(email), emails)
        : 'Add it: there is no account yet.';
    }
    case 'duplicate_email':
      return `\`npm run account -- password ${email}\` gives it another password, \`enable ${email}\` lets it in again.`;
    case 'last_admin':
      return 'Give the role to somebody else first: `npm run account -- role EMAIL --role admin`, or `add`.';
    default:
      return 'Write it otherwise, and run the same line again.';
  }
}

/** A line an account, in columns. */
function formatAccounts(accounts: readonly Account[]): string[] {
  if (accounts.length === 0) return ['there is no account yet: npm run account -- add EMAIL --role admin'];
  const rows = accounts.map(({ email, role, active, name }) => [
    email,
    role,
    active ? 'active' : 'disabled',
    name,
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
}
