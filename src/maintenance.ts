import { runAccountTask } from './account-command.ts';
import type { AccountTask, Command } from './command-line.ts';
import { startEmbeddedServer } from './database/embedded-server.ts';
import { migrate, settleMigration } from './database/migrate.ts';
import { createPool } from './database/pool.ts';
import { examine, examineProxySettings } from './doctor/examine.ts';
import { formatFindings } from './doctor/format-findings.ts';
import { EMBEDDED_SCHEMA, isFirstStart, prepareEmbeddedStore } from './embedded-store.ts';
import { type Problem, ProblemsError } from './errors.ts';
import { createDemoAccounts, type FillOptions, fillStore } from './fill-store.ts';
import { finishFirstStart } from './first-start.ts';
import type { NewAccount } from './http/demo-accounts.ts';
import { runReconcile } from './orders/reconcile-stock.ts';
import { checkMigrated, checkReachable } from './remote-store.ts';
import type { Settings } from './settings.ts';
import type { Shutdown } from './shutdown.ts';
import { describeAccounts, describePasswords, type Terminal } from './terminal.ts';

interface Surroundings {
  readonly settings: Settings;
  readonly shutdown: Shutdown;
  readonly terminal: Terminal;
}

/** Runs a command that comes to an end by itself, and returns its exit code; throws ProblemsError. */
export async function runMaintenance(
  command: Exclude<Command, { name: 'start' | 'demo' | 'build' }>,
  surroundings: Surroundings,
): Promise<number> {
  // What cannot be reached is a finding, too.
  if (command.name === 'doctor')
    return runDoctor(surroundings.settings.databaseUrl ?? (await openDatabase(surroundings)), surroundings);
  const url = await openDatabase(surroundings);
  switch (command.name) {
    case 'migrate':
      await runMigrate(command, url, surroundings);
      return 0;
    case 'seed':
      await runSeed(command, url, surroundings);
      return 0;
    case 'account':
      await runAccount(command.task, url, surroundings);
      return 0;
    case 'stock:reconcile':
      return reconcile(url, surroundings);
  }
}

async function runMigrate(
  { panelOnly, settle }: Extract<Command, { name: 'migrate' }>,
  url: string,
  { terminal }: Surroundings,
): Promise<void> {
  if (settle) {
    await settleMigration(url, settle.migration, settle.as);
    terminal.tellResult(`${settle.migration}: ${settle.as}`);
    return;
  }
  const folders = panelOnly ? (['panel'] as const) : undefined;
  const names = await migrate(url, { folders, onProgress: terminal.tellStep });
  terminal.tellResult(names.length > 0 ? `migrated: ${names.join(', ')}` : 'no migration is due');
}

async function runSeed(
  { accountsOnly, orders }: Extract<Command, { name: 'seed' }>,
  url: string,
  surroundings: Surroundings,
): Promise<void> {
  const { settings, terminal } = surroundings;
  // On another database than the demo's own, nobody shall find accounts that he did not ask for.
  const makesAccounts = settings.seedPassword !== null || settings.databaseUrl === null;
  if (accountsOnly && !makesAccounts) throw new ProblemsError([SEED_PASSWORD_MISSING]);
  await checkMigrated(url, accountsOnly ? ['panel'] : undefined);
  if (!accountsOnly) await fillStore(url, { ...fillOptions(surroundings), orders });
  if (makesAccounts) tellAccounts(terminal, await createDemoAccounts(url, settings.seedPassword));
  else terminal.tellResult(`no demo accounts were made; ${SEED_PASSWORD_MISSING.fix}`);
}

const SEED_PASSWORD_MISSING: Problem = {
  code: 'seed_password_missing',
  where: 'SEED_PASSWORD',
  message: 'is not set: on this database the demo accounts get no password by themselves.',
  fix: 'Set SEED_PASSWORD for the three demo accounts, or make your own: `npm run account -- add EMAIL --role admin`.',
};

function tellAccounts(terminal: Terminal, newAccounts: readonly NewAccount[]): void {
  for (const line of [...describePasswords(newAccounts), describeAccounts(newAccounts)])
    terminal.tellResult(line);
}

async function runAccount(task: AccountTask, url: string, { terminal }: Surroundings): Promise<void> {
  await checkMigrated(url, ['panel']);
  const pool = createPool(url);
  const lines = await runAccountTask(pool, task).finally(() => pool.end());
  for (const line of lines) terminal.tellResult(line);
}

async function reconcile(url: string, { terminal }: Surroundings): Promise<number> {
  await checkMigrated(url);
  const pool = createPool(url);
  return runReconcile(pool, terminal.tellResult).finally(() => pool.end());
}

async function runDoctor(url: string, { settings, terminal }: Surroundings): Promise<number> {
  const findings = [examineProxySettings(settings), ...(await examine(url))];
  terminal.tellResult(formatFindings(findings));
  return findings.some(({ verdict }) => verdict === 'wrong') ? 1 : 0;
}

async function openDatabase(surroundings: Surroundings): Promise<string> {
  const { settings, shutdown, terminal } = surroundings;
  if (settings.databaseUrl) {
    await checkReachable(settings.databaseUrl);
    return settings.databaseUrl;
  }
  const { dataDir } = settings;
  const options = { dataDir, mayShare: true, onProgress: terminal.tellStep, signal: shutdown.signal };
  const server = await startEmbeddedServer(options);
  await shutdown.keep(server, (part) => part.stop());
  if (server.isOwn && (await isFirstStart(server, dataDir))) {
    const { seedPassword } = settings;
    const options = { ...fillOptions(surroundings), seedPassword };
    tellAccounts(terminal, await prepareEmbeddedStore(server, dataDir, options));
    await finishFirstStart(dataDir);
  }
  return server.url(EMBEDDED_SCHEMA);
}

function fillOptions({ terminal }: Surroundings): FillOptions {
  return { onProgress: terminal.tellStep, onCount: terminal.tellCount };
}
