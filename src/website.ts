import type { Application } from 'express';
import { createChangeFeed } from './changes/create-change-feed.ts';
import { introspect } from './database/introspect.ts';
import type { Pool } from './database/pool.ts';
import { createHttpApp } from './http/http-app.ts';
import type { Listener } from './http/listener.ts';
import type { Logger } from './http/logger.ts';
import { createLive } from './live/create-live.ts';
import { createSnapshotRouter, createSnapshots } from './live/snapshots.ts';
import { createPanel } from './panel/create-panel.ts';
import { loadDashboard, loadResources } from './resources/load.ts';
import type { Settings } from './settings.ts';
import type { Shutdown } from './shutdown.ts';

export interface WebsiteParts {
  readonly settings: Settings;
  readonly pool: Pool;
  /** Of the pool's schema. */
  readonly url: string;
  readonly logger: Logger;
  readonly server: Listener['server'];
  /** Is given every part that runs. */
  readonly shutdown: Shutdown;
}

/**
 * Draws the panel from the schema and the resource files, puts it behind the sign-in, and tells its pages what changes
 * in the database. The database must be migrated; throws ProblemsError with everything that is wrong in the resource
 * files.
 */
export async function createWebsite(parts: WebsiteParts): Promise<Application> {
  const { settings, pool, logger, server, shutdown } = parts;
  const resources = await loadResources(settings.resourcesDir, await introspect(pool));
  const dashboard = await loadDashboard(settings.resourcesDir);
  const panel = await createPanel({ pool, resources, dashboard });
  const feed = await shutdown.keep(await createChangeFeed(parts), (part) => part.stop());
  const snapshots = createSnapshots(feed, dashboard?.snapshots ?? {});
  const routers = [createSnapshotRouter(snapshots)];
  const http = await createHttpApp({ settings, pool, logger, panel, routers });
  await shutdown.keep(http, (part) => part.stop());
  const { logins, isAllowedOrigin } = http;
  const live = createLive({ server, feed, resources, loginSources: [logins], isAllowedOrigin, logger });
  await shutdown.keep(live, (part) => part.stop());
  return http.app;
}
