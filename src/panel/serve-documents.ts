import type { RequestHandler } from 'express';
import type { Pool } from '../database/pool.ts';
import { decodeRecordId } from '../database/record-id.ts';
import { toRoles } from '../resources/access.ts';
import { actorOf } from './safe-table.ts';
import type { TableViews } from './table-view.ts';

const MAX_IDS = 500;

/** Answers `/documents/<table>/<name>?ids=1,2` with a page to print of these rows, to those who may see it. */
export function serveDocuments(
  pool: Pool,
  viewsOf: (role: string) => TableViews | undefined,
): RequestHandler {
  return async (request, response, next) => {
    const account = request.session.adminUser;
    const view = account && viewsOf(account.role)?.get(String(request.params.table));
    const document = view?.resource.documents.find(({ name }) => name === request.params.name);
    if (!view?.can.show || !document || !toRoles(document.can).includes(view.role)) return next();
    const ids = String(request.query.ids ?? '').split(',');
    const isFitting = ids.length <= MAX_IDS && ids.every((id) => decodeRecordId(view.table, id));
    if (!isFitting) return next();
    const page = await document.render({ db: pool, actor: actorOf({ currentAdmin: account }) }, ids);
    response.type('html').send(page);
  };
}
