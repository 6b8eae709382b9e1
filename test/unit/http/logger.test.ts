import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { createLogger } from '../../../src/http/logger.ts';

function logged(...parameters: [object, string]): Record<string, unknown> {
  let text = '';
  const destination = new Writable({
    write: (chunk, _encoding, done) => {
      text += chunk;
      done();
    },
  });
  createLogger('info', destination).info(...parameters);
  return JSON.parse(text);
}

test('passwords, cookies and keys are masked wherever they stand', () => {
  const secrets = { password: 'p1', cookie: 'c1', authorization: 'a1' };
  const line = JSON.stringify(logged({ ...secrets, req: { ...secrets, headers: secrets } }, 'x'));
  expect(line.match(/\[Redacted\]/g)).toHaveLength(9);
  expect(line).not.toMatch(/p1|c1|a1/);
});

test('a failed statement is logged without the values in it, whatever they hold', () => {
  const sql = String.raw`INSERT INTO t VALUES ('it''s', 'a\'b', 'two
lines', 7, "x")`;
  const err = Object.assign(new Error('refused'), { sql, code: 'ER_X' });
  expect(logged({ err }, 'fault').err).toMatchObject({
    message: 'refused',
    code: 'ER_X',
    sql: `INSERT INTO t VALUES ('?', '?', '?', 7, "x")`,
    stack: expect.stringContaining('logger.test.ts'),
  });
});

test('what is below the level is left out', () => {
  const destination = new Writable({
    write: () => {
      throw new Error('written');
    },
  });
  createLogger('warn', destination).info('hello');
});
