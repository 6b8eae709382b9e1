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
  return { ...serialized, sql: serialized.sql.replace(/'(?:[^'\\]|\\.|'')*'/gs, "'?'") };
}
