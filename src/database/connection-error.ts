import type { Problem } from '../errors.ts';

type Advice = readonly [code: string, fix: string];

const ADVICE: Readonly<Record<string, Advice>> = {
  ECONNREFUSED: ['database_refused', 'Start the server there, or correct host and port.'],
  ENOENT: ['database_refused', 'Start the server, or correct the path of its socket.'],
  ENOTFOUND: ['database_host_unknown', "Correct the host's name."],
  EAI_AGAIN: ['database_host_unknown', "Correct the host's name, or mend this machine's name service."],
  ETIMEDOUT: ['database_unreachable', 'Open the way to it: firewall, security group, VPC routes.'],
  EHOSTUNREACH: ['database_unreachable', 'Open the way to it: firewall, security group, VPC routes.'],
  ENETUNREACH: ['database_unreachable', 'Open the way to it: firewall, security group, VPC routes.'],
  ECONNRESET: ['database_hung_up', "Look into the server's own log; is this a MySQL or MariaDB port?"],
  PROTOCOL_CONNECTION_LOST: [
    'database_hung_up',
    "Look into the server's own log; is this a MySQL or MariaDB port?",
  ],
  // MariaDB answers so, too, where it demands TLS.
  ER_ACCESS_DENIED_ERROR: [
    'database_login_denied',
    'Correct user and password (percent-encode : / @ ? # in them); where the server demands TLS, add ?ssl=true.',
  ],
  ER_DBACCESS_DENIED_ERROR: [
    'database_schema_denied',
    'Correct the schema, or grant it: GRANT ALL PRIVILEGES ON `schema`.* TO the user.',
  ],
  ER_BAD_DB_ERROR: [
    'database_schema_missing',
    'Correct the schema, or create it: CREATE DATABASE `schema` CHARACTER SET utf8mb4.',
  ],
  ER_HOST_NOT_PRIVILEGED: ['database_login_denied', 'Create the user for this host: CREATE USER …@….'],
  ER_CON_COUNT_ERROR: [
    'database_full',
    "Raise the server's max_connections, or stop programs that use it up.",
  ],
  ER_SECURE_TRANSPORT_REQUIRED: ['database_needs_tls', 'Add ?ssl=true, or ?ssl=Amazon%20RDS on RDS.'],
  HANDSHAKE_NO_SSL_SUPPORT: ['database_without_tls', 'Set up TLS on the server, or leave out ?ssl=.'],
  HANDSHAKE_SSL_ERROR: [
    'database_certificate_refused',
    'Name the authority that signed the certificate (?ssl=Amazon%20RDS on RDS, else ?ssl=/path/to/authority.pem) and the host as the certificate spells it.',
  ],
};

/** Says in words why no connection came about, without the password; null where the error is something else. */
export function describeConnectionError(error: unknown, address: string): Problem | null {
  const { code = '', message = '' } = findFirstError(error);
  const advice = ADVICE[code];
  if (!advice) return null;
  const [problemCode, fix] = advice;
  return { code: problemCode, where: `DATABASE_URL (${maskPassword(address)})`, message, fix };
}

/** The address without password and parameters. */
export function maskPassword(address: string): string {
  const url = new URL(address);
  if (url.password) url.password = '***';
  url.search = '';
  return url.href;
}

// A name with several addresses fails with one error each.
function findFirstError(error: unknown): { code?: string; message?: string } {
  const { errors } = error as AggregateError;
  return (errors?.[0] ?? error) as { code?: string; message?: string };
}
