import { resolve } from 'node:path';
import { z } from 'zod';
import { type Problem, ProblemsError } from './errors.ts';
import { publicUrlSchema, type TrustProxy, trustProxySchema } from './proxy-settings.ts';

/** What the environment says, checked: the only reader of `process.env`. */
export interface Settings {
  /** mysql:// address, or null for the embedded server. */
  readonly databaseUrl: string | null;
  readonly port: number;
  readonly host: string;
  /** Absolute path of the embedded server's files. */
  readonly dataDir: string;
  /** Absolute path of the folder of resource files. */
  readonly resourcesDir: string;
  /** Newest first; empty: one is generated and kept in the data folder or for this run. */
  readonly sessionSecrets: readonly string[];
  readonly seedPassword: string | null;
  /** Where browsers reach the panel, with the path it lies below, no trailing slash; null: http://localhost:<port>. */
  readonly publicUrl: string | null;
  /** Whose forwarded headers are believed. */
  readonly trustProxy: TrustProxy;
  /** How long a connection without requests stays open. */
  readonly keepAliveMs: number;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

/** Every setting with its default and meaning; the README's table is compared with this one by a test. */
export const SETTINGS_TABLE = [
  [
    'DATABASE_URL',
    '',
    'mysql://user:password@host:3306/schema of a MySQL or MariaDB server, `?ssl=` for RDS; absent: an embedded server',
  ],
  ['PORT', '3000', 'port to listen on'],
  ['HOST', '0.0.0.0', 'address to listen on'],
  ['DATA_DIR', '.data', "folder of the embedded server's files"],
  ['RESOURCES_DIR', 'resources', 'folder of the files that shape the screens'],
  [
    'SESSION_SECRET',
    '',
    'signs the session cookies, 32 characters or more; a comma-separated list rotates, newest first; absent: generated and kept in DATA_DIR',
  ],
  [
    'SEED_PASSWORD',
    '',
    'password of the three demo accounts, 8 characters or more; absent: on the embedded store each has one of its own, printed once, and elsewhere there are none',
  ],
  [
    'PUBLIC_URL',
    '',
    'address under which browsers reach the panel, such as https://store.example, or https://host.example/store below a path',
  ],
  [
    'TRUST_PROXY',
    '',
    'whose `X-Forwarded-*` headers are believed: the number of proxies in front, or their addresses and networks between commas (10.0.0.0/8, loopback, linklocal, uniquelocal); absent: nobody',
  ],
  [
    'KEEP_ALIVE_SECONDS',
    '75',
    "how long a connection without requests stays open; longer than the proxy's own (60 on AWS)",
  ],
  ['LOG_LEVEL', 'info', 'trace, debug, info, warn, error or silent'],
] as const;

const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema);

const isUrlOf = (protocols: string[]) => (value: string) =>
  URL.canParse(value) && protocols.includes(new URL(value).protocol);

const environmentSchema = z.object({
  DATABASE_URL: optional(
    z
      .string()
      .refine(
        isUrlOf(['mysql:', 'mariadb:']),
        'is not an address like mysql://user:password@host:3306/schema',
      )
      .refine(
        (value) => !URL.canParse(value) || new URL(value).pathname.length > 1,
        'names no schema after the host',
      )
      .optional(),
  ),
  PORT: optional(
    z.coerce
      .number('is not a number')
      .int('is not a whole number')
      .min(0, 'is below 0')
      .max(65535, 'is above 65535')
      .default(3000),
  ),
  HOST: optional(z.string().default('0.0.0.0')),
  DATA_DIR: optional(z.string().default('.data')),
  RESOURCES_DIR: optional(z.string().default('resources')),
  SESSION_SECRET: optional(
    z
      .string()
      .transform((value) => value.split(',').map((secret) => secret.trim()))
      .refine(
        (secrets) => secrets.every((secret) => secret.length >= 32),
        'holds a secret shorter than 32 characters',
      )
      .default([]),
  ),
  SEED_PASSWORD: optional(z.string().min(8, 'is shorter than 8 characters').optional()),
  PUBLIC_URL: optional(publicUrlSchema.optional()),
  TRUST_PROXY: optional(trustProxySchema.default([])),
  KEEP_ALIVE_SECONDS: optional(
    z.coerce
      .number('is not a number')
      .int('is not a whole number')
      .min(1, 'is below 1')
      .max(3600, 'is above 3600')
      .default(75),
  ),
  LOG_LEVEL: optional(
    z
      .enum(
        ['trace', 'debug', 'info', 'warn', 'error', 'silent'],
        'is not one of trace, debug, info, warn, error, silent',
      )
      .default('info'),
  ),
});

/** Reads and checks the environment; throws {@link ProblemsError} with every setting that is wrong. */
export function loadSettings(environment: Record<string, string | undefined>): Settings {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) throw new ProblemsError(parsed.error.issues.map(toProblem));
  const values = parsed.data;
  return Object.freeze({
    databaseUrl: values.DATABASE_URL?.replace(/^mariadb:/, 'mysql:') ?? null,
    port: values.PORT,
    host: values.HOST,
    dataDir: resolve(values.DATA_DIR),
    resourcesDir: resolve(values.RESOURCES_DIR),
    sessionSecrets: values.SESSION_SECRET,
    seedPassword: values.SEED_PASSWORD ?? null,
    publicUrl: values.PUBLIC_URL ?? null,
    trustProxy: values.TRUST_PROXY,
    keepAliveMs: values.KEEP_ALIVE_SECONDS * 1000,
    logLevel: values.LOG_LEVEL,
  });
}

function toProblem(issue: z.core.$ZodIssue): Problem {
  const where = String(issue.path[0]);
  const row = SETTINGS_TABLE.find(([name]) => name === where);
  return { code: 'bad_setting', where, message: issue.message, fix: `Set ${where}: ${row?.[2]}.` };
}
