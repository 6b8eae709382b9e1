import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import express, { type Router } from 'express';
import type { Pool } from '../../src/database/pool.ts';
import { createHttpApp, type HttpApp, type HttpAppParts } from '../../src/http/http-app.ts';
import { createLogger } from '../../src/http/logger.ts';

export interface TestHttpServer {
  readonly origin: string;
  readonly dataDir: string;
  readonly server: Server;
  readonly http: HttpApp;
  /** Everything that was logged, a JSON line each. */
  readonly log: () => string;
  /** A request that follows no redirect; `cookie` is what {@link signIn} gave. */
  request(path: string, init?: RequestInit & { cookie?: string }): Promise<Response>;
  stop(): Promise<void>;
}

export interface TestHttpOptions {
  readonly pool: Pool;
  readonly settings?: Partial<HttpAppParts['settings']>;
  readonly router?: Router;
  readonly routers?: readonly Router[];
  readonly liveBoard?: HttpAppParts['liveBoard'];
}

/** Runs the web application on a free port, with a data folder of its own unless `settings` name one. */
export async function startHttpServer({
  pool,
  settings = {},
  router = express.Router(),
  routers = [],
  liveBoard = null,
}: TestHttpOptions): Promise<TestHttpServer> {
  const ownDir = await mkdtemp(join(tmpdir(), 'store-http-'));
  const lines: string[] = [];
  const destination = new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(String(chunk));
      done();
    },
  });
  const dataDir = settings.dataDir ?? ownDir;
  const http = await createHttpApp({
    settings: { publicUrl: null, trustProxy: [], sessionSecrets: [], ...settings, dataDir },
    pool,
    logger: createLogger('debug', destination),
    panel: { router },
    routers,
    liveBoard,
  });
  const server = createServer(http.app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    dataDir,
    server,
    http,
    log: () => lines.join(''),
    request: (path, { cookie, ...init } = {}) => {
      const headers = new Headers(init.headers);
      if (cookie) headers.set('Cookie', cookie);
      return fetch(origin + path, { redirect: 'manual', ...init, headers });
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await http.stop();
      await rm(ownDir, { recursive: true, force: true });
    },
  };
}

/** Posts the sign-in form. */
export function postLogin(
  server: TestHttpServer,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Response> {
  return server.request('/admin/login', { method: 'POST', body: new URLSearchParams(fields), headers });
}

/** `name=value` of the session cookie that an answer sets, or null. */
export function sessionCookie(response: Response): string | null {
  const cookie = response.headers.getSetCookie().find((line) => line.includes('gorak_session='));
  return cookie?.split(';', 1)[0] ?? null;
}

/** Signs in and gives the cookie to send along; throws where that is refused. */
export async function signIn(server: TestHttpServer, email: string, password: string): Promise<string> {
  const response = await postLogin(server, { email, password });
  const cookie = sessionCookie(response);
  if (response.status !== 303 || cookie === null) throw new Error(`signing in answered ${response.status}`);
  return cookie;
}
