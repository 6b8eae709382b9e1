const NOWHERE = 'http://panel.invalid';

/**
 * A path of this site, which lies below `basePath`, that is safe to redirect to, with its query; the panel's home page
 * for anything else.
 */
export function decodeRedirectTarget(value: unknown, basePath: string): string {
  const fallback = `${basePath}/admin`;
  if (typeof value !== 'string' || !value.startsWith('/') || !URL.canParse(value, NOWHERE)) return fallback;
  // The URL parser reads tabs, backslashes and dots as a browser does; what it makes of them is what counts.
  const { origin, pathname, search } = new URL(value, NOWHERE);
  if (origin !== NOWHERE || pathname.startsWith('//') || !pathname.startsWith(`${basePath}/`))
    return fallback;
  const isSignIn = /^\/admin\/(login|logout)\/?$/i.test(pathname.slice(basePath.length));
  return isSignIn ? fallback : pathname + search;
}
