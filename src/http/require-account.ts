import type { Request, RequestHandler, Response } from 'express';
import type { Pool } from '../database/pool.ts';
import { findAccountOfSession } from './accounts.ts';
import { wantsJson } from './audience.ts';
import { sendError } from './error-response.ts';
import { SIGNED_OUT, type SignedInAccount } from './session.ts';
import { siteUrl } from './site-address.ts';

/** Who a request's session belongs to, by the account's row of this moment; null: nobody, or what let it in is no more. */
export async function findSignedInAccount(pool: Pool, request: Request): Promise<SignedInAccount | null> {
  const account = await findAccountOfSession(pool, request.session);
  return account && { id: account.id, name: account.name, role: account.role };
}

/**
 * Lets a request pass that comes from somebody signed in, with `session.adminUser` set; answers any other with 401 JSON
 * or a redirect to the sign-in page.
 */
export function requireAccount(pool: Pool): RequestHandler {
  return async (request, response, next) => {
    const account = await findSignedInAccount(pool, request);
    if (account === null) return answerSignedOut(request, response);
    // Not enumerable, so it is not stored: name and role are those of the row, not of the day of signing in.
    Object.defineProperty(request.session, 'adminUser', { value: account });
    next();
  };
}

/** A longer one may be more than a client takes in a header: after signing in, the home page it is. */
const MAX_TARGET_LENGTH = 4_000;

function answerSignedOut(request: Request, response: Response): void {
  if (wantsJson(request)) {
    sendError(request, response, { status: 401, code: 'signed_out', message: SIGNED_OUT });
    return;
  }
  const isPage = request.method === 'GET' && !/^\/admin\/?$/i.test(request.baseUrl + request.path);
  const target = encodeURIComponent(request.originalUrl);
  const query = isPage && target.length <= MAX_TARGET_LENGTH ? `?redirectTo=${target}` : '';
  response.redirect(
    request.method === 'GET' || request.method === 'HEAD' ? 302 : 303,
    siteUrl(response, `/admin/login${query}`),
  );
}
