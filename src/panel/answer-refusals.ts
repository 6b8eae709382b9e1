import type { RequestHandler } from 'express';
import type { Refusal } from '../errors.ts';
import { decodePanelPath } from './api-path.ts';

const FORBIDDEN = 403;
const MISSING = 404;
const CONFLICT = 409;
const INVALID = 422;

/** By the refusal's code; whatever is not named is a value or a wish that breaks a rule. */
const STATUS_BY_CODE: Readonly<Record<string, number>> = {
  forbidden: FORBIDDEN,
  no_grant: FORBIDDEN,
  not_your_order: FORBIDDEN,
  gone: MISSING,
  unknown_order: MISSING,
  bad_filter: 400,
  bad_input: 400,
  bad_json: 400,
  bad_name: 400,
  nested_too_deep: 400,
  too_many_rows: 400,
  too_many_fields: 413,
  too_many_values: 413,
  too_slow: 503,
  stale: CONFLICT,
  busy: CONFLICT,
  duplicate: CONFLICT,
  still_used: CONFLICT,
  already_assigned: CONFLICT,
  already_revoked: CONFLICT,
  idempotency_key_reused: CONFLICT,
  not_enough_stock: CONFLICT,
  not_on_hold: CONFLICT,
  on_hold: CONFLICT,
  reserved_by_orders: CONFLICT,
  wrong_status: CONFLICT,
};

const WORDS: Readonly<Record<string, string>> = {
  forbidden: 'You may not do this. Ask an administrator if you should.',
  gone: 'This row is not there any more, or never was.',
};

/** Letters of record ids that the log tells: of many rows, which were the first. */
const LOGGED_LENGTH = 1_000;

/** AdminJS's answers, as far as they tell that it refused. */
interface ActionAnswer {
  readonly record?: { readonly baseError?: { readonly type: string; readonly message: string } | null };
  readonly notice?: { readonly type?: string; readonly message: string };
  readonly refusal?: Omit<Refusal, 'ok'>;
}

/**
 * Gives the answers of AdminJS's API that say no in their body the status of that no, its code and message as every
 * other door has them (`{ code, message }`), and a line in the log. The rest of the body stays what its clients read.
 */
export const answerRefusals: RequestHandler = (request, response, next) => {
  const send = response.send.bind(response);
  response.send = (body: unknown) => {
    const refusal = typeof body === 'object' && body !== null ? findRefusal(body) : null;
    if (!refusal) return send(body);
    const { table, action, recordId = null } = decodePanelPath(request.path) ?? {};
    const about = recordId ?? request.query.recordIds;
    // Where the log of requests looks for why one was refused.
    response.locals.refusal = {
      code: refusal.code,
      ...(table ? { table } : {}),
      ...(action ? { action } : {}),
      ...(typeof about === 'string' ? { recordId: shorten(about) } : {}),
    };
    response.status(STATUS_BY_CODE[refusal.code] ?? INVALID);
    return send(withWords(body as ActionAnswer, refusal));
  };
  next();
};

function shorten(ids: string): string {
  return ids.length <= LOGGED_LENGTH ? ids : `${ids.slice(0, LOGGED_LENGTH)}…`;
}

function findRefusal({ record, notice, refusal }: ActionAnswer): { code: string; message: string } | null {
  if (refusal) return refusal;
  if (notice?.type !== 'error') return null;
  const { message } = notice;
  const code = decodeErrorType(record?.baseError?.type ?? 'refused', message);
  return { code, message: WORDS[code] ?? message };
}

/** AdminJS names its own errors after their classes; an id that cannot be one is "forbidden" to it. */
function decodeErrorType(type: string, message: string): string {
  if (type === 'NotFoundError') return 'gone';
  if (type === 'ForbiddenError') return message === 'forbiddenError' ? 'forbidden' : 'gone';
  return type === 'AppError' ? 'refused' : type;
}

function withWords(
  { record, notice, ...rest }: ActionAnswer,
  { code, message }: { code: string; message: string },
) {
  const isOurs = WORDS[code] === undefined || notice?.message === message;
  return {
    ...rest,
    ...(record
      ? { record: isOurs ? record : { ...record, baseError: { ...record.baseError, message } } }
      : {}),
    ...(notice ? { notice: { ...notice, message } } : {}),
    code,
    message,
  };
}
