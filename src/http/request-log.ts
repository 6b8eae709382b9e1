import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { pinoHttp } from 'pino-http';
import type { Logger } from './logger.ts';

/** Why a request was answered 4xx. Nothing here is a value of a row, or a secret. */
export interface NotedRefusal {
  /** Stable name, snake_case. */
  readonly code: string;
  /** What it was about, where that is known. */
  readonly table?: string;
  readonly action?: string;
  readonly recordId?: string;
}

declare global {
  namespace Express {
    interface Locals {
      refusal?: NotedRefusal;
      /** Why single rows were refused in a step with many, which was answered all the same. */
      refusedRows?: readonly NotedRefusal[];
    }
  }
}

/** Leaves word for the log of why a request is refused; what was noted before is kept. */
export function noteRefusal(response: Response, refusal: NotedRefusal): void {
  response.locals.refusal = { ...refusal, ...response.locals.refusal };
}

/**
 * Gives each request an id (`X-Request-Id`) and a logger, and logs its end without query or headers: at debug level, and
 * where it or single rows of it were refused, at info level with who asked, what for, and why not.
 */
export function createRequestLog(logger: Logger): RequestHandler {
  return pinoHttp<Request, Response>({
    logger,
    quietReqLogger: true,
    customLogLevel: (_request, response) => (findRefused(response) ? 'info' : 'debug'),
    customSuccessMessage: (_request, response) => findRefused(response)?.message ?? 'request completed',
    customSuccessObject: (request, response, facts) => {
      const refused = findRefused(response);
      return refused ? { ...facts, ...describeCaller(request), ...refused.facts } : facts;
    },
    genReqId: (_request, response) => {
      const id = randomUUID();
      response.setHeader('X-Request-Id', id);
      return id;
    },
    serializers: {
      req: ({ method, url }: { method: string; url: string }) => ({ method, path: url.split('?', 1)[0] }),
      res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
    },
  });
}

function findRefused({ statusCode, locals }: Response): { message: string; facts: object } | null {
  if (statusCode >= 400 && statusCode < 500)
    return { message: 'request refused', facts: { ...locals.refusal } };
  const { refusedRows = [] } = locals;
  return refusedRows.length > 0 ? { message: 'rows refused', facts: { refusedRows } } : null;
}

function describeCaller({ ip, session }: Request) {
  const account = session?.adminUser;
  return { address: ip, ...(account ? { accountId: account.id, role: account.role } : {}) };
}
