import { Agent, type IncomingMessage, request as openRequest } from 'node:http';
import { connect } from 'node:net';
import type { Visitor } from './visitors.ts';
import type { Way } from './way.ts';

/** A request as it goes over the wire; every text is bytes, a character each. */
export interface HttpRequest {
  readonly as: Visitor;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** How many bytes of the body are sent before the client goes away; absent: all. */
  readonly cutAt?: number;
}

/** What a connection says that speaks no HTTP, or ends in the middle; `$COOKIE` stands for the visitor's pass. */
export interface RawTalk {
  readonly as: Visitor;
  readonly bytes: string;
}

export interface Answer {
  /** 0: the connection ended without an answer. */
  readonly status: number;
  readonly type: string;
  readonly location: string;
  /** `name=value` of each cookie that is set. */
  readonly cookies: readonly string[];
  /** Body and headers, but for the session's own cookie. */
  readonly text: string;
}

/** Beyond this a request counts as hanging, and is given up. */
export const ANSWER_LIMIT_MS = 10_000;
const NO_ANSWER: Answer = { status: 0, type: '', location: '', cookies: [], text: '' };
const RAW_PAUSE_MS = 300;

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** Sends a request and reads the whole answer; rejects with `TimeoutError` where none comes. */
export function sendHttp(way: Way, request: HttpRequest, pass: string, mayReuse = true): Promise<Answer> {
  const { method, path, headers, body, cutAt } = request;
  const bytes = Buffer.from(body, 'latin1');
  const length = body === '' ? {} : { 'content-length': String(bytes.length) };
  const cookie = pass ? { cookie: pass } : {};
  return new Promise((resolve, reject) => {
    const open = openRequest(
      {
        port: way.port,
        host: '127.0.0.1',
        method,
        path: way.basePath + path,
        headers: { ...way.headers, ...length, ...headers, ...cookie },
        agent: mayReuse && cutAt === undefined ? agent : false,
        signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
      },
      (response) => {
        const chunks: Buffer[] = [];
        const end = () =>
          resolve({
            status: response.statusCode ?? 0,
            type: response.headers['content-type'] ?? '',
            location: response.headers.location ?? '',
            cookies: (response.headers['set-cookie'] ?? []).map((line) => line.split(';', 1)[0] ?? ''),
            text: `${Buffer.concat(chunks).toString('utf8')}\n${describeHeaders(response)}`,
          });
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('close', end);
      },
    );
    open.on('error', (error) => {
      if (isTimeout(error)) return reject(error);
      // The program had hung up between two requests: nobody has seen this one.
      resolve(open.reusedSocket ? sendHttp(way, request, pass, false) : NO_ANSWER);
    });
    open.on('upgrade', (_response, socket) => {
      socket.destroy();
      resolve({ ...NO_ANSWER, status: 101 });
    });
    if (cutAt === undefined) open.end(bytes);
    else open.write(bytes.subarray(0, cutAt), () => setTimeout(() => open.destroy(), 5));
  });
}

/** Says the bytes on a connection of their own, and gives what came back until it closed or fell silent. */
export function sendRaw(port: number, { bytes }: RawTalk, pass: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    socket.setTimeout(RAW_PAUSE_MS, () => socket.destroy());
    socket.on('data', (chunk) => {
      text += chunk.toString('utf8');
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(text));
    socket.write(Buffer.from(bytes.replaceAll('$COOKIE', pass), 'latin1'));
  });
}

function describeHeaders({ rawHeaders }: IncomingMessage): string {
  return rawHeaders.filter((text) => !text.includes('_session=')).join('\n');
}

function isTimeout(error: Error): boolean {
  return error.name === 'TimeoutError' || (error as { code?: string }).code === 'ABORT_ERR';
}
