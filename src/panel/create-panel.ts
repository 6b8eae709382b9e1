import './adminjs-environment.ts';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { buildRouter } from '@adminjs/express';
import AdminJS, { type ActionDecorator, Router as AdminRoutes, type CurrentAdmin } from 'adminjs';
import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Router } from 'express';
import { createBoundedReads } from '../database/bounded-reads.ts';
import type { Pool } from '../database/pool.ts';
import { RefusedRequestError, refuse } from '../errors.ts';
import { ROLES } from '../resources/define.ts';
import type { DashboardConfig } from '../resources/define-dashboard.ts';
import type { Resource } from '../resources/resource.ts';
import { encodeTable } from '../table-address.ts';
import { answerRefusals } from './answer-refusals.ts';
import { decodePanelPath, type PanelPath, respellPanelPath } from './api-path.ts';
import { ensureBundle } from './build-bundle.ts';
import { createComponentLoader } from './component-loader.ts';
import { createPanelContext } from './create-context.ts';
import { decorateByName } from './decorate-by-name.ts';
import type { ContextOf } from './handed-actions.ts';
import { securePage } from './page-html.ts';
import { createPanelOptions } from './panel-options.ts';
import { createPropertyOptions } from './property-options.ts';
import { createRoleSight, type RoleSight } from './role-sight.ts';
import { actorOf, tableOf } from './safe-table.ts';
import { serveDocuments } from './serve-documents.ts';
import { serveFiles } from './serve-files.ts';
import { takeRecordIds } from './take-record-ids.ts';

export interface Panel {
  /** To be mounted at `/admin`, behind session and sign-in. */
  readonly router: Router;
}

/**
 * Builds the panel over these tables: one AdminJS a role, each of which holds nothing that the role may not see.
 * Bundles our components first where that has not been done.
 */
export async function createPanel(parts: {
  pool: Pool;
  resources: readonly Resource[];
  dashboard: DashboardConfig | null;
  /** The path that the site lies below. */
  basePath: string;
}): Promise<Panel> {
  await ensureBundle();
  const reads = await createBoundedReads(parts.pool);
  const { pool } = reads;
  const componentLoader = createComponentLoader();
  const panels = new Map<string, RolePanel>();
  for (const role of ROLES) {
    const sight = createRoleSight(parts.resources, role);
    const contextOf: ContextOf = (context) => createPanelContext(pool, sight, actorOf(context));
    const options = createPanelOptions({ ...parts, pool, componentLoader, role, contextOf }, sight.views);
    const admin = new AdminJS(options);
    for (const resource of admin.resources) {
      const { view } = tableOf({ resource });
      decorateByName(admin, resource, createPropertyOptions(sight.views, view));
    }
    panels.set(role, { admin, sight, contextOf, router: buildRouter(admin) as unknown as Router });
  }
  const assetUrl = await createAssetUrls(parts.basePath);
  const router = express.Router();
  router.use((request, _response, next) => reads.runFor(request.session?.adminUser?.id ?? 0, next));
  const documents = serveDocuments((role) => panels.get(role));
  router.route('/documents/:table/:name').get(documents).post(documents);
  router.get(
    '/files/:table/:id/:column',
    serveFiles(pool, (role) => panels.get(role)),
  );
  router.use(rewritePages(assetUrl, parts.basePath), takeRecordIds);
  router.use('/api', answerRefusals);
  router.use((request, response, next) => {
    const path = respellPanelPath(request.path);
    if (path === null) return next();
    const query = request.url.slice(request.path.length);
    response.redirect(307, parts.basePath + request.baseUrl + path + query);
  });
  router.use((request, response, next) => {
    const panel = panels.get(request.session?.adminUser?.role ?? ROLES[0]);
    if (panel && isOpen(panel.admin, request)) return panel.router(request, response, next);
    const isThere = [...panels.values()].some(({ admin }) => isKnown(admin, request));
    const isForbidden = panel && isThere && seesTable(panel, request);
    next(isForbidden ? new RefusedRequestError(refuse('forbidden', FORBIDDEN), 403) : 'router');
  });
  router.use(passOverMissing);
  return { router };
}

const FORBIDDEN = 'You may not open this. Ask an administrator if you should.';

interface RolePanel {
  readonly admin: AdminJS;
  readonly sight: RoleSight;
  readonly contextOf: ContextOf;
  readonly router: Router;
}

/** Whether the table and action in a path are there for this role, in this place; AdminJS itself would fail on others. */
function isKnown(admin: AdminJS, { path, query }: Request): boolean {
  const about = decodePanelPath(path);
  if (!about) return true;
  const resource = admin.resources.find((candidate) => candidate.id() === about.table);
  if (!resource || !about.action) return resource !== undefined;
  const { actions } = resource.decorate();
  const action = Object.hasOwn(actions, about.action) ? actions[about.action] : undefined;
  if (about.actionType === 'bulk' && !query.recordIds) return false;
  return action !== undefined && about.actionType !== null && isOfType(action, about.actionType);
}

/** A table that a role may not see is not there for it; of one that it sees, it is told what it may not do. */
function seesTable({ sight }: RolePanel, { path }: Request): boolean {
  return sight.views.has(decodePanelPath(path)?.table ?? '');
}

/** Whether it is there and, where it is a page, for this role: the API's own actions answer that themselves. */
function isOpen(admin: AdminJS, request: Request): boolean {
  if (!isKnown(admin, request)) return false;
  const about = decodePanelPath(request.path);
  const name = about?.actionType === null ? 'list' : about?.action;
  if (!about || !name || request.path.startsWith('/api/')) return true;
  const action = admin.findResource(encodeTable(about.table)).decorate().actions[name];
  return action?.isAccessible(request.session?.adminUser as CurrentAdmin | undefined) ?? false;
}

function isOfType(action: ActionDecorator, type: NonNullable<PanelPath['actionType']>): boolean {
  if (type === 'record') return action.isRecordType();
  return type === 'bulk' ? action.isBulkType() : action.isResourceType();
}

/** What AdminJS did not find is answered like any other address with nothing at it. */
const passOverMissing: ErrorRequestHandler = (error: unknown, _request, _response, next) => {
  const isMissing = error instanceof Error && error.name === 'NotFoundError';
  next(isMissing ? undefined : error);
};

function rewritePages(assetUrl: (path: string) => string, basePath: string): RequestHandler {
  return (_request, response, next) => {
    const send = response.send.bind(response);
    response.send = (body: unknown) => {
      const isPage = typeof body === 'string' && body.trimStart().startsWith('<!DOCTYPE html>');
      const dress = { nonce: String(response.locals.cspNonce), assetUrl, basePath };
      return send(isPage ? securePage(body, dress) : body);
    };
    next();
  };
}

async function createAssetUrls(basePath: string): Promise<(path: string) => string> {
  const versions = new Map<string, string>();
  for (const { path, src } of AdminRoutes.assets) {
    if (!path.endsWith('.js')) continue;
    const hash = createHash('sha256').update(await readFile(src));
    versions.set(`${basePath}/admin${path}`, hash.digest('hex').slice(0, 12));
  }
  return (path) => (versions.has(path) ? `${path}?v=${versions.get(path)}` : path);
}
