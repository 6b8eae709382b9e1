import { describe, expect, test } from 'vitest';
import { isBusy, retryWhileBusy } from '../../../src/database/busy.ts';

const failure = (properties: object) => Object.assign(new Error('refused'), properties);

test.each([
  ['a deadlock', { errno: 1213, sqlState: '40001' }, true],
  ['a record that changed since it was read', { errno: 1020, sqlState: 'HY000' }, true],
  ['a lock that was waited for in vain', { errno: 1205, sqlState: 'HY000' }, true],
  ['a lock that was not waited for', { errno: 3572, sqlState: 'HY000' }, true],
  ['a table that was altered meanwhile', { errno: 1412, sqlState: 'HY000' }, true],
  ['a commit that a cluster rolled back', { errno: 3101, sqlState: '40000' }, true],
  ['a duplicate key', { errno: 1062, sqlState: '23000' }, false],
  ['a statement that took too long', { errno: 3024, sqlState: 'HY000' }, false],
  ['a broken connection', { code: 'ECONNRESET' }, false],
])('of %s, the server may be asked again: %o, %s', (_what, properties, expected) => {
  expect(isBusy(failure(properties))).toBe(expected);
});

describe('work that meets somebody else', () => {
  test('is done again until it succeeds', async () => {
    let attempts = 0;
    const work = async () => {
      attempts++;
      if (attempts < 4) throw failure({ errno: 1020 });
      return attempts;
    };
    expect(await retryWhileBusy(work)).toBe(4);
  });

  test('is given up after twelve attempts, with what the server said', async () => {
    let attempts = 0;
    const work = async () => {
      attempts++;
      throw failure({ errno: 1213 });
    };
    await expect(retryWhileBusy(work)).rejects.toMatchObject({ errno: 1213 });
    expect(attempts).toBe(12);
  });

  test('is not done again where something else is wrong, whatever was thrown', async () => {
    for (const thrown of [failure({ errno: 1062 }), 'a string', undefined, null]) {
      let attempts = 0;
      const work = async () => {
        attempts++;
        throw thrown;
      };
      await expect(retryWhileBusy(work)).rejects.toBe(thrown);
      expect(attempts).toBe(1);
    }
  });
});
