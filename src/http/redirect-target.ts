const NOWHERE = 'http://panel.invalid';

/** A path of this site that is safe to redirect to, with its query; `fallback` for anything else. */
export function decodeRedirectTarget(value: unknown, fallback: string): string {
  if (typeof value !== 'string' || !value.startsWith('/') || !URL.canParse(value, NOWHERE)) return fallback;
  // The URL parser reads tabs, backslashes and dots as a browser does; what it makes of them is what counts.
  const { origin, pathname, search } = new URL(value, NOWHERE);
  if (origin !== NOWHERE || pathname.startsWith('//')) return fallback;
  return /^\/admin\/(login|logout)\/?$/i.test(pathname) ? fallback : pathname + search;
}
