import { introspect } from '../../src/database/introspect.ts';
import type { Pool, Queryable } from '../../src/database/pool.ts';
import { createReaderSights } from '../../src/panel/reader-sights.ts';
import type { ResourceConfig, Role } from '../../src/resources/define.ts';
import type { ReadContext } from '../../src/resources/panel-context.ts';
import { resolveResources } from '../../src/resources/resolve.ts';

/** Lets code read as a role does: by default as an admin whom nothing is hidden from. */
export async function createTestReader(
  pool: Pool,
  { role = 'admin', configs = [] }: { role?: Role; configs?: readonly ResourceConfig[] } = {},
): Promise<(db?: Queryable) => ReadContext> {
  const sightOf = createReaderSights(resolveResources(await introspect(pool), configs));
  return (db = pool) => sightOf({ role, tables: null }).readOn(db);
}
