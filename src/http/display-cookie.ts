import type { IncomingMessage } from 'node:http';
import { parseCookie } from 'cookie';
import type { Response } from 'express';
import { describeCookie, type SiteAddress } from './site-address.ts';

/** The longest that browsers keep a cookie; it begins anew whenever the board is opened. */
const LIFE_MS = 400 * 24 * 60 * 60 * 1000;
const MAX_TOKEN_LENGTH = 100;

/** The cookie that holds the secret of a display's link. */
export interface DisplayCookie {
  /** Null: there is none. */
  read(request: IncomingMessage): string | null;
  set(response: Response, token: string): void;
}

export function createDisplayCookie(site: SiteAddress): DisplayCookie {
  // The socket's address lies outside the board's, so the path is the whole site's.
  const { name, options } = describeCookie(site, 'gorak_display');
  return {
    read: ({ headers }) => {
      const token = parseCookie(headers.cookie ?? '')[name];
      return token && token.length <= MAX_TOKEN_LENGTH ? token : null;
    },
    set: (response, token) => {
      response.cookie(name, token, { ...options, maxAge: LIFE_MS });
    },
  };
}
