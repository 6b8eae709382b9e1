import { expect, test } from 'vitest';
import { BAD_REQUEST, decodeHttpError, HttpRefusal, NOT_FOUND } from '../../../src/http/http-error.ts';

const failure = (properties: object) =>
  Object.assign(new Error('SELECT secret FROM /etc/passwd'), properties);

test.each([
  [new HttpRefusal(NOT_FOUND), 404, 'not_found'],
  [failure({ status: 400 }), 400, 'bad_request'],
  [failure({ status: 403 }), 403, 'bad_request'],
  [failure({ status: 404 }), 404, 'not_found'],
  [failure({ status: 413 }), 413, 'too_large'],
  [failure({ status: 415 }), 415, 'unsupported_form'],
  [failure({ status: 500 }), 500, 'fault'],
  [failure({ status: '400' }), 500, 'fault'],
  [failure({ status: 200 }), 500, 'fault'],
  [failure({ errno: 1020 }), 409, 'busy'],
  [failure({ errno: 1205 }), 409, 'busy'],
  [failure({ code: 'ECONNREFUSED' }), 503, 'database_unreachable'],
  [failure({ fatal: true }), 503, 'database_unreachable'],
  [failure({ code: 'ER_NO_SUCH_TABLE' }), 500, 'fault'],
  [failure({}), 500, 'fault'],
  ['a string', 500, 'fault'],
  [undefined, 500, 'fault'],
])('%o is answered with %i %s', (error, status, code) => {
  const answer = decodeHttpError(error);
  expect(answer).toMatchObject({ status, code });
  expect(answer.message).not.toContain('SELECT');
});

test('a refusal keeps what caused it, for the log', () => {
  const cause = new Error('why');
  expect(new HttpRefusal(BAD_REQUEST, { cause }).cause).toBe(cause);
});
