import type { IncomingMessage } from 'node:http';
import { parseCookie } from 'cookie';
import type { Response } from 'express';

/** The longest that browsers keep a cookie; it begins anew whenever the board is opened. */
const LIFE_MS = 400 * 24 * 60 * 60 * 1000;
const MAX_TOKEN_LENGTH = 100;

/** The cookie that holds the secret of a display's link. `secure`: browsers come over https. */
export interface DisplayCookie {
  /** Null: there is none. */
  read(request: IncomingMessage): string | null;
  set(response: Response, token: string): void;
}

export function createDisplayCookie(secure: boolean): DisplayCookie {
  // As the session's: browsers refuse one with this prefix that a sibling domain or plain http has set.
  const name = secure ? '__Host-gorak_display' : 'gorak_display';
  return {
    read: ({ headers }) => {
      const token = parseCookie(headers.cookie ?? '')[name];
      return token && token.length <= MAX_TOKEN_LENGTH ? token : null;
    },
    // The socket's address lies outside the board's, so the path is the whole site's.
    set: (response, token) => {
      response.cookie(name, token, { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: LIFE_MS });
    },
  };
}
