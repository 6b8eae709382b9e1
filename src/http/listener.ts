import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Problem, ProblemsError } from '../errors.ts';

const OPEN_REQUESTS_LIMIT_MS = 5_000;
/** After the wait between two requests, for the head of the next. */
const HEADERS_LIMIT_MS = 15_000;

/** A port that is ours. Until {@link Listener.serve} it answers 503. */
export interface Listener {
  /** The real one, where the settings said 0. */
  readonly port: number;
  /** For those who answer requests to become a socket; they close their sockets before {@link Listener.stop}. */
  readonly server: Server;
  serve(app: RequestListener): void;
  /** Takes no more requests and lets those under way end, within five seconds. */
  stop(): Promise<void>;
}

export interface ListenerOptions {
  readonly host: string;
  readonly port: number;
  /** How long a connection without requests stays open. */
  readonly keepAliveMs: number;
}

/** Takes a port before the slow parts of the start; throws {@link ProblemsError} where that cannot be. */
export async function openListener({ host, port, keepAliveMs }: ListenerOptions): Promise<Listener> {
  let serve: RequestListener = (_request, response) => {
    response
      .writeHead(503, { 'retry-after': '2', 'content-type': 'text/plain' })
      .end('The panel is starting.\n');
  };
  const server = createServer((request, response) => serve(request, response));
  outliveProxy(server, keepAliveMs);
  server.listen(port, host);
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    throw new ProblemsError([describeListenError(error, host, port)]);
  });
  return {
    port: (server.address() as AddressInfo).port,
    server,
    serve: (app) => {
      serve = app;
    },
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      const limit = setTimeout(() => server.closeAllConnections(), OPEN_REQUESTS_LIMIT_MS);
      await closed;
      clearTimeout(limit);
    },
  };
}

/**
 * A proxy that sends a request just as we close its connection tells the browser 502; so ours stays open longer than the
 * proxy's. Node's other two limits must not cut it first.
 */
function outliveProxy(server: Server, keepAliveMs: number): void {
  server.keepAliveTimeout = keepAliveMs;
  server.headersTimeout = keepAliveMs + HEADERS_LIMIT_MS;
  server.requestTimeout = Math.max(server.requestTimeout, server.headersTimeout);
}

function describeListenError(error: NodeJS.ErrnoException, host: string, port: number): Problem {
  switch (error.code) {
    case 'EADDRINUSE':
      return {
        code: 'port_in_use',
        where: 'PORT',
        message: `port ${port} is in use by another program.`,
        fix: 'Stop that program, or set PORT to a free one, such as PORT=3001.',
      };
    case 'EACCES':
      return {
        code: 'port_forbidden',
        where: 'PORT',
        message: `this user may not listen on port ${port}.`,
        fix: 'Set PORT to 1024 or more, such as PORT=3000.',
      };
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return {
        code: 'host_unknown',
        where: 'HOST',
        message: `${host} is no address of this machine.`,
        fix: 'Set HOST to 0.0.0.0 for every address, or 127.0.0.1 for this machine alone.',
      };
    default:
      throw error;
  }
}
