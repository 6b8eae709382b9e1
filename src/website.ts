import { introspect } from './database/introspect.ts';
import type { Pool } from './database/pool.ts';
import { createHttpApp, type HttpApp } from './http/http-app.ts';
import type { Logger } from './http/logger.ts';
import { createPanel } from './panel/create-panel.ts';
import { loadDashboard, loadResources } from './resources/load.ts';
import type { Settings } from './settings.ts';

/**
 * Draws the panel from the schema and the resource files, and puts it behind the sign-in. The database must be
 * migrated; throws ProblemsError with everything that is wrong in the resource files.
 */
export async function createWebsite(parts: {
  settings: Settings;
  pool: Pool;
  logger: Logger;
}): Promise<HttpApp> {
  const { resourcesDir } = parts.settings;
  const resources = await loadResources(resourcesDir, await introspect(parts.pool));
  const panel = await createPanel({
    pool: parts.pool,
    resources,
    dashboard: await loadDashboard(resourcesDir),
  });
  return createHttpApp({ ...parts, panel });
}
