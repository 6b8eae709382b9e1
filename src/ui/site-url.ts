/** The path that the site lies below at its host, which each of its pages tells: '' or `/store`. */
const BASE_PATH = globalThis.document?.documentElement.dataset.basePath ?? '';

/** The path that a browser knows of one inside the site: `/admin` → `/store/admin`. */
export function siteUrl(path: string): string {
  return BASE_PATH + path;
}
