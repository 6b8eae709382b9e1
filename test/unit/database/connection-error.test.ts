import { expect, test } from 'vitest';
import { describeConnectionError } from '../../../src/database/connection-error.ts';

const ADDRESS = 'mysql://panel:s3cret@db.example:3306/store?ssl=true';

const fail = (code: string, message = 'it failed') => Object.assign(new Error(message), { code });

test.each([
  ['ECONNREFUSED', 'database_refused'],
  ['ENOTFOUND', 'database_host_unknown'],
  ['ETIMEDOUT', 'database_unreachable'],
  ['ER_ACCESS_DENIED_ERROR', 'database_login_denied'],
  ['ER_BAD_DB_ERROR', 'database_schema_missing'],
  ['ER_SECURE_TRANSPORT_REQUIRED', 'database_needs_tls'],
  ['HANDSHAKE_NO_SSL_SUPPORT', 'database_without_tls'],
  ['HANDSHAKE_SSL_ERROR', 'database_certificate_refused'],
  ['ER_CON_COUNT_ERROR', 'database_full'],
])('%s is told as %s, with the cause and without the password', (code, problemCode) => {
  const problem = describeConnectionError(fail(code, `${code} happened`), ADDRESS);
  expect(problem).toMatchObject({ code: problemCode, message: `${code} happened` });
  expect(problem?.where).toBe('DATABASE_URL (mysql://panel:***@db.example:3306/store)');
  expect(JSON.stringify(problem)).not.toContain('s3cret');
});

test('a name with several addresses is told by the first of them', () => {
  const error = new AggregateError([
    fail('ECONNREFUSED', 'connect ECONNREFUSED ::1:3306'),
    fail('ETIMEDOUT'),
  ]);
  expect(describeConnectionError(error, ADDRESS)).toMatchObject({
    code: 'database_refused',
    message: 'connect ECONNREFUSED ::1:3306',
  });
});

test('another error is none of a connection', () => {
  expect(describeConnectionError(fail('ER_PARSE_ERROR'), ADDRESS)).toBeNull();
});
