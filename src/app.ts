import { checkBinaryLog } from './database/binary-log.ts';
import { startEmbeddedServer } from './database/embedded-server.ts';
import { describeUnreadableLog } from './database/log-settings.ts';
import { createPool } from './database/pool.ts';
import { EMBEDDED_SCHEMA, prepareEmbeddedStore } from './embedded-store.ts';
import type { ProblemsError } from './errors.ts';
import { finishFirstStart } from './first-start.ts';
import { checkAccounts, findAccountByEmail } from './http/accounts.ts';
import { DEMO_ACCOUNTS, type NewAccount } from './http/demo-accounts.ts';
import { type Listener, openListener } from './http/listener.ts';
import { createLogger } from './http/logger.ts';
import { checkProxySettings } from './proxy-settings.ts';
import { releaseMemory } from './release-memory.ts';
import { checkRemoteStore } from './remote-store.ts';
import type { Settings } from './settings.ts';
import type { Shutdown } from './shutdown.ts';
import { describeAccounts, describePasswords, type Terminal } from './terminal.ts';

export interface AppParts {
  readonly settings: Settings;
  readonly terminal: Terminal;
  /** Is given every part that runs, and stops them. */
  readonly shutdown: Shutdown;
  /** Called if the embedded server ends by itself: nothing works any more. */
  readonly onDatabaseLost: (problem: ProblemsError) => void;
}

/** Builds every part from the settings; returns the database's address when browsers are served. Throws {@link ProblemsError}. */
export async function startApp(parts: AppParts): Promise<string> {
  const { settings, shutdown } = parts;
  const listener = await openListener(settings);
  await shutdown.keep(listener, (part) => part.stop());
  // A second or more of loading, which the database server uses to come up.
  const loading = import('./website.ts');
  const database = await (settings.databaseUrl
    ? openRemoteDatabase(settings.databaseUrl, parts)
    : openEmbeddedDatabase(parts));
  try {
    const newAccounts = await database.prepare();
    await serve(parts, database.url, listener, await loading, newAccounts);
    await database.confirm();
    return database.url;
  } catch (error) {
    await database.checkAlive();
    throw error;
  }
}

async function serve(
  { settings, shutdown, terminal }: AppParts,
  url: string,
  listener: Listener,
  { createWebsite }: typeof import('./website.ts'),
  newAccounts: readonly NewAccount[],
): Promise<void> {
  const pool = await shutdown.keep(createPool(url), (part) => part.end());
  terminal.tellStep('draw the screens');
  const logger = createLogger(settings.logLevel);
  const { server } = listener;
  listener.serve(await createWebsite({ settings, pool, url, logger, server, shutdown }));
  for (const { where, message } of checkProxySettings(settings)) terminal.tellNotice(`${where} ${message}`);
  const unreadable = describeUnreadableLog(await checkBinaryLog(pool));
  if (unreadable) terminal.tellNotice(unreadable);
  for (const { message, fix } of await checkAccounts(pool)) terminal.tellNotice(`${message} ${fix}`);
  const demoAccount = await findAccountByEmail(pool, DEMO_ACCOUNTS[0].email);
  releaseMemory();
  for (const line of describePasswords(newAccounts)) terminal.tellResult(line);
  const origin = settings.publicUrl ?? `http://localhost:${listener.port}`;
  terminal.tellResult(`ready ${origin}/admin${demoAccount ? `  ${describeAccounts(newAccounts)}` : ''}`);
}

interface OpenDatabase {
  readonly url: string;
  /** Makes sure that everything the panel needs is in it; gives the demo accounts that were made now. */
  prepare(): Promise<NewAccount[]>;
  /** To be called when the passwords were told. */
  confirm(): Promise<void>;
  /** Throws {@link ProblemsError} where the embedded server is gone, which explains every other error. */
  checkAlive(): Promise<void>;
}

async function openEmbeddedDatabase(parts: AppParts): Promise<OpenDatabase> {
  const { settings, shutdown, terminal, onDatabaseLost } = parts;
  const { dataDir, seedPassword } = settings;
  const { tellStep: onProgress, tellCount: onCount } = terminal;
  const { signal } = shutdown;
  const server = await startEmbeddedServer({ dataDir, onProgress, onLost: onDatabaseLost, signal });
  await shutdown.keep(server, (part) => part.stop());
  return {
    url: server.url(EMBEDDED_SCHEMA),
    prepare: () => prepareEmbeddedStore(server, dataDir, { seedPassword, onProgress, onCount }),
    confirm: () => finishFirstStart(dataDir),
    checkAlive: () => server.checkAlive(),
  };
}

async function openRemoteDatabase(url: string, { terminal }: AppParts): Promise<OpenDatabase> {
  terminal.tellStep('look at the database');
  for (const notice of await checkRemoteStore(url)) terminal.tellNotice(notice);
  return {
    url,
    prepare: async () => [],
    confirm: async () => undefined,
    checkAlive: async () => undefined,
  };
}
