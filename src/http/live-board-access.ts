import type { Request, Response } from 'express';
import type { Pool } from '../database/pool.ts';
import type { Role } from '../resources/define.ts';
import { addressKey, createAttemptCounter } from './attempt-counter.ts';
import { wantsJson } from './audience.ts';
import type { DisplayCookie } from './display-cookie.ts';
import type { DisplayLogins } from './display-logins.ts';
import { findDisplayByToken } from './displays.ts';
import { sendError } from './error-response.ts';
import { type BoardRefusal, renderBoardRefusal } from './live-board-page.ts';
import { noteRefusal } from './request-log.ts';
import type { SessionLogins } from './session-logins.ts';
import { siteUrl } from './site-address.ts';

/** Links that nobody made, opened from one network address within the window. */
export const MAX_UNKNOWN_LINKS = 30;

export interface BoardAccessParts {
  readonly pool: Pool;
  readonly schema: string;
  readonly logins: SessionLogins;
  readonly displayLogins: DisplayLogins;
  readonly cookie: DisplayCookie;
  /** Who sees the board with a session of their own. */
  readonly roles: readonly Role[];
  /** Of the board's files. */
  readonly version: string;
}

/** Who may see the wallboard. */
export interface BoardAccess {
  /** Makes this browser the display that a link's secret belongs to, and goes on to the board. */
  openLink(request: Request, response: Response, token: string): Promise<void>;
  /** Who looks; where nobody may, that is answered in words, and null given. */
  admit(request: Request, response: Response): Promise<{ readonly role: string } | null>;
}

export function createBoardAccess(parts: BoardAccessParts): BoardAccess {
  const { pool, cookie, logins, displayLogins } = parts;
  const counter = { name: 'display', maxFailures: MAX_UNKNOWN_LINKS };
  const unknownLinks = createAttemptCounter(pool, parts.schema, counter);
  const roles: readonly string[] = parts.roles;
  const refuse = (request: Request, response: Response, refusal: BoardRefusal) =>
    sendRefusal(request, response, refusal, parts.version);
  return {
    openLink: async (request, response, token) => {
      const address = addressKey(request.ip ?? null);
      const retryAfterS = await unknownLinks.count(address);
      if (retryAfterS !== null) response.set('Retry-After', String(retryAfterS));
      if (retryAfterS !== null) return refuse(request, response, 'too_many_attempts');
      const display = await findDisplayByToken(pool, token);
      if (!display) return refuse(request, response, 'unknown_link');
      await unknownLinks.takeBack(address);
      if (display.isRevoked) return refuse(request, response, 'revoked');
      cookie.set(response, token);
      response.redirect(303, siteUrl(response, '/live-board'));
    },
    admit: async (request, response) => {
      const session = await logins.authenticate(request);
      if (session && roles.includes(session.viewer.role)) return session.viewer;
      const display = await displayLogins.authenticate(request);
      if (display) return display.viewer;
      const token = cookie.read(request);
      const isKnown = token !== null && (await findDisplayByToken(pool, token)) !== null;
      refuse(request, response, isKnown ? 'revoked' : session ? 'wrong_role' : 'no_link');
      return null;
    },
  };
}

function sendRefusal(request: Request, response: Response, refusal: BoardRefusal, version: string): void {
  const look = { version, basePath: response.locals.basePath };
  const { status, title, page } = renderBoardRefusal(look, refusal);
  noteRefusal(response, { code: refusal });
  if (wantsJson(request)) sendError(request, response, { status, code: refusal, message: `${title}.` });
  else response.status(status).send(page);
}
