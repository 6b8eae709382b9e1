import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { createFaultId } from '../errors.ts';
import { wantsJson } from './audience.ts';
import { html } from './html.ts';
import { decodeHttpError, type HttpError, NOT_FOUND } from './http-error.ts';
import type { Logger } from './logger.ts';
import { renderPage } from './page.ts';
import { noteRefusal } from './request-log.ts';
import { siteUrl } from './site-address.ts';

/** Answers with an error: `{ code, message, faultId? }` to a program, a page in the store's look to a person. */
export function sendError(request: Request, response: Response, error: HttpError, faultId?: string): void {
  response.status(error.status).set('Cache-Control', 'no-store');
  noteRefusal(response, { code: error.code });
  if (wantsJson(request)) {
    response.json({ code: error.code, message: error.message, faultId });
    return;
  }
  const body = html`<p>${error.message}</p>
${faultId ? html`<p>If it happens again, tell your administrator this number: <code>${faultId}</code></p>` : null}
<p><a class="button" href="${siteUrl(response, '/admin')}">Back to the store</a></p>`;
  response.send(renderPage({ basePath: response.locals.basePath, title: titleOf(error), body }));
}

function titleOf({ status }: HttpError): string {
  if (status === 403) return 'Not yours to open';
  if (status === 404) return 'Nothing here but vacuum';
  return status >= 500 ? 'Something went wrong' : 'That did not work';
}

/** Answers whatever nothing else answered with 404. */
export const answerNotFound: RequestHandler = (request, response) => sendError(request, response, NOT_FOUND);

/** Refuses addresses whose percent-encoding is broken with 400, before anything decodes them. */
export const refuseBrokenAddress: RequestHandler = (request, response, next) => {
  try {
    decodeURIComponent(request.path);
    next();
  } catch {
    sendError(request, response, {
      status: 400,
      code: 'bad_address',
      message: 'This address is not written correctly.',
    });
  }
};

/**
 * Answers whatever was thrown while a request was handled. Faults are logged whole with an id, which is all that the
 * browser is shown of them.
 */
export function createErrorHandler(logger: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    const httpError = decodeHttpError(error);
    const faultId = httpError.status >= 500 ? createFaultId() : undefined;
    const facts = { err: error, faultId, requestId: request.id, method: request.method, path: request.path };
    if (faultId) logger.error(facts, 'fault');
    else logger.debug(facts, 'request refused');
    if (!response.headersSent) sendError(request, response, httpError, faultId);
    else if (!response.writableEnded) request.socket.destroy();
  };
}
