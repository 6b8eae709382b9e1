import type { RequestHandler } from 'express';
import { decodeRecordId } from '../database/record-id.ts';
import { RefusedRequestError } from '../errors.ts';
import { toRoles } from '../resources/access.ts';
import { decodeTable } from '../table-address.ts';
import type { ContextOf } from './handed-actions.ts';
import { parseRecordIds } from './record-ids.ts';
import type { RoleSight } from './role-sight.ts';

/**
 * Answers `/documents/<table>/<name>?ids=1,2`, or the same ids in a form, with a page to print of these rows, each once,
 * to those who may see it. More rows than one request can name are refused with 400.
 */
export function serveDocuments(
  partsOf: (role: string) => { readonly sight: RoleSight; readonly contextOf: ContextOf } | undefined,
): RequestHandler {
  return async (request, response, next) => {
    const account = request.session.adminUser;
    const parts = account && partsOf(account.role);
    const view = parts?.sight.views.get(decodeTable(String(request.params.table)));
    const document = view?.resource.documents.find(({ name }) => name === request.params.name);
    if (!parts || !view?.can.show || !document || !toRoles(document.can).includes(view.role)) return next();
    const parsed = parseRecordIds(request.fields?.ids ?? request.query.ids);
    if (!parsed.ok) throw new RefusedRequestError(parsed);
    if (!parsed.ids.every((id) => decodeRecordId(view.table, id))) return next();
    const page = await document.render(parts.contextOf({ currentAdmin: account }), parsed.ids);
    response.type('html').send(page);
  };
}
