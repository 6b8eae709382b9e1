import express, { type RequestHandler } from 'express';
import { checkNames, checkNumber, REQUEST_LIMITS } from '../request-bounds.ts';
import { decodeFields, type Fields, type FormOptions, throwRefused } from './form-fields.ts';
import { ADDRESS_TOO_LONG, BAD_REQUEST, HttpRefusal } from './http-error.ts';

declare global {
  namespace Express {
    interface Request {
      /** The form of the request, where express-formidable would put it. */
      fields?: Record<string, unknown>;
      files?: Record<string, never>;
      /** Tells express-formidable inside the panel that the body has been read. */
      express_formidable?: { parsed: true };
    }
  }
}

/** Refuses addresses of more length, parts or names than {@link REQUEST_LIMITS} lets through, before anything reads them. */
export const boundAddress: RequestHandler = (request, _response, next) => {
  const { addressBytes, pathParts, queryNames } = REQUEST_LIMITS;
  const { url } = request;
  if (url.length > addressBytes || request.path.split('/').length > pathParts + 1)
    throw new HttpRefusal(ADDRESS_TOO_LONG);
  const query = url.slice(request.path.length + 1);
  throwRefused(checkNumber(query.split('&').length, queryNames));
  throwRefused(checkNames(Object.keys(request.query)));
  next();
};

/** A body that broke off before anybody read it tells nobody any more. */
const refuseBroken: RequestHandler = (request, _response, next) => {
  if (request.readableAborted) throw new HttpRefusal(BAD_REQUEST);
  next();
};

function setFields(options: FormOptions): RequestHandler {
  return async (request, _response, next) => {
    const body: unknown = request.body;
    const fields: Fields =
      Buffer.isBuffer(body) && body.length > 0
        ? await decodeFields(body, request.get('Content-Type') ?? '', options)
        : {};
    request.body = fields;
    request.fields = fields;
    request.files = {};
    request.express_formidable = { parsed: true };
    next();
  };
}

/**
 * Creates the middleware that reads a form of up to `maxBytes` into `request.fields`, where the panel looks for it, instead of AdminJS's formidable:
 * that one drops fields beyond its limit without a word, goes on after a broken JSON body and leaves files on the disk.
 * The bytes are read and bounded alike for every content type, and only then taken apart. Broken, oversized and unknown
 * forms, and those with files where none are taken, end in {@link HttpRefusal} or an error with a 4xx status.
 */
export function createFormReader(
  maxBytes: number,
  options: FormOptions = { takesFiles: false },
): RequestHandler[] {
  return [refuseBroken, express.raw({ type: () => true, limit: maxBytes }), setFields(options)];
}
