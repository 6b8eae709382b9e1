import type { Application } from 'express';
import { createChangeFeed } from './changes/create-change-feed.ts';
import { introspect } from './database/introspect.ts';
import { markNumbers } from './database/mark-numbers.ts';
import type { Pool } from './database/pool.ts';
import { displayScreens } from './http/display-screens.ts';
import { createHttpApp } from './http/http-app.ts';
import type { Listener } from './http/listener.ts';
import type { LiveBoardParts } from './http/live-board.ts';
import type { Logger } from './http/logger.ts';
import { decodeSiteAddress } from './http/site-address.ts';
import { createLive } from './live/create-live.ts';
import { createSnapshotRouter, createSnapshots, type Snapshots } from './live/snapshots.ts';
import { createPanel } from './panel/create-panel.ts';
import { createReaderSights } from './panel/reader-sights.ts';
import { type DashboardConfig, wallboardRoles } from './resources/define-dashboard.ts';
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
  const tables = await markNumbers(pool, await introspect(pool));
  const dashboard = await loadDashboard(settings.resourcesDir, tables);
  const panelScreens = dashboard?.wallboard ? [displayScreens] : [];
  const resources = await loadResources(settings.resourcesDir, tables, panelScreens);
  const panel = await createPanel({
    pool,
    resources,
    dashboard,
    basePath: decodeSiteAddress(settings.publicUrl).basePath,
  });
  const feed = await shutdown.keep(await createChangeFeed(parts), (part) => part.stop());
  const snapshots = createSnapshots(feed, dashboard?.snapshots ?? {}, createReaderSights(resources));
  const routers = [createSnapshotRouter(snapshots)];
  const liveBoard = dashboard && describeLiveBoard(dashboard, snapshots);
  const http = await createHttpApp({ settings, pool, logger, panel, routers, liveBoard });
  await shutdown.keep(http, (part) => part.stop());
  const { loginSources, door } = http;
  const live = createLive({ server, feed, pool, resources, loginSources, door, logger });
  await shutdown.keep(live, (part) => part.stop());
  return http.app;
}

function describeLiveBoard(dashboard: DashboardConfig, snapshots: Snapshots): LiveBoardParts | null {
  const { wallboard } = dashboard;
  if (!wallboard) return null;
  return {
    wallboard,
    roles: wallboardRoles(dashboard),
    takeSnapshot: (who) => snapshots.take(wallboard.snapshot, who),
  };
}
