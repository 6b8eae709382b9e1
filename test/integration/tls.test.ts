import { writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EmbeddedServer, startEmbeddedServer } from '../../src/database/embedded-server.ts';
import { createPool, type Pool, type RowDataPacket } from '../../src/database/pool.ts';
import { checkEncryption } from '../../src/database/server-health.ts';
import { checkReachable } from '../../src/remote-store.ts';
import { createDataDir, type TestDataDir } from '../support/data-dir.ts';
import { findProblemCodes } from '../support/problems.ts';

let dataDir: TestDataDir;
let server: EmbeddedServer;
let root: Pool;
let port: number;
let certificatePath: string;

async function writeCertificate(host: string): Promise<void> {
  const extensions = [{ name: 'subjectAltName' as const, altNames: [{ type: 2 as const, value: host }] }];
  const made = await generate([{ name: 'commonName', value: host }], { extensions });
  await writeFile(certificatePath, made.cert);
  await writeFile(join(dataDir.path, 'key.pem'), made.private);
}

const address = (host: string, ssl: string | null) =>
  `mysql://guest:guest@${host}:${port}/kept${ssl === null ? '' : `?ssl=${encodeURIComponent(ssl)}`}`;

beforeAll(async () => {
  dataDir = await createDataDir();
  certificatePath = join(dataDir.path, 'certificate.pem');
  await writeCertificate('localhost');
  port = await findFreePort();
  const networking = ['--skip-networking=0', '--bind-address=127.0.0.1', `--port=${port}`];
  const tls = [`--ssl-cert=${certificatePath}`, `--ssl-key=${join(dataDir.path, 'key.pem')}`];
  server = await startEmbeddedServer({ dataDir: dataDir.path, extraOptions: [...networking, ...tls] });
  root = createPool(server.url(''));
  await root.query('CREATE DATABASE kept');
  await root.query("CREATE USER guest@'%' IDENTIFIED BY 'guest'");
  await root.query("GRANT ALL PRIVILEGES ON kept.* TO guest@'%'");
});
afterAll(async () => {
  await root.end();
  await server.stop();
  await dataDir.remove();
});

async function findFreePort(): Promise<number> {
  const listener = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => listener.once('listening', resolve));
  const { port: free } = listener.address() as AddressInfo;
  await new Promise((resolve) => listener.close(resolve));
  return free;
}

test('with the authority named, the connection is encrypted', async () => {
  for (const host of ['localhost', '127.0.0.1']) {
    const pool = createPool(address(host, certificatePath));
    const [rows] = await pool.query<RowDataPacket[]>("SHOW STATUS LIKE 'Ssl_cipher'");
    await pool.end();
    expect(rows[0]?.Value).not.toBe('');
  }
});

test('where what goes to another machine is not encrypted, the doctor advises it', async () => {
  const elsewhere = 'mysql://guest@db.example/kept';
  expect(await checkEncryption(root, elsewhere)).toMatchObject([
    { code: 'connection_not_encrypted', message: expect.stringContaining('db.example') },
  ]);
  expect(await checkEncryption(root, address('localhost', null))).toEqual([]);
  const encrypted = createPool(address('localhost', certificatePath));
  expect(await checkEncryption(encrypted, elsewhere)).toEqual([]);
  await encrypted.end();
});

test('a certificate of an unknown authority is refused, and one with another name', async () => {
  expect(await findProblemCodes(checkReachable(address('localhost', 'true')))).toEqual([
    'database_certificate_refused',
  ]);
  expect(await findProblemCodes(checkReachable(address('localhost', 'Amazon RDS')))).toEqual([
    'database_certificate_refused',
  ]);
  await writeCertificate('db.example');
  await root.query('FLUSH SSL');
  expect(await findProblemCodes(checkReachable(address('localhost', certificatePath)))).toEqual([
    'database_certificate_refused',
  ]);
  await writeCertificate('localhost');
  await root.query('FLUSH SSL');
});

test('a server that asks for TLS, and one that has none, are told apart', async () => {
  await checkReachable(address('localhost', null));
  await root.query('SET GLOBAL require_secure_transport = 1');
  // Before 11, MariaDB does not tell it from a wrong password.
  await expect(checkReachable(address('localhost', null))).rejects.toThrow(/add \?ssl=true/i);
  await root.query('SET GLOBAL require_secure_transport = 0');
  await withoutTls(async (bareAddress) => {
    expect(await findProblemCodes(checkReachable(bareAddress))).toEqual(['database_without_tls']);
  });
});

async function withoutTls(work: (address: string) => Promise<void>): Promise<void> {
  const bareDir = await createDataDir();
  // Newer servers make a certificate of their own where they are given none.
  const bare = await startEmbeddedServer({ dataDir: bareDir.path, extraOptions: ['--loose-skip-ssl'] });
  const url = new URL(bare.url('kept'));
  url.searchParams.set('ssl', 'true');
  await work(url.href).finally(() => bare.stop());
  await bareDir.remove();
}
