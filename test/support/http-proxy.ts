import { createServer, type IncomingMessage, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';

/** A reverse proxy as the guide describes it: it passes Host, path and WebSockets on, and says who asked. */
export interface HttpProxy {
  readonly origin: string;
  /** The paths that were asked of it, in order. */
  readonly paths: readonly string[];
  /** Takes a prefix off each path from now on, as some proxies do. */
  strip(prefix: string): void;
  stop(): Promise<void>;
}

/** Leads to a port of this machine, which is asked for at each request. */
export async function createHttpProxy(target: () => number): Promise<HttpProxy> {
  const paths: string[] = [];
  const sockets = new Set<Duplex>();
  let stripped = '';
  const forward = ({ url = '/', headers, socket }: IncomingMessage) => {
    paths.push(url);
    return {
      path: url.startsWith(stripped) ? url.slice(stripped.length) || '/' : url,
      headers: { ...headers, 'x-forwarded-for': socket.remoteAddress ?? '', 'x-forwarded-proto': 'http' },
    };
  };
  const server = createServer((incoming, answer) => {
    const { method } = incoming;
    const sent = request({ port: target(), host: '127.0.0.1', method, ...forward(incoming) }, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
    });
    sent.on('error', () => answer.destroy());
    incoming.pipe(sent);
  });
  server.on('upgrade', (incoming, socket, head) => {
    const { path, headers } = forward(incoming);
    const behind = connect(target(), '127.0.0.1');
    behind.write(`GET ${path} HTTP/1.1\r\n`);
    for (const [name, value] of Object.entries(headers)) behind.write(`${name}: ${value}\r\n`);
    behind.write('\r\n');
    behind.write(head);
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => behind.destroy());
    behind.on('error', () => undefined).on('close', () => socket.destroy());
    behind.pipe(socket).pipe(behind);
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    paths,
    strip: (prefix) => {
      stripped = prefix;
    },
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
