import type { Actor } from '../database/activity.ts';
import { type Pool, type RowDataPacket, transaction } from '../database/pool.ts';
import { createAccount } from './accounts.ts';
import { generatePassword } from './password.ts';

export const DEMO_ACCOUNTS = [
  { email: 'employee@gorak.example', name: 'Zib Quorl', role: 'employee' },
  { email: 'supervisor@gorak.example', name: 'Mirgax Thune', role: 'supervisor' },
  { email: 'admin@gorak.example', name: 'Gorak Vandergloop', role: 'admin' },
] as const;

/** A password that was generated just now: to be shown once, and kept nowhere. */
export interface GeneratedPassword {
  readonly email: string;
  readonly password: string;
}

const ACTOR: Actor = { id: null, name: 'Set-up', role: 'program' };

/**
 * Creates those of the three demo accounts that do not exist, with `password` or, where that is null, each with one of
 * its own, which are returned. An account that exists keeps its password, role and state. Safe when run by two programs
 * at once.
 */
export function ensureDemoAccounts(pool: Pool, password: string | null): Promise<GeneratedPassword[]> {
  return transaction(pool, async (connection) => {
    const [rows] = await connection.query<RowDataPacket[]>(
      'SELECT email FROM panel_accounts WHERE email IN (?)',
      [DEMO_ACCOUNTS.map(({ email }) => email)],
    );
    const missing = DEMO_ACCOUNTS.filter(({ email }) => !rows.some((row) => row.email === email));
    const generated: GeneratedPassword[] = [];
    // One after the other, always in this order: two programs at once must not lock each other out.
    for (const account of missing) {
      const chosen = password ?? generatePassword();
      const id = await createAccount(connection, ACTOR, { ...account, password: chosen });
      if (id !== null && password === null) generated.push({ email: account.email, password: chosen });
    }
    return generated;
  });
}
