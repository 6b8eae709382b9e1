import type { IncomingMessage } from 'node:http';
import type { CookieOptions, RequestHandler, Response } from 'express';

/** Where browsers find the site. */
export interface SiteAddress {
  /** `https://store.example`; null where no PUBLIC_URL says it: then it is whatever host a browser asked. */
  readonly origin: string | null;
  /** The path that the whole site lies below, such as `/store`; '' where it has the host to itself. */
  readonly basePath: string;
  /** Browsers come over https: PUBLIC_URL is the operator's word for it, whatever a proxy says or forgets. */
  readonly secure: boolean;
}

/** Takes a checked PUBLIC_URL apart. */
export function decodeSiteAddress(publicUrl: string | null): SiteAddress {
  if (publicUrl === null) return { origin: null, basePath: '', secure: false };
  const { origin, pathname, protocol } = new URL(publicUrl);
  return { origin, basePath: pathname.replace(/\/$/, ''), secure: protocol === 'https:' };
}

/**
 * The name and scope of a cookie of the site's, which scripts cannot read and no other site's form makes use of. `below`:
 * the path inside the site that it is for, such as `/admin/login`; '' for all of it.
 */
export function describeCookie({ secure, basePath }: SiteAddress, name: string, below = '') {
  const path = basePath + below || '/';
  // Browsers refuse a cookie with such a prefix that plain http, or (__Host-, for '/' alone) a sibling domain, has set.
  const prefix = secure ? (path === '/' ? '__Host-' : '__Secure-') : '';
  const options = { path, httpOnly: true, sameSite: 'lax', secure } satisfies CookieOptions;
  return { name: prefix + name, options };
}

/**
 * Lets a request in by its path below the site's, so that everything inside is written as if the site had its host to
 * itself: `/store/admin` and, where the proxy has stripped it, `/admin` both become `/admin`. `originalUrl` is always the
 * path that the browser knows.
 */
export function enterSite(request: IncomingMessage & { originalUrl?: string }, basePath: string): void {
  const { url = '/' } = request;
  if (basePath === '') return;
  const rest = url.startsWith(basePath) ? url.slice(basePath.length) : null;
  if (rest !== null && /^($|[/?])/.test(rest)) request.url = rest.startsWith('/') ? rest : `/${rest}`;
  request.originalUrl = basePath + request.url;
}

declare global {
  namespace Express {
    interface Locals {
      /** See {@link SiteAddress.basePath}. */
      basePath: string;
    }
  }
}

/** Does what {@link enterSite} does, and remembers the path for {@link siteUrl}. */
export function createSiteEntry({ basePath }: SiteAddress): RequestHandler {
  return (request, response, next) => {
    enterSite(request, basePath);
    response.locals.basePath = basePath;
    next();
  };
}

/** The path that a browser knows of one inside the site: `/admin` → `/store/admin`. */
export function siteUrl(response: Response, path: string): string {
  return response.locals.basePath + path;
}
