import { hostname } from 'node:os';
import type { Request } from 'express';
import ipaddr from 'ipaddr.js';
import type { HttpError } from './http-error.ts';
import type { SiteAddress } from './site-address.ts';

/** Ends of names that nobody can register, so that no stranger's page can have one (RFC 6761, 6762, 8375, ICANN). */
const PRIVATE_ENDS = ['.localhost', '.local', '.internal', '.home.arpa', '.test'];

const WRONG_HOST: HttpError = {
  status: 421,
  code: 'wrong_host',
  message:
    'This panel does not answer under this name. Please open it by its own address; whoever runs it sets that as PUBLIC_URL.',
};

/**
 * Refuses requests for a name that is not the site's, with which a stranger's page could reach it from inside (DNS
 * rebinding). With PUBLIC_URL only that host is, and this machine's own names to those who ask from it. Without, it is
 * every name that no stranger can point here: addresses, names without a dot, private ones, the machine's own.
 */
export function createHostCheck({ origin }: SiteAddress): (request: Request) => HttpError | null {
  const publicName = origin && decodeName(new URL(origin).host);
  return (request) => {
    const name = decodeName(request.host);
    const isAllowed =
      name !== null &&
      (publicName
        ? name === publicName || (isLoopbackName(name) && isFromLoopback(request))
        : isUnforgeable(name));
    return isAllowed ? null : WRONG_HOST;
  };
}

/** The name in a Host header as a browser reads it, without the port, which proxies drop; null: there is none. */
function decodeName(host: string | undefined): string | null {
  const isPlain = host !== undefined && /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d+)?$/i.test(host);
  if (!isPlain || !URL.canParse(`http://${host}`)) return null;
  return new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

function isUnforgeable(name: string): boolean {
  return (
    ipaddr.isValid(name) ||
    !name.includes('.') ||
    PRIVATE_ENDS.some((end) => name.endsWith(end)) ||
    name === hostname().toLowerCase()
  );
}

function isLoopbackName(name: string): boolean {
  return name === 'localhost' || isLoopbackAddress(name);
}

function isFromLoopback({ socket }: Request): boolean {
  return isLoopbackAddress(socket.remoteAddress ?? '');
}

function isLoopbackAddress(text: string): boolean {
  return ipaddr.isValid(text) && ipaddr.process(text).range() === 'loopback';
}
