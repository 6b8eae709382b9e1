import type { RequestHandler } from 'express';
import type { Pool } from '../database/pool.ts';
import { decodeRecordId } from '../database/record-id.ts';
import { RefusedRequestError } from '../errors.ts';
import { toRoles } from '../resources/access.ts';
import { parseRecordIds } from './record-ids.ts';
import { actorOf } from './safe-table.ts';
import type { TableViews } from './table-view.ts';

/**
 * Answers `/documents/<table>/<name>?ids=1,2` with a page to print of these rows, each once, to those who may see it.
 * More rows than one request can name are refused with 400.
 */
export function serveDocuments(
  pool: Pool,
  viewsOf: (role: string) => TableViews | undefined,
): RequestHandler {
  return async (request, response, next) => {
    const account = request.session.adminUser;
    const view = account && viewsOf(account.role)?.get(String(request.params.table));
    const document = view?.resource.documents.find(({ name }) => name === request.params.name);
    if (!view?.can.show || !document || !toRoles(document.can).includes(view.role)) return next();
    const parsed = parseRecordIds(request.query.ids);
    if (!parsed.ok) throw new RefusedRequestError(parsed);
    if (!parsed.ids.every((id) => decodeRecordId(view.table, id))) return next();
    const caller = { db: pool, actor: actorOf({ currentAdmin: account }) };
    const page = await document.render(caller, parsed.ids);
    response.type('html').send(page);
  };
}
