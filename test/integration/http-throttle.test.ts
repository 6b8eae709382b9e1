import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createPool } from '../../src/database/pool.ts';
import { ensureDemoAccounts } from '../../src/http/demo-accounts.ts';
import { MAX_FAILURES_PER_ACCOUNT, MAX_FAILURES_PER_ADDRESS } from '../../src/http/login-throttle.ts';
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

const attempt = (email: string, password: string, address: string, node = server) =>
  postLogin(node, { email, password }, { 'X-Forwarded-For': address });

async function exhaustAccount(): Promise<void> {
  for (let count = 0; count < MAX_FAILURES_PER_ACCOUNT; count++) {
    expect((await attempt(ADMIN, 'wrong', `203.0.113.${count}`)).status).toBe(401);
  }
}

describe('attempts on one account', () => {
  test('end with 429 and the time to wait, right password or not, from any address, on any node', async () => {
    await exhaustAccount();
    for (const node of [server, otherNode]) {
      const response = await attempt(ADMIN, PASSWORD, '203.0.113.77', node);
      expect(response.status).toBe(429);
      const retryAfterS = Number(response.headers.get('Retry-After'));
      expect(retryAfterS).toBeGreaterThan(800);
      expect(retryAfterS).toBeLessThanOrEqual(900);
      expect(await response.text()).toContain('try again in 15 minutes');
    }
    expect((await attempt('employee@gorak.example', PASSWORD, '203.0.113.77')).status).toBe(303);
  });

  test('are counted together however the address is written', async () => {
    await exhaustAccount();
    for (const email of ['ADMIN@gorak.example', '  admin@gorak.example\t', 'ａdmin@gorak.example']) {
      expect((await attempt(email, PASSWORD, '203.0.113.78')).status).toBe(429);
    }
  });

  test('are forgotten once one succeeds', async () => {
    for (let round = 0; round < 2; round++) {
      for (let count = 1; count < MAX_FAILURES_PER_ACCOUNT; count++) {
        await attempt(ADMIN, 'wrong', `203.0.113.${count}`);
      }
      expect((await attempt(ADMIN, PASSWORD, '203.0.113.200')).status).toBe(303);
    }
  });

  test('are allowed again when the window is over', async () => {
    await exhaustAccount();
    await database.pool.query('UPDATE panel_login_attempts SET expire = ?', [Date.now() - 1]);
    expect((await attempt(ADMIN, PASSWORD, '203.0.113.1')).status).toBe(303);
  });

  test('cannot be made in parallel beyond the limit', async () => {
    const attempts = Array.from({ length: 2 * MAX_FAILURES_PER_ACCOUNT }, (_, count) =>
      attempt(ADMIN, 'wrong', `203.0.113.${count}`),
    );
    const statuses = (await Promise.all(attempts)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(MAX_FAILURES_PER_ACCOUNT);
    expect(statuses.filter((status) => status === 429)).toHaveLength(MAX_FAILURES_PER_ACCOUNT);
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
