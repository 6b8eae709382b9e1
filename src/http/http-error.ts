import { isOvertime } from '../database/bounded-reads.ts';
import { isBusy } from '../database/busy.ts';
import { RefusedRequestError } from '../errors.ts';

/** What a browser is told of an error: never SQL, a path or a stack. */
export interface HttpError {
  readonly status: number;
  /** Stable name, snake_case. */
  readonly code: string;
  readonly message: string;
}

export const NOT_FOUND: HttpError = {
  status: 404,
  code: 'not_found',
  message: 'There is nothing at this address, or it is not yours to see.',
};

export const BAD_REQUEST: HttpError = {
  status: 400,
  code: 'bad_request',
  message: 'This request could not be read. Please reload the page and try again.',
};

export const TOO_LARGE: HttpError = {
  status: 413,
  code: 'too_large',
  message: 'This is too large to be taken in. Shorten the longest texts, or do it in several parts.',
};

export const ADDRESS_TOO_LONG: HttpError = {
  status: 414,
  code: 'address_too_long',
  message: 'This address is too long. Choose fewer filters or rows.',
};

export const UNSUPPORTED_FORM: HttpError = {
  status: 415,
  code: 'unsupported_form',
  message:
    'This kind of form is not understood, and files cannot be sent. Please use the forms of the panel.',
};

const BUSY: HttpError = {
  status: 409,
  code: 'busy',
  message: 'Somebody else is changing this right now. Please try again.',
};

const TOO_SLOW: HttpError = {
  status: 503,
  code: 'too_slow',
  message: 'The database takes too long for this. Ask for less of it, or try again when it is less busy.',
};

const DATABASE_UNREACHABLE: HttpError = {
  status: 503,
  code: 'database_unreachable',
  message: 'The database cannot be reached just now. Please try again in a moment.',
};

const FAULT: HttpError = {
  status: 500,
  code: 'fault',
  message: 'Something on our side failed, and it has been noted.',
};

const CONNECTION_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'PROTOCOL_CONNECTION_LOST',
  'ER_CON_COUNT_ERROR',
  'ER_SERVER_SHUTDOWN',
  'ER_CONNECTION_KILLED',
]);

/** Ends the handling of a request with a known answer. */
export class HttpRefusal extends Error {
  override readonly name = 'HttpRefusal';
  constructor(
    readonly answer: HttpError,
    options?: ErrorOptions,
  ) {
    super(answer.message, options);
  }
}

/** Decides what a browser is told of something thrown while its request was handled. */
export function decodeHttpError(error: unknown): HttpError {
  if (error instanceof HttpRefusal) return error.answer;
  if (error instanceof RefusedRequestError) {
    const { refusal, status } = error;
    return { status, code: refusal.code, message: refusal.message };
  }
  if (!(error instanceof Error)) return FAULT;
  const { status, code, fatal } = error as Error & { status?: unknown; code?: unknown; fatal?: unknown };
  if (status === 404) return NOT_FOUND;
  if (status === 413) return TOO_LARGE;
  if (status === 415) return UNSUPPORTED_FORM;
  if (typeof status === 'number' && status >= 400 && status < 500) return { ...BAD_REQUEST, status };
  if (isBusy(error)) return BUSY;
  if (isOvertime(error)) return TOO_SLOW;
  if (fatal === true || (typeof code === 'string' && CONNECTION_CODES.has(code))) return DATABASE_UNREACHABLE;
  return FAULT;
}
