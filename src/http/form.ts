import { Busboy, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy';
import express, { type Request, type RequestHandler } from 'express';
import { BAD_REQUEST, type HttpError, HttpRefusal, TOO_LARGE, UNSUPPORTED_FORM } from './http-error.ts';

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

const MAX_FIELDS = 2000;

/** A body that broke off before anybody read it tells nobody any more. */
const refuseBroken: RequestHandler = (request, _response, next) => {
  if (request.readableAborted) throw new HttpRefusal(BAD_REQUEST);
  next();
};

const toFields: RequestHandler = (request, _response, next) => {
  const body: unknown = request.body ?? {};
  const unread = request.body === undefined && request.is('*/*') !== null;
  if (unread && request.get('Content-Length') !== '0') throw new HttpRefusal(UNSUPPORTED_FORM);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new HttpRefusal(BAD_REQUEST);
  refusePrototypeKeys([...Object.keys(body), ...Object.keys(request.query)]);
  request.fields = { ...body };
  request.files = {};
  request.express_formidable = { parsed: true };
  next();
};

/**
 * Creates the middleware that reads a form of up to `maxBytes` into `request.fields`, where the panel looks for it, instead of AdminJS's formidable:
 * that one drops fields beyond its limit without a word, goes on after a broken JSON body and leaves files on the disk.
 * Broken, oversized, unknown and file-bearing forms end in {@link HttpRefusal} or an error with a 4xx status.
 */
export function createFormReader(maxBytes: number): RequestHandler[] {
  const readMultipart: RequestHandler = async (request, _response, next) => {
    if (request.is('multipart/form-data')) request.body = await decodeMultipart(request, maxBytes);
    next();
  };
  return [
    refuseBroken,
    express.json({ limit: maxBytes, reviver: refusePrototypeKey }),
    express.urlencoded({ extended: false, limit: maxBytes, parameterLimit: MAX_FIELDS }),
    readMultipart,
    toFields,
  ];
}

function decodeMultipart(request: Request, maxBytes: number): Promise<Record<string, string>> {
  const parser = createParser(request, maxBytes);
  const fields = new Map<string, string>();
  let bytes = 0;
  return new Promise((resolve, reject) => {
    const refuse = (answer: HttpError) => {
      request.unpipe(parser).resume();
      reject(new HttpRefusal(answer));
    };
    parser
      .on('field', (name, value, nameTruncated, truncated) => {
        if (nameTruncated || truncated) refuse(TOO_LARGE);
        else fields.set(name, value);
      })
      .on('fieldsLimit', () => refuse(TOO_LARGE))
      .on('filesLimit', () => refuse(UNSUPPORTED_FORM))
      .on('error', () => refuse(BAD_REQUEST))
      .on('finish', () => resolve(Object.fromEntries(fields)));
    request
      .on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > maxBytes) refuse(TOO_LARGE);
      })
      .on('aborted', () => refuse(BAD_REQUEST));
    request.pipe(parser);
  });
}

function createParser(request: Request, maxBytes: number): BusboyInstance {
  try {
    const limits = { fields: MAX_FIELDS, fieldSize: maxBytes, files: 0 };
    return new Busboy({ headers: request.headers as BusboyHeaders, limits });
  } catch {
    throw new HttpRefusal(BAD_REQUEST);
  }
}

function refusePrototypeKey(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new SyntaxError('__proto__ is no key');
  return value;
}

/** AdminJS unfolds `a.b` into objects; such a path must not lead into a prototype. */
function refusePrototypeKeys(keys: readonly string[]): void {
  if (keys.some((key) => /(^|\.)(__proto__|constructor\.prototype)(\.|$)/.test(key))) {
    throw new HttpRefusal(BAD_REQUEST);
  }
}
