import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createPool } from '../../src/database/pool.ts';
import { ensureDemoAccounts } from '../../src/http/demo-accounts.ts';
import {
  MAX_FAILURES_PER_ACCOUNT,
  MAX_FAILURES_PER_ACCOUNT_AND_ADDRESS,
  MAX_FAILURES_PER_ADDRESS,
  MAX_FAILURES_PER_DEVICE,
} from '../../src/http/login-throttle.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createDatabaseLink } from '../support/database-link.ts';
import { postLogin, startHttpServer, type TestHttpServer } from '../support/http-server.ts';

const PASSWORD = 'correct horse';
const ADMIN = 'admin@gorak.example';

let database: TestDatabase;
let server: TestHttpServer;
let otherNode: TestHttpServer;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'panel' });
  await ensureDemoAccounts(database.pool, PASSWORD);
  // Behind a proxy that ends TLS, so that the tests can come from several addresses.
  const settings = {
    publicUrl: 'https://store.example',
    trustProxy: ['loopback'],
    sessionSecrets: ['s'.repeat(32)],
  };
  server = await startHttpServer({ pool: database.pool, settings });
  otherNode = await startHttpServer({ pool: database.pool, settings });
});

afterAll(async () => {
  await server.stop();
  await otherNode.stop();
  await database.drop();
});

afterEach(async () => {
  await database.pool.query('DELETE FROM panel_login_attempts');
});

const attempt = (email: string, password: string, address: string, node = server, cookie = '') =>
  postLogin(node, { email, password }, { 'X-Forwarded-For': address, ...(cookie && { Cookie: cookie }) });

const STRANGER = '203.0.113.1';
const HOME = '198.51.100.7';

async function failOften(count: number, address: string, cookie?: string): Promise<void> {
  for (let failed = 0; failed < count; failed++)
    expect((await attempt(ADMIN, 'wrong', address, server, cookie)).status).toBe(401);
}

/** Wrong passwords for one account from so many addresses that no further unknown device may try. */
async function exhaustAccount(): Promise<void> {
  for (let count = 0; count < MAX_FAILURES_PER_ACCOUNT; count++)
    expect((await attempt(ADMIN, 'wrong', `203.0.113.${count}`)).status).toBe(401);
}

/** The cookie of a browser in which an account has signed in. */
async function knownDevice(email = ADMIN, node = server): Promise<string> {
  const response = await attempt(email, PASSWORD, HOME, node);
  expect(response.status).toBe(303);
  const cookies = response.headers.getSetCookie().map((line) => line.split(';', 1)[0] ?? '');
  return cookies.find((cookie) => cookie.includes('gorak_device')) ?? '';
}

