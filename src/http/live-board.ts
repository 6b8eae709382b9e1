import express, { type Router } from 'express';
import type { Pool } from '../database/pool.ts';
import type { Role } from '../resources/define.ts';
import type { WallboardConfig } from '../resources/define-dashboard.ts';
import { createDisplayCookie, type DisplayCookie } from './display-cookie.ts';
import { createDisplayLogins, type DisplayLogins } from './display-logins.ts';
import { type BoardAccess, createBoardAccess } from './live-board-access.ts';
import { loadLiveBoardFiles } from './live-board-bundle.ts';
import { renderBoard } from './live-board-page.ts';
import type { SessionLogins } from './session-logins.ts';
import { type SiteAddress, siteUrl } from './site-address.ts';
import { serveVersionedFiles } from './static-files.ts';

/** A screen without a keyboard looks again by itself where something is wrong, for it may be over. */
const LOOK_AGAIN_S = 30;

export interface LiveBoardParts {
  readonly wallboard: WallboardConfig;
  /** Who sees it with a session of their own. */
  readonly roles: readonly Role[];
  /** What the board begins from; null: not for this role. `tables`: the only columns that it may hold anything of. */
  takeSnapshot(who: { readonly role: string; readonly tables: WallboardConfig['tables'] }): Promise<unknown>;
}

interface Surroundings {
  readonly pool: Pool;
  readonly schema: string;
  readonly site: SiteAddress;
  readonly logins: SessionLogins;
}

/** The wallboard for televisions: its page, its files and its data. */
export interface LiveBoard {
  /** To be mounted at `/live-board`. */
  readonly router: Router;
  readonly displayLogins: DisplayLogins;
}

/**
 * Serves the wallboard to displays by their link, and to those whose session's role may see it. Bundles its script first
 * where that has not been done.
 */
export async function createLiveBoard(parts: LiveBoardParts & Surroundings): Promise<LiveBoard> {
  const cookie = createDisplayCookie(parts.site);
  const displayLogins = createDisplayLogins(parts.pool, cookie, parts.wallboard);
  const { dir, version } = await loadLiveBoardFiles();
  const access = createBoardAccess({ ...parts, displayLogins, cookie, version });
  const router = express.Router();
  router.use('/assets', serveVersionedFiles(dir));
  routePage(router, access, cookie, version);
  routeData(router, access, parts, version);
  return { router, displayLogins };
}

/** `/?key=…`, the link, and `/`, the board itself. */
function routePage(router: Router, access: BoardAccess, cookie: DisplayCookie, version: string): void {
  router.get('/', async (request, response) => {
    response.set('Refresh', `${LOOK_AGAIN_S}; url=${siteUrl(response, '/live-board')}`);
    const { key } = request.query;
    if (typeof key === 'string') return access.openLink(request, response, key);
    if (!(await access.admit(request, response))) return;
    const token = cookie.read(request);
    // Browsers forget it otherwise, however often it was used.
    if (token !== null) cookie.set(response, token);
    response.removeHeader('Refresh');
    response.send(renderBoard({ version, basePath: response.locals.basePath }));
  });
}

/** `/version`: of the files that a board opened now would run; `/snapshots/<name>`: `{ cursor, data }`. */
function routeData(router: Router, access: BoardAccess, parts: LiveBoardParts, version: string): void {
  router.get('/version', async (request, response) => {
    if (await access.admit(request, response)) response.json({ version });
  });
  router.get('/snapshots/:name', async (request, response, next) => {
    if (request.params.name !== parts.wallboard.snapshot) return next();
    const viewer = await access.admit(request, response);
    if (!viewer) return;
    const { tables } = parts.wallboard;
    const taken = await parts.takeSnapshot({ role: viewer.role, tables });
    if (taken) response.json(taken);
    else next();
  });
}
