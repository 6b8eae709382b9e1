import { startEmbeddedServer } from './database/embedded-server.ts';
import { createPool, type Pool } from './database/pool.ts';
import { prepareEmbeddedStore } from './embedded-store.ts';
import { finishFirstStart } from './first-start.ts';
import { findAccountByEmail } from './http/accounts.ts';
import { DEMO_ACCOUNTS } from './http/demo-accounts.ts';
import { openListener } from './http/listener.ts';
import { createLogger } from './http/logger.ts';
import { checkRemoteStore } from './remote-store.ts';
import type { Settings } from './settings.ts';
import type { Shutdown } from './shutdown.ts';
import { describeAccounts, type Terminal } from './terminal.ts';

export interface AppParts {
  readonly settings: Settings;
  readonly terminal: Terminal;
  /** Is given every part that runs, and stops them. */
  readonly shutdown: Shutdown;
  /** Called if the embedded server ends by itself: nothing works any more. */
  readonly onDatabaseLost: () => void;
}

/** Builds every part from the settings; returns when browsers are served. Throws ProblemsError. */
export async function startApp(parts: AppParts): Promise<void> {
  const { settings, shutdown, terminal } = parts;
  const listener = await openListener(settings.host, settings.port);
  await shutdown.keep(listener, (part) => part.stop());
  // A second or more of loading, which the database server uses to come up.
  const loading = import('./website.ts');
  const store = await (settings.databaseUrl
    ? openRemoteStore(settings.databaseUrl, terminal)
    : openEmbeddedStore(parts));
  const pool = await shutdown.keep(createPool(store.url), (part) => part.end());
  terminal.tellStep('draw the screens');
  const { createWebsite } = await loading;
  const website = await createWebsite({ settings, pool, logger: createLogger(settings.logLevel) });
  await shutdown.keep(website, (part) => part.stop());
  listener.serve(website.app);
  const origin = settings.publicUrl ?? `http://localhost:${listener.port}`;
  terminal.tellResult(
    `ready ${origin}/admin  ${await describeSignIn(pool, store.generatedPassword)}`.trimEnd(),
  );
  await store.confirm();
}

interface OpenStore {
  readonly url: string;
  readonly generatedPassword: string | null;
  /** To be called when the password was told. */
  confirm(): Promise<void>;
}

async function openEmbeddedStore({
  settings,
  shutdown,
  terminal,
  onDatabaseLost,
}: AppParts): Promise<OpenStore> {
  const { dataDir, seedPassword } = settings;
  const { tellStep: onProgress, tellCount: onCount } = terminal;
  const { signal } = shutdown;
  const server = await startEmbeddedServer({ dataDir, onProgress, onLost: onDatabaseLost, signal });
  await shutdown.keep(server, (part) => part.stop());
  const store = await prepareEmbeddedStore(server, dataDir, { seedPassword, onProgress, onCount });
  return { ...store, confirm: () => finishFirstStart(dataDir) };
}

async function openRemoteStore(url: string, terminal: Terminal): Promise<OpenStore> {
  for (const notice of await checkRemoteStore(url)) terminal.tellStep(notice);
  return { url, generatedPassword: null, confirm: async () => undefined };
}

async function describeSignIn(pool: Pool, generatedPassword: string | null): Promise<string> {
  const demoAccount = await findAccountByEmail(pool, DEMO_ACCOUNTS[0].email);
  return demoAccount ? describeAccounts(generatedPassword) : '';
}
