import { randomBytes } from 'node:crypto';
import type { Actor } from '../database/activity.ts';
import { type Pool, type RowDataPacket, transaction } from '../database/pool.ts';
import { createAccount } from './accounts.ts';

export const DEMO_ACCOUNTS = [
  { email: 'employee@gorak.example', name: 'Zib Quorl', role: 'employee' },
  { email: 'supervisor@gorak.example', name: 'Mirgax Thune', role: 'supervisor' },
  { email: 'admin@gorak.example', name: 'Gorak Vandergloop', role: 'admin' },
] as const;

export interface DemoAccounts {
  readonly accounts: typeof DEMO_ACCOUNTS;
  /** Shown once, and kept nowhere: the password of the accounts just created without a given one; else null. */
  readonly generatedPassword: string | null;
}

const ACTOR: Actor = { id: null, name: 'Set-up', role: 'program' };

/**
 * Creates those of the three demo accounts that do not exist, with `password` or, where that is null, one generated
 * password for all. An account that exists keeps its password, role and state. Safe when run by two programs at once.
 */
export async function ensureDemoAccounts(pool: Pool, password: string | null): Promise<DemoAccounts> {
  const chosen = password ?? generatePassword();
  const created = await transaction(pool, async (connection) => {
    const [rows] = await connection.query<RowDataPacket[]>(
      'SELECT email FROM panel_accounts WHERE email IN (?)',
      [DEMO_ACCOUNTS.map(({ email }) => email)],
    );
    const missing = DEMO_ACCOUNTS.filter(({ email }) => !rows.some((row) => row.email === email));
    const ids: (number | null)[] = [];
    // One after the other, always in this order: two programs at once must not lock each other out.
    for (const account of missing) {
      ids.push(await createAccount(connection, ACTOR, { ...account, password: chosen }));
    }
    return ids.some((id) => id !== null);
  });
  return { accounts: DEMO_ACCOUNTS, generatedPassword: created && password === null ? chosen : null };
}

function generatePassword(): string {
  return randomBytes(9).toString('base64url');
}
