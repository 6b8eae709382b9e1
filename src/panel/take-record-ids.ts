import type { RequestHandler } from 'express';
import { decodePanelPath } from './api-path.ts';

/** The form field of a request for many rows: their record ids, between commas. An address could not hold many long ones. */
export const IDS_FIELD = 'recordIds';

/** AdminJS's page of an action on many rows is the same whichever they are, and wants some to be named. */
const ANY_ROWS = '-';

/** Puts the rows that a bulk action's form names, or that its page need not name, where AdminJS looks for them. */
export const takeRecordIds: RequestHandler = (request, _response, next) => {
  const ids = decodePanelPath(request.path)?.actionType === 'bulk' ? findIds(request) : undefined;
  if (ids !== undefined)
    // Express works the query out anew each time it is read.
    Object.defineProperty(request, 'query', { value: { ...request.query, recordIds: ids } });
  next();
};

function findIds({ path, query, fields }: Parameters<RequestHandler>[0]): string | undefined {
  if (!/^\/api\//i.test(path)) return query.recordIds ? undefined : ANY_ROWS;
  const given = fields?.[IDS_FIELD];
  return given === undefined ? undefined : String(given);
}
