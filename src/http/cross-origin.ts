import type { Request, RequestHandler } from 'express';
import { sendError } from './error-response.ts';
import type { HttpError } from './http-error.ts';
import type { SiteAddress } from './site-address.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

const CROSS_ORIGIN: HttpError = {
  status: 403,
  code: 'cross_origin',
  message: 'This request came from another site, so nothing was done. Please open the panel and try again.',
};

/**
 * Refuses requests that another site made a browser send (CSRF) with 403. Where the site's origin is known, pages of it
 * are ours, and always those of the host that was asked.
 */
export function refuseCrossOrigin({ origin }: SiteAddress): RequestHandler {
  return (request, response, next) => {
    const allowed = needsSameOrigin(request) ? isSameOrigin(request, origin) : true;
    if (allowed) next();
    else sendError(request, response, CROSS_ORIGIN);
  };
}

/** Why a request to become a socket may not: another site's page asks; null: a page of ours, or no browser at all. */
export function checkUpgradeOrigin(request: Request, { origin }: SiteAddress): HttpError | null {
  return (isFromOwnPage(request, origin) ?? true) ? null : CROSS_ORIGIN;
}

/** AdminJS calls custom actions by GET, so every method of its API is taken to change something. */
function needsSameOrigin(request: Request): boolean {
  return !SAFE_METHODS.has(request.method) || /^\/admin\/api(\/|$)/i.test(request.path);
}

function isSameOrigin(request: Request, siteOrigin: string | null): boolean {
  // Browsers send one of the two headers with every form post and script request, so this is no browser, or, over plain
  // http, a link that was followed: harmless to a page, but no way to call the API.
  const isHarmless = () => !SAFE_METHODS.has(request.method) || !request.get('Accept')?.includes('text/html');
  return isFromOwnPage(request, siteOrigin) ?? isHarmless();
}

/** What the browser says of the page that asks; null where nothing is said. */
function isFromOwnPage(request: Request, siteOrigin: string | null): boolean | null {
  const { 'sec-fetch-site': site, origin } = request.headers;
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  if (origin === undefined) return null;
  return origin === siteOrigin || (URL.canParse(origin) && new URL(origin).host === request.host);
}
