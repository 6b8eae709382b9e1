import type { IncomingMessage } from 'node:http';
import type { Request, RequestHandler } from 'express';
import { sendError } from './error-response.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses requests that another site made a browser send (CSRF) with 403. `publicUrl`: the origin browsers use, where
 * it differs from the Host header that reaches us.
 */
export function refuseCrossOrigin(publicUrl: string | null): RequestHandler {
  return (request, response, next) => {
    const allowed = needsSameOrigin(request) ? isSameOrigin(request, publicUrl) : true;
    if (allowed) return next();
    sendError(request, response, {
      status: 403,
      code: 'cross_origin',
      message:
        'This request came from another site, so nothing was done. Please open the panel and try again.',
    });
  };
}

/** AdminJS calls custom actions by GET, so every method of its API is taken to change something. */
function needsSameOrigin(request: Request): boolean {
  return !SAFE_METHODS.has(request.method) || /^\/admin\/api(\/|$)/i.test(request.path);
}

function isSameOrigin(request: Request, publicUrl: string | null): boolean {
  // Browsers send one of the two headers with every form post and script request, so this is no browser, or, over plain
  // http, a link that was followed: harmless to a page, but no way to call the API.
  const isHarmless = () => !SAFE_METHODS.has(request.method) || !request.get('Accept')?.includes('text/html');
  return isFromOwnPage(request, publicUrl) ?? isHarmless();
}

/** Whether a request to become a socket comes from a page of ours, or from a program that is no browser. */
export function isSameOriginUpgrade(request: IncomingMessage, publicUrl: string | null): boolean {
  return isFromOwnPage(request, publicUrl) ?? true;
}

/** What the browser says of the page that asks; null where nothing is said. */
function isFromOwnPage({ headers }: IncomingMessage, publicUrl: string | null): boolean | null {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const { origin, host } = headers;
  if (origin === undefined) return null;
  return origin === publicUrl || (URL.canParse(origin) && new URL(origin).host === host);
}
