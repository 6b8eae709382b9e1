import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPool, type RowDataPacket } from '../../src/database/pool.ts';
import { ProblemsError } from '../../src/errors.ts';
import { ensureDemoAccounts } from '../../src/http/demo-accounts.ts';
import { loadSessionSecrets } from '../../src/http/session-secret.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import {
  postLogin,
  signIn,
  startHttpServer,
  type TestHttpOptions,
  type TestHttpServer,
} from '../support/http-server.ts';

const PASSWORD = 'correct horse';
const ADMIN = 'admin@gorak.example';
const OLD = 'o'.repeat(32);
const NEW = 'n'.repeat(32);

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'store-secret-'));
  database = await createTestDatabase({ migrations: 'panel' });
  await ensureDemoAccounts(database.pool, PASSWORD);
});

afterAll(async () => {
  await rm(folder, { recursive: true });
  await database.drop();
});

async function withServer<T>(
  settings: TestHttpOptions['settings'],
  work: (server: TestHttpServer) => Promise<T>,
): Promise<T> {
  const server = await startHttpServer({ pool: database.pool, settings });
  return work(server).finally(() => server.stop());
}

/** 404: nothing is mounted there, but whoever asked is signed in. The answer's last byte comes after all writes. */
const statusWith = (cookie: string) => async (server: TestHttpServer) => {
  const response = await server.request('/admin/api/nothing', { cookie });
  await response.text();
  return response.status;
};

describe('the secret', () => {
  test('rotates: a cookie signed by an older one of the list is good, by one not in the list is not', async () => {
    const cookie = await withServer({ sessionSecrets: [OLD] }, (server) => signIn(server, ADMIN, PASSWORD));
    expect(await withServer({ sessionSecrets: [NEW, OLD] }, statusWith(cookie))).toBe(404);
    expect(await withServer({ sessionSecrets: [NEW] }, statusWith(cookie))).toBe(401);
    const renewed = await withServer({ sessionSecrets: [NEW, OLD] }, (server) =>
      signIn(server, ADMIN, PASSWORD),
    );
    expect(await withServer({ sessionSecrets: [NEW] }, statusWith(renewed))).toBe(404);
  });

  test('is generated once where none is given, and only its owner may read it', async () => {
    const dataDir = join(folder, 'new', 'data');
    const cookie = await withServer({ dataDir }, (server) => signIn(server, ADMIN, PASSWORD));
    const path = join(dataDir, 'session-secret');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await readFile(path, 'utf8')).trim()).toMatch(/^[\w-]{64}$/);
    expect(await withServer({ dataDir }, statusWith(cookie))).toBe(404);
  });

  test('is the same for two programs that start at once', async () => {
    const dataDir = join(folder, 'twice');
    const settings = { sessionSecrets: [], dataDir };
    const secrets = await Promise.all(Array.from({ length: 20 }, () => loadSessionSecrets(settings)));
    expect(new Set(secrets.flat()).size).toBe(1);
  });

  test('that is broken or cannot be kept is a problem told with its cure', async () => {
    const dataDir = await mkdtemp(join(folder, 'broken-'));
    await writeFile(join(dataDir, 'session-secret'), 'short\n');
    const broken = loadSessionSecrets({ sessionSecrets: [], dataDir });
    await expect(broken).rejects.toBeInstanceOf(ProblemsError);
    await expect(broken).rejects.toThrow('less than 32 characters');
    const unkept = loadSessionSecrets({ sessionSecrets: [], dataDir: join(dataDir, 'session-secret') });
    await expect(unkept).rejects.toThrow('Set SESSION_SECRET');
  });
});

describe('over https', () => {
  const settings = { publicUrl: 'https://store.example', sessionSecrets: [NEW] };

  test('the cookie is Secure and bound to the host, whatever the proxy says of the scheme', async () => {
    await withServer(settings, async (server) => {
      for (const scheme of ['', 'http', 'https']) {
        const headers = { 'X-Forwarded-Proto': scheme };
        const response = await postLogin(server, { email: ADMIN, password: PASSWORD }, headers);
        expect(response.headers.getSetCookie().find((line) => line.includes('session'))).toMatch(
          /^__Host-gorak_session=s%3A[^;]+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
        );
      }
    });
  });

  test('browsers are told to stay with https; over http they are not', async () => {
    const header = (server: TestHttpServer) => server.request('/healthz').then(({ headers }) => headers);
    const secure = await withServer(settings, header);
    expect(secure.get('Strict-Transport-Security')).toBe('max-age=31536000');
    expect(secure.get('Content-Security-Policy')).toContain('upgrade-insecure-requests');
    const plain = await withServer({}, header);
    expect(plain.get('Strict-Transport-Security')).toBeNull();
    expect(plain.get('Content-Security-Policy')).not.toContain('upgrade-insecure-requests');
  });
});

