import compression from 'compression';
import express, { type Application, type RequestHandler, type Router } from 'express';
import type { Pool, RowDataPacket } from '../database/pool.ts';
import { REQUEST_LIMITS } from '../request-bounds.ts';
import type { Settings } from '../settings.ts';
import { createHostCheck } from './allowed-host.ts';
import { cleanRegularly } from './clean-regularly.ts';
import { refuseCrossOrigin } from './cross-origin.ts';
import { createDeviceCookie } from './device-cookie.ts';
import type { DisplayLogins } from './display-logins.ts';
import { answerNotFound, createErrorHandler, refuseBrokenAddress, sendError } from './error-response.ts';
import { boundAddress, createFormReader } from './form.ts';
import { createHealthRouter } from './health.ts';
import { createLiveBoard, type LiveBoardParts } from './live-board.ts';
import type { Logger } from './logger.ts';
import { createLoginRouter } from './login-router.ts';
import { createLoginThrottle } from './login-throttle.ts';
import { createRequestLog } from './request-log.ts';
import { requireAccount } from './require-account.ts';
import { createSecurityHeaders } from './security-headers.ts';
import { createSessions } from './session.ts';
import { createSessionLogins, type SessionLogins } from './session-logins.ts';
import { loadSessionSecrets } from './session-secret.ts';
import { createSiteEntry, decodeSiteAddress, siteUrl } from './site-address.ts';
import { createSocketDoor, type SocketDoor } from './socket-door.ts';
import { forbidStoring, servePanelAssets, servePublicFiles } from './static-files.ts';

const CLEANING_INTERVAL_MS = 15 * 60 * 1000;

export interface HttpAppParts {
  readonly settings: Pick<Settings, 'publicUrl' | 'trustProxy' | 'sessionSecrets' | 'dataDir'>;
  readonly pool: Pool;
  readonly logger: Logger;
  /** Asked for its router at every request, so that it may be exchanged while requests run. */
  readonly panel: { readonly router: Router };
  /** What else is below `/admin` for those who are signed in. */
  readonly routers?: readonly Router[];
  /** Null: there is no wallboard. */
  readonly liveBoard?: LiveBoardParts | null;
}

export interface HttpApp {
  /** To be given to `http.createServer`. */
  readonly app: Application;
  /** To be asked in turn who a socket belongs to. */
  readonly loginSources: readonly (SessionLogins | DisplayLogins)[];
  /** What requests to become a socket go through. */
  readonly door: SocketDoor;
  /** Ends the background work; the pool is the caller's to end, afterwards. */
  stop(): Promise<void>;
}

/**
 * Builds the web application: health, public files, sign-in, and the panel at `/admin` for those who are signed in. The
 * database must be migrated. Throws ProblemsError where no session secret can be had.
 */
export async function createHttpApp(parts: HttpAppParts): Promise<HttpApp> {
  const { settings, pool, logger, panel, routers = [], liveBoard } = parts;
  const site = decodeSiteAddress(settings.publicUrl);
  const secrets = await loadSessionSecrets(settings);
  const sessions = createSessions(pool, secrets, site);
  const schema = await findSchemaName(pool);
  const throttle = createLoginThrottle(pool, schema);
  const devices = createDeviceCookie(secrets, site);
  const { cookieName } = sessions;
  const logins = createSessionLogins(pool, sessions.middleware);
  const board = liveBoard ? await createLiveBoard({ ...liveBoard, pool, schema, site, logins }) : null;
  const app = express();
  const checkHost = createHostCheck(site);
  app.set('trust proxy', settings.trustProxy).set('query parser', parseQuery).use(createSiteEntry(site));
  app.use(createRequestLog(logger), createSecurityHeaders(site), compression(), forbidStoring);
  // Before the host is looked at: load balancers ask by address.
  app.use(createHealthRouter(pool), refuseWrongHost(checkHost));
  app.use(refuseBrokenAddress, boundAddress, refuseCrossOrigin(site));
  if (site.secure) app.use(assumeHttps);
  app.get('/', (_request, response) => response.redirect(302, siteUrl(response, '/admin')));
  app.use(servePublicFiles());
  const servePanel: RequestHandler = (request, response, next) => panel.router(request, response, next);
  if (board) app.use('/live-board', board.router);
  app.use('/admin', servePanelAssets(servePanel));
  app.use('/admin', sessions.middleware, createLoginRouter({ pool, throttle, devices, cookieName }));
  app.use(
    '/admin',
    requireAccount(pool),
    ...routers,
    createFormReader(REQUEST_LIMITS.formBytes, { takesFiles: true }),
    servePanel,
  );
  app.use(answerNotFound, createErrorHandler(logger));
  return {
    app,
    loginSources: board ? [logins, board.displayLogins] : [logins],
    door: createSocketDoor({ app, site, checkHost, logger }),
    stop: cleanRegularly(logger, CLEANING_INTERVAL_MS, [sessions.deleteExpired, throttle.deleteExpired]),
  };
}

/** A name given twice has its last value, as in a form, since nobody behind expects a list; but a filter has all of its. */
function parseQuery(text: string | null): Record<string, string | string[]> {
  const values = new Map<string, string | string[]>();
  for (const [name, value] of new URLSearchParams(text ?? '')) {
    const before = name.startsWith('filters.') ? values.get(name) : undefined;
    values.set(name, before === undefined ? value : [before, value].flat());
  }
  return Object.fromEntries(values);
}

async function findSchemaName(pool: Pool): Promise<string> {
  const [rows] = await pool.query<RowDataPacket[]>('SELECT DATABASE() AS name');
  return String(rows[0]?.name);
}

function refuseWrongHost(checkHost: ReturnType<typeof createHostCheck>): RequestHandler {
  return (request, response, next) => {
    const refusal = checkHost(request);
    if (refusal) sendError(request, response, refusal);
    else next();
  };
}

/** PUBLIC_URL is the operator's word that browsers come over https; express-session reads it from this header alone. */
const assumeHttps: RequestHandler = (request, _response, next) => {
  request.headers['x-forwarded-proto'] = 'https';
  next();
};
