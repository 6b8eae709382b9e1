import { createServer, type Server as HttpServer, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** A network that takes nothing would otherwise keep a closed socket for half a minute. */
const CLOSING_LIMIT_MS = 500;

/** Where a library that ends its server can be let in on one that is not its to end. */
export interface UpgradeGate {
  /** Never listens; is given the real server's upgrade requests. */
  readonly server: HttpServer;
  /** Takes no more requests; returns when the connections are closed. */
  close(): Promise<void>;
}

export interface UpgradeGateParts {
  /** Whose upgrade requests are answered. */
  readonly server: Pick<HttpServer, 'on' | 'off'>;
  /** What each of them goes through first. */
  readonly door: { enter(request: IncomingMessage): void };
}

/** Opens a gate on a server. */
export function openUpgradeGate({ server, door }: UpgradeGateParts): UpgradeGate {
  const gate = createServer();
  const connections = new Set<Duplex>();
  const pass = (request: IncomingMessage, connection: Duplex, head: Buffer) => {
    connections.add(connection);
    connection.once('close', () => connections.delete(connection));
    door.enter(request);
    gate.emit('upgrade', request, connection, head);
  };
  server.on('upgrade', pass);
  return {
    server: gate,
    close: async () => {
      server.off('upgrade', pass);
      const closed = [...connections].map(
        (connection) => new Promise((resolve) => connection.once('close', resolve)),
      );
      const timer = setTimeout(() => {
        for (const connection of connections) connection.destroy();
      }, CLOSING_LIMIT_MS);
      await Promise.all(closed);
      clearTimeout(timer);
    },
  };
}
