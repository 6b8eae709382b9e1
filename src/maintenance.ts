import type { Command } from './command-line.ts';
import { startEmbeddedServer } from './database/embedded-server.ts';
import { migrate, settleMigration } from './database/migrate.ts';
import { createPool } from './database/pool.ts';
import { examine } from './doctor/examine.ts';
import { formatFindings } from './doctor/format-findings.ts';
import { EMBEDDED_SCHEMA, isFirstStart, prepareEmbeddedStore } from './embedded-store.ts';
import { createDemoAccounts, type FillOptions, fillStore } from './fill-store.ts';
import { finishFirstStart } from './first-start.ts';
import { runReconcile } from './orders/reconcile-stock.ts';
import { checkMigrated, checkReachable } from './remote-store.ts';
import type { Settings } from './settings.ts';
import type { Shutdown } from './shutdown.ts';
import { describeAccounts, type Terminal } from './terminal.ts';

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
  await checkMigrated(url, accountsOnly ? ['panel'] : undefined);
  const options = { ...fillOptions(surroundings), orders };
  const password = accountsOnly
    ? await createDemoAccounts(url, options.seedPassword)
    : await fillStore(url, options);
  surroundings.terminal.tellResult(describeAccounts(password));
}

async function reconcile(url: string, { terminal }: Surroundings): Promise<number> {
  await checkMigrated(url);
  const pool = createPool(url);
  return runReconcile(pool, terminal.tellResult).finally(() => pool.end());
}

async function runDoctor(url: string, { terminal }: Surroundings): Promise<number> {
  const findings = await examine(url);
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
    const generatedPassword = await prepareEmbeddedStore(server, dataDir, fillOptions(surroundings));
    terminal.tellResult(describeAccounts(generatedPassword));
    await finishFirstStart(dataDir);
  }
  return server.url(EMBEDDED_SCHEMA);
}

function fillOptions({ settings, terminal }: Surroundings): FillOptions {
  return {
    seedPassword: settings.seedPassword,
    onProgress: terminal.tellStep,
    onCount: terminal.tellCount,
  };
}
