import { hash } from '@node-rs/argon2';
import { describe, expect, test } from 'vitest';
import { hashPassword, isOutdated, verifyPassword } from '../../../src/http/password.ts';

test('a password is kept as argon2id, and is the one behind its hash however its letters are composed', async () => {
  const hashed = await hashPassword('Zo\u00eb');
  expect(hashed).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await verifyPassword(hashed, 'Zoe\u0308')).toBe(true);
  expect(await verifyPassword(hashed, 'Zoe')).toBe(false);
  expect(isOutdated(hashed)).toBe(false);
});

describe('no password is right', () => {
  test.each([null, '', '!', '$argon2id$v=19$m=19456,t=2,p=1$x', 'plain'])(
    'for the hash %j',
    async (hashed) => {
      expect(await verifyPassword(hashed, '')).toBe(false);
      expect(await verifyPassword(hashed, 'plain')).toBe(false);
    },
  );
});

test('a hash made with other parameters is outdated', async () => {
  expect(isOutdated(await hash('x', { memoryCost: 8192, timeCost: 2, parallelism: 1 }))).toBe(true);
});

test('looking for an account that is not there, or whose hash is outdated, costs the same work', async () => {
  const hashed = await hashPassword('x');
  const outdated = await hash('x', { memoryCost: 1024, timeCost: 1, parallelism: 1 });
  await verifyPassword(null, 'warm up');
  const measure = async (given: string | null) => {
    const cpu = process.cpuUsage();
    for (let count = 0; count < 10; count++) await verifyPassword(given, 'y');
    const { user, system } = process.cpuUsage(cpu);
    return user + system;
  };
  const [known, unknown, old] = [await measure(hashed), await measure(null), await measure(outdated)];
  expect(unknown).toBeGreaterThan(known / 3);
  expect(old).toBeGreaterThan(known / 3);
});
