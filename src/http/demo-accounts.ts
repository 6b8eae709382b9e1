import type { Actor } from '../database/activity.ts';
import { type Pool, type RowDataPacket, transaction } from '../database/pool.ts';
import { createAccount } from './accounts.ts';
import { generatePassword } from './password.ts';

export const DEMO_ACCOUNTS = [
  { email: 'employee@gorak.example', name: 'Zib Quorl', role: 'employee' },
  { email: 'supervisor@gorak.example', name: 'Mirgax Thune', role: 'supervisor' },
  { email: 'admin@gorak.example', name: 'Gorak Vandergloop', role: 'admin' },
] as const;

/** An account that was made just now. */
export interface NewAccount {
  readonly email: string;
  /** To be shown once, and kept nowhere; null where it was not generated, but given. */
  readonly generatedPassword: string | null;
}

const ACTOR: Actor = { id: null, name: 'Set-up', role: 'program' };

/**
 * Creates those of the three demo accounts that do not exist, with `password` or, where that is null, each with one of
 * its own, and returns them. An account that exists keeps its password, role and state. Safe when run by two programs
 * at once.
 */
export function ensureDemoAccounts(pool: Pool, password: string | null): Promise<NewAccount[]> {
  return transaction(pool, async (connection) => {
    const [rows] = await connection.query<RowDataPacket[]>(
      'SELECT email FROM panel_accounts WHERE email IN (?)',
      [DEMO_ACCOUNTS.map(({ email }) => email)],
    );
    const missing = DEMO_ACCOUNTS.filter(({ email }) => !rows.some((row) => row.email === email));
    const made: NewAccount[] = [];
    // One after the other, always in this order: two programs at once must not lock each other out.
    for (const account of missing) {
      const generatedPassword = password === null ? generatePassword() : null;
      const chosen = password ?? generatedPassword ?? '';
      const id = await createAccount(connection, ACTOR, { ...account, password: chosen });
      if (id !== null) made.push({ email: account.email, generatedPassword });
    }
    return made;
  });
}