describe('wrong passwords for one account from one address', () => {
  test('end there with 429 and the time to wait, right password or not, on any node, and nowhere else', async () => {
    await failOften(MAX_FAILURES_PER_ACCOUNT_AND_ADDRESS, STRANGER);
    for (const node of [server, otherNode]) {
      const response = await attempt(ADMIN, PASSWORD, STRANGER, node);
      expect(response.status).toBe(429);
      const retryAfterS = Number(response.headers.get('Retry-After'));
      expect(retryAfterS).toBeGreaterThan(800);
      expect(retryAfterS).toBeLessThanOrEqual(900);
      expect(await response.text()).toContain('try again in 15 minutes');
    }
    expect((await attempt('employee@gorak.example', PASSWORD, STRANGER)).status).toBe(303);
    expect((await attempt(ADMIN, PASSWORD, HOME)).status).toBe(303);
  });

  test('are counted together however the e-mail address is written', async () => {
    await failOften(MAX_FAILURES_PER_ACCOUNT_AND_ADDRESS, STRANGER);
    for (const email of ['ADMIN@gorak.example', '  admin@gorak.example\t', 'ａdmin@gorak.example']) {
      expect((await attempt(email, PASSWORD, STRANGER)).status).toBe(429);
    }
  });

  test('are forgotten once one succeeds', async () => {
    for (let round = 0; round < 2; round++) {
      await failOften(MAX_FAILURES_PER_ACCOUNT_AND_ADDRESS - 1, STRANGER);
      expect((await attempt(ADMIN, PASSWORD, STRANGER)).status).toBe(303);
    }
  });

  test('are allowed again when the window is over', async () => {
    await failOften(MAX_FAILURES_PER_ACCOUNT_AND_ADDRESS, STRANGER);
    await database.pool.query('UPDATE panel_login_attempts SET expire = ?', [Date.now() - 1]);
    expect((await attempt(ADMIN, PASSWORD, STRANGER)).status).toBe(303);
  });

  test('cannot be made in parallel beyond the limit', async () => {
    const attempts = Array.from({ length: 2 * MAX_FAILURES_PER_ACCOUNT_AND_ADDRESS }, () =>
      attempt(ADMIN, 'wrong', STRANGER),
    );
    const statuses = (await Promise.all(attempts)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(MAX_FAILURES_PER_ACCOUNT_AND_ADDRESS);
    expect(statuses.filter((status) => status === 429)).toHaveLength(MAX_FAILURES_PER_ACCOUNT_AND_ADDRESS);
  });

  test('that are more than allowed there count for nobody else', async () => {
    await failOften(MAX_FAILURES_PER_ACCOUNT_AND_ADDRESS, STRANGER);
    for (let count = 0; count < MAX_FAILURES_PER_ACCOUNT; count++)
      expect((await attempt(ADMIN, 'wrong', STRANGER)).status).toBe(429);
    expect((await attempt(ADMIN, PASSWORD, HOME)).status).toBe(303);
  });
});

describe('wrong passwords for one account from many addresses', () => {
  test('are bounded together, whether the account exists or not', async () => {
    await exhaustAccount();
    const known = await attempt(ADMIN, PASSWORD, HOME, otherNode);
    expect(known.status).toBe(429);
    for (let count = 0; count < MAX_FAILURES_PER_ACCOUNT; count++)
      expect((await attempt('nobody@gorak.example', 'wrong', `203.0.113.${count}`)).status).toBe(401);
    const unknown = await attempt('nobody@gorak.example', PASSWORD, '198.51.100.8');
    expect(unknown.status).toBe(429);
    expect((await unknown.text()).replaceAll('nobody@', 'admin@')).toBe(await known.text());
  });

  test('are not forgotten because the account signs in between', async () => {
    for (let count = 0; count < MAX_FAILURES_PER_ACCOUNT; count++) {
      expect((await attempt(ADMIN, 'wrong', `203.0.113.${count}`)).status).toBe(401);
      if (count % 20 === 0) await knownDevice();
    }
    expect((await attempt(ADMIN, PASSWORD, HOME)).status).toBe(429);
  });

  test('do not lock out a device that signed in before, on any node, wherever it is now', async () => {
    const device = await knownDevice();
    await exhaustAccount();
    for (const [address, node] of [
      [HOME, server],
      ['203.0.113.2', server],
      ['192.0.2.9', otherNode],
    ] as const)
      expect((await attempt(ADMIN, PASSWORD, address, node, device)).status).toBe(303);
    expect((await attempt(ADMIN, PASSWORD, HOME)).status).toBe(429);
  });

  test('do not lock out a known device at the address of whoever fails', async () => {
    const device = await knownDevice();
    for (let count = 0; count < MAX_FAILURES_PER_ADDRESS; count++)
      await attempt(`nobody${count}@gorak.example`, 'wrong', HOME);
    expect((await attempt(ADMIN, PASSWORD, HOME)).status).toBe(429);
    expect((await attempt(ADMIN, PASSWORD, HOME, server, device)).status).toBe(303);
  });
});

describe('a known device', () => {
  test('has a count of its own, which locks out nobody else', async () => {
    const [device, other] = [await knownDevice(), await knownDevice()];
    await failOften(MAX_FAILURES_PER_DEVICE, HOME, device);
    expect((await attempt(ADMIN, PASSWORD, '192.0.2.1', server, device)).status).toBe(429);
    expect((await attempt(ADMIN, PASSWORD, HOME, server, other)).status).toBe(303);
    expect((await attempt(ADMIN, PASSWORD, HOME)).status).toBe(303);
  });

  test('keeps its name when it signs in again, and starts to count anew', async () => {
    const device = await knownDevice();
    for (let round = 0; round < 2; round++) {
      await failOften(MAX_FAILURES_PER_DEVICE - 1, HOME, device);
      const response = await attempt(ADMIN, PASSWORD, HOME, server, device);
      expect(response.headers.getSetCookie().join()).toContain(device);
    }
  });

  test.each<[string, (device: string) => Promise<string>]>([
    ['signed by somebody else', async (device) => `${device.slice(0, -4)}AAAA`],
    ['without a signature', async (device) => device.split('.')[0] ?? ''],
    ['of another device', async (device) => device.replace(/=.{22}/, `=${'A'.repeat(22)}`)],
    [
      'of another account',
      async (device) => {
        const [name = ''] = device.split('=');
        const [, value = ''] = (await knownDevice('employee@gorak.example')).split('=');
        return `${name}=${value}`;
      },
    ],
  ])('is none by a cookie %s', async (_what, forge) => {
    const device = await knownDevice();
    const forged = await forge(device);
    expect(forged).not.toBe(device);
    await exhaustAccount();
    expect((await attempt(ADMIN, PASSWORD, HOME, server, forged)).status).toBe(429);
    expect((await attempt(ADMIN, PASSWORD, HOME, server, device)).status).toBe(303);
  });

  test('is made by the right password alone, and known by older secrets, too', async () => {
    expect((await attempt('employee@gorak.example', 'wrong', HOME)).headers.getSetCookie()).toEqual([]);
    const device = await knownDevice();
    await exhaustAccount();
    const settings = {
      publicUrl: 'https://store.example',
      trustProxy: ['loopback'],
      sessionSecrets: ['n'.repeat(32), 's'.repeat(32)],
    };
    const rotated = await startHttpServer({ pool: database.pool, settings });
    expect((await attempt(ADMIN, PASSWORD, HOME, rotated, device)).status).toBe(303);
    await rotated.stop();
  });

  test('sends its cookie to the sign-in alone, out of reach of scripts and plain http', async () => {
    const response = await attempt(ADMIN, PASSWORD, HOME);
    const [line = ''] = response.headers.getSetCookie().filter((cookie) => cookie.includes('gorak_device'));
    expect(line).toMatch(
      /^__Secure-gorak_device_[\w-]{16}=[\w-]{22}\.[\w-]{43}; Max-Age=34560000; Path=\/admin\/login;/,
    );
    expect(line).toMatch(/; HttpOnly; Secure; SameSite=Lax$/);
    expect(line).not.toMatch(/admin@|gorak\.example/);
  });
});

describe('attempts from one network address', () => {
  test.each([
    ['203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9'],
  ])('end with 429 for every account (%s, %s)', async (first, second) => {
    for (let count = 0; count < MAX_FAILURES_PER_ADDRESS; count++) {
      expect((await attempt(`nobody${count}@gorak.example`, 'wrong', first)).status).toBe(401);
    }
    expect((await attempt(ADMIN, PASSWORD, second)).status).toBe(429);
    expect((await attempt(ADMIN, PASSWORD, '198.51.100.1')).status).toBe(303);
  });

  test('do not count when they succeed', async () => {
    for (let count = 0; count <= MAX_FAILURES_PER_ADDRESS; count++) {
      expect((await attempt(ADMIN, PASSWORD, '203.0.113.10')).status).toBe(303);
    }
  });
});

test('an address told by somebody who is no proxy of ours is not believed', async () => {
  const plain = await startHttpServer({ pool: database.pool });
  try {
    for (let count = 0; count < MAX_FAILURES_PER_ADDRESS; count++) {
      await attempt(`nobody${count}@gorak.example`, 'wrong', `203.0.113.${count}`, plain);
    }
    expect((await attempt(ADMIN, PASSWORD, '203.0.113.99', plain)).status).toBe(429);
  } finally {
    await plain.stop();
  }
});

describe('without the store of attempts', () => {
  test('nobody signs in', async () => {
    await database.pool.query('RENAME TABLE panel_login_attempts TO elsewhere');
    try {
      const response = await attempt(ADMIN, PASSWORD, '203.0.113.11');
      expect(response.status).toBe(503);
      expect(await response.text()).not.toContain('panel_login_attempts');
      expect(server.log()).toContain('panel_login_attempts');
    } finally {
      await database.pool.query('RENAME TABLE elsewhere TO panel_login_attempts');
    }
    expect((await attempt(ADMIN, PASSWORD, '203.0.113.11')).status).toBe(303);
  });

  test('a database that goes away and comes back is told, survived and used again', async () => {
    const link = await createDatabaseLink(database.url);
    const pool = createPool(link.url);
    const node = await startHttpServer({ pool });
    try {
      expect((await attempt(ADMIN, PASSWORD, '203.0.113.12', node)).status).toBe(303);
      const cut = Array.from({ length: 8 }, () => attempt(ADMIN, 'wrong', '203.0.113.12', node));
      await link.cut();
      const statuses = (await Promise.all(cut)).map(({ status }) => status);
      expect(statuses.every((status) => status === 503 || status === 401)).toBe(true);
      expect((await attempt(ADMIN, PASSWORD, '203.0.113.12', node)).status).toBe(503);
      expect((await node.request('/readyz')).status).toBe(503);
      expect((await node.request('/healthz')).status).toBe(200);
      await link.restore();
      expect((await attempt(ADMIN, PASSWORD, '203.0.113.12', node)).status).toBe(303);
      expect((await node.request('/readyz')).status).toBe(200);
    } finally {
      await node.stop();
      await pool.end();
      await link.cut();
    }
  });
});
