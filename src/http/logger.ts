import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino';
import type { Settings } from '../settings.ts';

export type { Logger } from 'pino';

const SECRET_KEYS = ['password', 'password_hash', 'cookie', 'authorization', 'session_secret'];

/**
 * Creates the program's logger: JSON lines on stdout (or `destination`), without passwords, cookies, or the values
 * inside a failed statement.
 */
export function createLogger(level: Settings['logLevel'], destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]),
    serializers: { err: serializeError },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** An error with its cause and stack; in its statement, every quoted value is masked. */
function serializeError(error: Error): object {
  const serialized = stdSerializers.err(error);
  if (typeof serialized.sql !== 'string') return serialized;
  return { ...serialized, sql: maskTexts(serialized.sql) };
}

function maskTexts(sql: string): string {
  const parts: string[] = [];
  let start = 0;
  for (let quote = sql.indexOf("'"); quote >= 0; quote = sql.indexOf("'", start)) {
    parts.push(sql.slice(start, quote), "'?'");
    start = endOfText(sql, quote);
  }
  return parts.join('') + sql.slice(start);
}

// A regular expression would take quadratic time here, and the whole stack for a text of megabytes.
function endOfText(sql: string, quote: number): number {
  let at = quote + 1;
  while (at < sql.length) {
    const isPair = sql[at] === '\\' || (sql[at] === "'" && sql[at + 1] === "'");
    if (isPair) at += 2;
    else if (sql[at] === "'") return at + 1;
    else at++;
  }
  return sql.length;
}
