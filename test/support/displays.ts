import { type Pool, transaction } from '../../src/database/pool.ts';
import { createDisplay, revokeDisplay } from '../../src/http/displays.ts';

export const ADMIN = { id: 1, name: 'Zorblax', role: 'admin' };

/** A display with the secret of its link. */
export interface TestDisplay {
  readonly id: number;
  readonly token: string;
}

export async function addDisplay(pool: Pool, name = 'Packing hall'): Promise<TestDisplay> {
  const created = await transaction(pool, (connection) => createDisplay(connection, ADMIN, name));
  if (!created.ok) throw new Error(created.message);
  return created;
}

export async function revoke(pool: Pool, { id }: TestDisplay): Promise<void> {
  const revoked = await transaction(pool, (connection) => revokeDisplay(connection, ADMIN, id));
  if (!revoked.ok) throw new Error(revoked.message);
}
