import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { Transform } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';

/** Where a proxy leads: a port of this machine, or a unix socket. */
export type ProxyTarget = number | string;

/** A way to a server, with everything that networks do to connections. */
export interface TcpProxy {
  readonly port: number;
  /** How many bytes came from clients so far. */
  readonly bytesFromClients: number;
  /** Breaks every connection that is open. */
  breakAll(): void;
  /** Lets every connection stand still with nobody told, until {@link release}. */
  hold(): void;
  /** The same for the connections that are open now, for good: later ones work. */
  stall(): void;
  /** Lets everything through that was held, in order. */
  release(): void;
  /** How long each piece of data takes from now on. */
  setDelay(delayMs: number): void;
  /** Breaks every connection and takes no new one until {@link restore}. */
  cut(): Promise<void>;
  /** Takes connections again, at the same port. */
  restore(): Promise<void>;
  stop(): Promise<void>;
}

/** What lies on a connection's way; one that is replaced holds those for good that it held. */
interface Gate {
  opened: Promise<void> | null;
  open: () => void;
}

/** Opens a way to what `target` says at each new connection. */
export async function createTcpProxy(target: () => ProxyTarget): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let gate: Gate = { opened: null, open: () => undefined };
  let delayMs = 0;
  let bytesFromClients = 0;
  const hold = () => {
    if (gate.opened) return;
    const held = gate;
    held.opened = new Promise((resolve) => {
      held.open = () => {
        held.opened = null;
        resolve();
      };
    });
  };
  const server = createServer((near) => {
    const far = openTarget(target());
    const ownGate = gate;
    const pass = () =>
      new Transform({
        transform: (chunk, _encoding, done) => {
          if (!ownGate.opened && delayMs === 0) return done(null, chunk);
          const delayed = delayMs === 0 ? Promise.resolve() : delay(delayMs);
          void delayed.then(() => ownGate.opened).then(() => done(null, chunk));
        },
      });
    near.on('data', ({ length }: Buffer) => {
      bytesFromClients += length;
    });
    near.pipe(pass()).pipe(far).pipe(pass()).pipe(near);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        if (!ownGate.opened) other.destroy();
      });
    }
  });
  const breakAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  await listen(server, 0);
  const { port } = server.address() as AddressInfo;
  const cut = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    breakAll();
    await closed;
  };
  return {
    port,
    get bytesFromClients() {
      return bytesFromClients;
    },
    breakAll,
    hold,
    stall: () => {
      hold();
      gate = { opened: null, open: () => undefined };
    },
    release: () => gate.open(),
    setDelay: (ms) => {
      delayMs = ms;
    },
    cut,
    restore: () => listen(server, port),
    stop: cut,
  };
}

/** The address of a database by way of a proxy. */
export function proxiedUrl(databaseUrl: string, { port }: Pick<TcpProxy, 'port'>): string {
  const url = new URL(databaseUrl);
  url.searchParams.delete('socketPath');
  url.host = `127.0.0.1:${port}`;
  return url.href;
}

/** Where a database's address leads. */
export function databaseTarget(databaseUrl: string): ProxyTarget {
  const url = new URL(databaseUrl);
  return url.searchParams.get('socketPath') ?? Number(url.port);
}

function openTarget(target: ProxyTarget): Socket {
  return typeof target === 'string' ? connect(target) : connect(target, '127.0.0.1');
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () => resolve());
  });
}
