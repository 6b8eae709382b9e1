import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import type { Problem } from './errors.ts';

/** How many proxies stand in front of the program, or their addresses, as express's `trust proxy`; `[]`: nobody is believed. */
export type TrustProxy = number | readonly string[];

export interface ProxySettings {
  readonly publicUrl: string | null;
  readonly trustProxy: TrustProxy;
}

const NETWORK_NAMES = new Set(['loopback', 'linklocal', 'uniquelocal']);

/** `PUBLIC_URL` → its origin and path, without a slash at the end. */
export const publicUrlSchema = z.string().transform((text, context) => {
  const problem = describeUrlProblem(text);
  if (problem) {
    context.addIssue(problem);
    return z.NEVER;
  }
  const { origin, pathname } = new URL(text);
  return origin + pathname.replace(/\/+$/, '');
});

function describeUrlProblem(text: string): string | null {
  if (!URL.canParse(text)) return 'is not an http or https address';
  const url = new URL(text);
  if (!['http:', 'https:'].includes(url.protocol)) return 'is not an http or https address';
  if (url.username || url.password) return 'holds a user name or password';
  if (/[?#]/.test(text)) return 'holds a ? or #, which no address of a site has';
  if (!/^(\/[\w.~-]+)*\/*$/.test(url.pathname))
    return 'has a path of other characters than letters, digits and - . _ ~ between single slashes';
  return null;
}

/** `TRUST_PROXY` → the number, or the list. */
export const trustProxySchema = z.string().transform((text, context): TrustProxy => {
  const value = text.trim();
  if (/^\d$/.test(value)) return Number(value);
  const entries = value.split(',').map((entry) => entry.trim());
  for (const entry of entries) {
    const problem = describeNetworkProblem(entry);
    if (problem) context.addIssue(problem);
  }
  return entries;
});

function describeNetworkProblem(entry: string): string | null {
  if (NETWORK_NAMES.has(entry) || isAddress(entry)) return null;
  const [address = '', bits = ''] = entry.split('/');
  if (!isAddress(address) || !ipaddr.isValidCIDR(entry))
    return `holds '${entry}', which is no number of proxies, no address or network such as 10.0.0.0/8, and no name of one`;
  return Number(bits) === 0
    ? `holds '${entry}', which is everybody: anyone could say where they come from`
    : null;
}

/** In full: `10.1` is one to the library, and a slip to everybody else. */
function isAddress(text: string): boolean {
  return ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text);
}

/** What of the two settings, though well-formed, does not fit the other. */
export function checkProxySettings({ publicUrl, trustProxy }: ProxySettings): Problem[] {
  const isBehindProxy = publicUrl?.startsWith('https:') ?? false;
  const trustsNobody = trustProxy === 0 || (Array.isArray(trustProxy) && trustProxy.length === 0);
  const problems: Problem[] = [];
  if (isBehindProxy && trustsNobody)
    problems.push({
      code: 'proxy_not_trusted',
      where: 'TRUST_PROXY',
      message:
        'is not set, though the https of PUBLIC_URL ends at a proxy: every visitor has its address, so that wrong passwords of one lock out all.',
      fix: 'Set TRUST_PROXY to the number of proxies (1), or to their addresses.',
    });
  if (publicUrl === null && !trustsNobody)
    problems.push({
      code: 'public_url_missing',
      where: 'PUBLIC_URL',
      message: 'is not set, though TRUST_PROXY says that a proxy stands in front: cookies are not Secure.',
      fix: 'Set PUBLIC_URL to the address that browsers use.',
    });
  if (publicUrl !== null && !isBehindProxy && !isLocal(new URL(publicUrl)))
    problems.push({
      code: 'not_https',
      where: 'PUBLIC_URL',
      message: 'begins with http: passwords and sessions can be read by everybody on the way.',
      fix: 'Put a proxy with a certificate in front, and set PUBLIC_URL to its https address.',
    });
  return problems;
}

function isLocal({ hostname }: URL): boolean {
  return hostname === 'localhost' || ['127.0.0.1', '[::1]'].includes(hostname);
}
