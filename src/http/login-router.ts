import { promisify } from 'node:util';
import { parseCookie } from 'cookie';
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import type { Pool } from '../database/pool.ts';
import { REQUEST_LIMITS } from '../request-bounds.ts';
import type { Account } from './accounts.ts';
import { wantsJson } from './audience.ts';
import type { DeviceCookie } from './device-cookie.ts';
import { sendError } from './error-response.ts';
import { createFormReader } from './form.ts';
import { type LoginResult, signIn } from './login.ts';
import { renderLoginPage, renderLogoutPage } from './login-page.ts';
import type { LoginThrottle } from './login-throttle.ts';
import { decodeRedirectTarget } from './redirect-target.ts';
import { noteRefusal } from './request-log.ts';
import { findSignedInAccount } from './require-account.ts';
import { SIGNED_OUT } from './session.ts';
import { siteUrl } from './site-address.ts';

export interface LoginParts {
  readonly pool: Pool;
  readonly throttle: LoginThrottle;
  readonly devices: DeviceCookie;
  /** Of the session. */
  readonly cookieName: string;
}

/** `/login` (form fields `email`, `password`, `redirectTo`) and `/logout`, to be mounted below `/admin`. */
export function createLoginRouter(parts: LoginParts): Router {
  const { pool, cookieName } = parts;
  const router = express.Router();
  router
    .route('/login')
    .get(showLogin(pool, cookieName))
    .post(...createFormReader(REQUEST_LIMITS.loginFormBytes), postLogin(parts))
    .all(refuseMethod);
  router.route('/logout').get(showLogout(pool)).post(postLogout(cookieName)).all(refuseMethod);
  return router;
}

function showLogin(pool: Pool, cookieName: string): RequestHandler {
  return async (request, response) => {
    const { basePath } = response.locals;
    const redirectTo = decodeRedirectTarget(request.query.redirectTo, basePath);
    if (await findSignedInAccount(pool, request)) return response.redirect(302, redirectTo);
    // Signing out takes the cookie along, so whoever still sends one was signed out by us.
    const hasEnded = parseCookie(request.headers.cookie ?? '')[cookieName] !== undefined;
    response.send(renderLoginPage({ email: '', redirectTo, notice: hasEnded ? SIGNED_OUT : null, basePath }));
  };
}

function postLogin({ pool, throttle, devices }: LoginParts): RequestHandler {
  return async (request, response) => {
    const email = readText(request, 'email');
    const redirectTo = decodeRedirectTarget(request.fields?.redirectTo, response.locals.basePath);
    const device = devices.read(request, email);
    const password = readText(request, 'password');
    const result = await signIn(pool, throttle, { email, password, address: request.ip ?? null, device });
    if (!result.ok) {
      return answerRefused(request, response, result, { email, redirectTo });
    }
    await startSession(request, result.account);
    devices.set(response, email, device);
    request.log.info({ address: request.ip, accountId: result.account.id }, 'signed in');
    response.redirect(303, redirectTo);
  };
}

/** A new session id for the new rights: whoever planted or saw the old one gains nothing. */
async function startSession(request: Request, { id, credentialsVersion }: Account): Promise<void> {
  await promisify(request.session.regenerate.bind(request.session))();
  Object.assign(request.session, { accountId: id, credentialsVersion, signedInAtMs: Date.now() });
  // Saved before the answer, which a browser may act on before it has come to its end.
  await promisify(request.session.save.bind(request.session))();
}

function answerRefused(
  request: Request,
  response: Response,
  refusal: Exclude<LoginResult, { ok: true }>,
  form: { email: string; redirectTo: string },
): void {
  const status = refusal.retryAfterS === null ? 401 : 429;
  noteRefusal(response, { code: refusal.code });
  if (refusal.retryAfterS !== null) response.set('Retry-After', String(refusal.retryAfterS));
  if (wantsJson(request)) sendError(request, response, { ...refusal, status });
  else {
    const { basePath } = response.locals;
    response.status(status).send(renderLoginPage({ ...form, notice: refusal.message, basePath }));
  }
}

function showLogout(pool: Pool): RequestHandler {
  return async (request, response) => {
    if (await findSignedInAccount(pool, request)) response.send(renderLogoutPage(response.locals.basePath));
    else response.redirect(302, siteUrl(response, '/admin/login'));
  };
}

function postLogout(cookieName: string): RequestHandler {
  return async (request, response) => {
    const { path, httpOnly, sameSite, secure } = request.session.cookie;
    await promisify(request.session.destroy.bind(request.session))();
    response.clearCookie(cookieName, { path, httpOnly, sameSite, secure: secure === true });
    response.redirect(303, siteUrl(response, '/admin/login'));
  };
}

const refuseMethod: RequestHandler = (request, response) => {
  response.set('Allow', 'GET, HEAD, POST');
  sendError(request, response, {
    status: 405,
    code: 'method_not_allowed',
    message: 'This address is not used in this way.',
  });
};

function readText(request: Request, field: string): string {
  const value = request.fields?.[field];
  return typeof value === 'string' ? value : '';
}
