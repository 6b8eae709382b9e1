import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { parseCookie } from 'cookie';
import type { Response } from 'express';
import { accountKey } from './attempt-counter.ts';
import { describeCookie, type SiteAddress } from './site-address.ts';

/** The longest that browsers keep a cookie; it begins anew with every sign-in. */
const LIFE_MS = 400 * 24 * 60 * 60 * 1000;
const DEVICE = /^[\w-]{22}$/;

/**
 * The cookie by which a browser is known again in which an account signed in before, one for each account. It opens
 * nothing: attempts that carry it are counted by themselves, so that nobody elsewhere can use them up. After the OWASP
 * community's "Slow Down Online Guessing Attacks with Device Cookies"; the value is a random name of the device and its
 * signature together with the account.
 */
export interface DeviceCookie {
  /** The device's name; null where no such cookie was given out for this account. */
  read(request: IncomingMessage, email: string): string | null;
  /** Gives the cookie out, with a name that it has already where there is one. */
  set(response: Response, email: string, device: string | null): void;
}

/** `secrets` sign it, newest first, and all of them are good. */
export function createDeviceCookie(secrets: readonly string[], site: SiteAddress): DeviceCookie {
  const describe = (email: string) =>
    describeCookie(site, `gorak_device_${accountKey(email).slice(0, 16)}`, '/admin/login');
  return {
    read: ({ headers }, email) => {
      const value = parseCookie(headers.cookie ?? '')[describe(email).name] ?? '';
      const [device = '', signature = ''] = value.split('.', 2);
      const isOurs = secrets.some((secret) => isEqual(signature, sign(secret, email, device)));
      return isOurs && DEVICE.test(device) ? device : null;
    },
    set: (response, email, known) => {
      const [newest = ''] = secrets;
      const device = known ?? randomBytes(16).toString('base64url');
      const { name, options } = describe(email);
      response.cookie(name, `${device}.${sign(newest, email, device)}`, { ...options, maxAge: LIFE_MS });
    },
  };
}

function sign(secret: string, email: string, device: string): string {
  return createHmac('sha256', secret)
    .update(`device ${accountKey(email)} ${device}`)
    .digest('base64url');
}

function isEqual(given: string, right: string): boolean {
  const [left, other] = [Buffer.from(given), Buffer.from(right)];
  return left.length === other.length && timingSafeEqual(left, other);
}
