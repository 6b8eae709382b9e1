import express, { type RequestHandler } from 'express';
import { PUBLIC_DIR } from './asset-url.ts';

const IMMUTABLE = 'public, max-age=31536000, immutable';
const REVALIDATE = 'no-cache';

/** Serves `public/`, to be mounted at the root. */
export const servePublicFiles = (): RequestHandler[] => serveVersionedFiles(PUBLIC_DIR);

/** Serves a folder's files, each to be kept for ever by the address that says its version. */
export function serveVersionedFiles(dir: string): RequestHandler[] {
  const files = express.static(dir, { index: false, redirect: false, cacheControl: false });
  return [cacheByVersion, files, forbidStoring];
}

/** Serves the panel's scripts and styles, which hold no data and so ask for no session; to be mounted at `/admin`. */
export function servePanelAssets(servePanel: RequestHandler): RequestHandler {
  return (request, response, next) => {
    const isAsset = request.method === 'GET' && request.path.startsWith('/frontend/assets/');
    if (!isAsset) return next();
    // Whatever body comes along is left alone: the panel would write files of it to the disk.
    request.express_formidable = { parsed: true };
    cacheByVersion(request, response, () => servePanel(request, response, next));
  };
}

/**
 * Lets a file be kept for ever where its address says which version it is (`?v=`), and have its ETag asked for
 * otherwise. A font is never changed under its name.
 */
const cacheByVersion: RequestHandler = (request, response, next) => {
  const versioned = typeof request.query.v === 'string' || request.path.startsWith('/fonts/');
  response.set('Cache-Control', versioned ? IMMUTABLE : REVALIDATE);
  next();
};

/** Whatever is not a file (pages, API answers, errors) belongs to one person at one moment. */
export const forbidStoring: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store');
  next();
};