describe('idleness', () => {
  const findExpiry = async () => {
    const [rows] = await database.pool.query<RowDataPacket[]>(
      'SELECT MAX(expires) AS at FROM panel_sessions',
    );
    return Number(rows[0]?.at);
  };
  const setExpiry = (expires: number) =>
    database.pool.query('UPDATE panel_sessions SET expires = ?', [expires]);
  const nowS = () => Math.round(Date.now() / 1000);

  test('of 12 hours ends a session; a request puts that off, without a write for each', async () => {
    await database.pool.query('DELETE FROM panel_sessions');
    await withServer({ sessionSecrets: [NEW] }, async (server) => {
      const cookie = await signIn(server, ADMIN, PASSWORD);
      await setExpiry(nowS() + 60);
      expect(await statusWith(cookie)(server)).toBe(404);
      const putOff = await findExpiry();
      expect(putOff - nowS()).toBeGreaterThan(12 * 3600 - 60);
      await setExpiry(putOff - 100);
      expect(await statusWith(cookie)(server)).toBe(404);
      expect(await findExpiry()).toBe(putOff - 100);
      await setExpiry(nowS() - 10);
      expect(await statusWith(cookie)(server)).toBe(401);
    });
  });

  test('a request that was under way while somebody signed out does not bring the session back', async () => {
    await withServer({ sessionSecrets: [NEW] }, async (server) => {
      const cookie = await signIn(server, ADMIN, PASSWORD);
      const underWay = Array.from({ length: 20 }, () => server.request('/admin/api/nothing', { cookie }));
      await server.request('/admin/logout', { method: 'POST', cookie });
      await Promise.all(underWay);
      expect(await statusWith(cookie)(server)).toBe(401);
    });
  });
});

describe('a lifetime of 7 days', () => {
  const LIFETIME_S = 7 * 24 * 3600;
  const nowS = () => Math.round(Date.now() / 1000);
  const findExpiries = async () => {
    const [rows] = await database.pool.query<RowDataPacket[]>('SELECT expires FROM panel_sessions');
    return rows.map(({ expires }) => Number(expires));
  };
  const beganAgo = (seconds: number) =>
    database.pool.query("UPDATE panel_sessions SET data = JSON_SET(data, '$.signedInAtMs', ?)", [
      Date.now() - seconds * 1000,
    ]);

  test('is not put off by requests, on any node, and its end is told', async () => {
    await database.pool.query('DELETE FROM panel_sessions');
    const settings = { sessionSecrets: [NEW] };
    const cookie = await withServer(settings, (server) => signIn(server, ADMIN, PASSWORD));
    await beganAgo(LIFETIME_S - 3600);
    await withServer(settings, async (node) => {
      expect(await statusWith(cookie)(node)).toBe(404);
      // The answer's head may be here before the session's row is written.
      const findError = async () => Math.abs(((await findExpiries())[0] ?? 0) - nowS() - 3600);
      await expect.poll(findError).toBeLessThan(60);
    });
    await beganAgo(LIFETIME_S + 2);
    await withServer(settings, async (node) => {
      await statusWith(cookie)(node);
      const answer = await node.request('/admin/api/nothing', { cookie });
      expect([answer.status, await answer.json()]).toEqual([
        401,
        { code: 'signed_out', message: expect.stringContaining('7 days after signing in') },
      ]);
      const page = await (await node.request('/admin/login', { cookie })).text();
      expect(page).toContain('A session ends after 12 hours without use, 7 days after signing in');
      expect(await (await node.request('/admin/login')).text()).not.toContain('A session ends');
    });
  });

  test('leaves a session that is younger its 12 hours without use', async () => {
    await database.pool.query('DELETE FROM panel_sessions');
    await withServer({ sessionSecrets: [NEW] }, async (server) => {
      await signIn(server, ADMIN, PASSWORD);
      const [expiry = 0] = await findExpiries();
      expect(Math.abs(expiry - nowS() - 12 * 3600)).toBeLessThan(60);
    });
  });
});

test('stopping leaves the pool to its owner', async () => {
  const pool = createPool(database.url);
  const server = await startHttpServer({ pool });
  await server.stop();
  await expect(pool.query('SELECT 1')).resolves.toBeDefined();
  await pool.end();
});

describe('demo accounts', () => {
  const accounts = async () => {
    const [rows] = await database.pool.query<RowDataPacket[]>('SELECT * FROM panel_accounts ORDER BY id');
    return rows;
  };

  test('are made once, each with a password of its own, by programs that start at once', async () => {
    await database.pool.query('DELETE FROM panel_accounts');
    const results = await Promise.all(
      Array.from({ length: 4 }, () => ensureDemoAccounts(database.pool, null)),
    );
    const generated = results.flat();
    expect(new Set(generated.map(({ generatedPassword }) => generatedPassword)).size).toBe(3);
    expect(generated).toHaveLength(3);
    expect((await accounts()).map(({ email, role }) => [email, role])).toEqual([
      ['employee@gorak.example', 'employee'],
      ['supervisor@gorak.example', 'supervisor'],
      ['admin@gorak.example', 'admin'],
    ]);
    await withServer({}, async (server) => {
      for (const { email, generatedPassword } of generated)
        await signIn(server, email, generatedPassword ?? '');
    });
  });

  test('that exist are left as they are', async () => {
    await database.pool.query("UPDATE panel_accounts SET active = FALSE, name = 'Q' WHERE role = 'employee'");
    const before = await accounts();
    expect(await ensureDemoAccounts(database.pool, 'another password')).toEqual([]);
    expect(await ensureDemoAccounts(database.pool, null)).toEqual([]);
    expect(await accounts()).toEqual(before);
  });

  test('are recorded as made by the set-up', async () => {
    const [rows] = await database.pool.query<RowDataPacket[]>(
      "SELECT actor_name, details FROM panel_activity WHERE action = 'account_created'",
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain('argon2id');
  });
});
