import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { decodeFrames, encodeFrame } from './frames.ts';
import type { Visitor } from './visitors.ts';
import { headerLines, type Way } from './way.ts';

/** What a socket says once it is connected; every text is bytes, a character each. */
export interface SocketTalk {
  readonly as: Visitor;
  /** Engine.IO packets, a WebSocket frame each, such as `42/live,0["subscribe",{"topic":"*"}]`. */
  readonly packets: readonly string[];
  /** Bytes after them that need be no frame. */
  readonly tail: string;
}

const NAMESPACE = '/live';
const MARKER = `42${NAMESPACE},9999["subscribe",{"topic":"*"}]`;
const STEP_LIMIT_MS = 10_000;

/** Connects, says everything, and waits for the answer to a last harmless request, or for the server's closing. */
export async function talk(way: Way, { packets, tail }: SocketTalk, pass: string): Promise<string> {
  const socket = await openWire(way, pass);
  await socket.until((text) => text.includes(`44${NAMESPACE}`) || text.includes(`40${NAMESPACE}`));
  for (const packet of packets) socket.say(packet);
  if (tail === '') {
    socket.say(MARKER);
    await socket.until((text) => text.includes(`43${NAMESPACE},9999`) || text.includes(`44${NAMESPACE}`));
  }
  socket.end(tail);
  return socket.heard();
}

/** A socket that stays, and hears all that its visitor may. */
export interface Listening {
  /** What it heard since it was last asked. */
  take(): string;
  readonly isClosed: boolean;
  end(): void;
}

export async function listen(way: Way, pass: string): Promise<Listening> {
  const socket = await openWire(way, pass);
  await socket.until((text) => text.includes(`44${NAMESPACE}`) || text.includes(`40${NAMESPACE}`));
  socket.say(MARKER);
  let takenAt = 0;
  return {
    take: () => {
      const text = socket.heard().slice(takenAt);
      takenAt += text.length;
      return text;
    },
    get isClosed() {
      return socket.isClosed;
    },
    end: () => socket.end(''),
  };
}

interface Wire {
  say(packet: string): void;
  heard(): string;
  readonly isClosed: boolean;
  /** Waits until what was heard meets a condition or the server has closed; throws after ten seconds. */
  until(isMet: (text: string) => boolean): Promise<void>;
  end(tail: string): void;
}

async function openWire(way: Way, pass: string): Promise<Wire> {
  const socket = connect(way.port, '127.0.0.1');
  const wire = createWire(socket);
  socket.write(
    `GET ${way.basePath}/socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nConnection: Upgrade\r\n` +
      headerLines({ ...way, headers: { host: `127.0.0.1:${way.port}`, ...way.headers } }) +
      `Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n` +
      `${pass ? `Cookie: ${pass}\r\n` : ''}\r\n`,
  );
  await wire.until((text) => text.includes('0{"sid"'));
  wire.say(`40${NAMESPACE},`);
  return wire;
}

function createWire(socket: Socket): Wire {
  let unread: Buffer = Buffer.alloc(0);
  let isOpen = false;
  let heard = '';
  let wake = () => {};
  const hear = (payload: Buffer) => {
    // Engine.IO's ping is answered, or the server hangs up.
    if (payload.toString() === '2') socket.write(encodeFrame(Buffer.from('3')));
    heard += `${payload.toString('utf8')}\n`;
  };
  const wire = {
    isClosed: false,
    say: (packet: string) => void socket.write(encodeFrame(Buffer.from(packet, 'latin1'))),
    heard: () => heard,
    until: async (isMet: (text: string) => boolean) => {
      const deadline = Date.now() + STEP_LIMIT_MS;
      while (!wire.isClosed && !isMet(heard)) {
        if (Date.now() > deadline)
          throw new Error(`a socket was not answered; it heard ${heard.slice(-500)}`);
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, 1_000);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
    },
    end: (tail: string) => void socket.end(Buffer.from(tail, 'latin1')),
  };
  socket.on('data', (chunk) => {
    unread = Buffer.concat([unread, chunk]);
    if (!isOpen) {
      const end = unread.indexOf('\r\n\r\n');
      if (end < 0) return;
      heard += unread.subarray(0, end).toString('latin1');
      unread = unread.subarray(end + 4);
      isOpen = true;
    }
    const { payloads, rest } = decodeFrames(unread);
    unread = rest;
    payloads.forEach(hear);
    wake();
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    wire.isClosed = true;
    wake();
  });
  return wire;
}
