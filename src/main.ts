import './panel/adminjs-environment.ts';
import type { AppParts } from './app.ts';
import { type Command, decodeCommandLine } from './command-line.ts';
import { loadSettings } from './settings.ts';
import { createShutdown } from './shutdown.ts';
import { createTerminal } from './terminal.ts';

// Else esbuild keeps a thread and a process, for the few files that are compiled at the start.
process.env.ESBUILD_WORKER_THREADS = '0';

const LAST_STEP_LIMIT_MS = 10_000;
const ONE_KEYSTROKE_MS = 1_000;
const INTERRUPTED = 130;
/** They run until they are told to end. */
const RUNNING_COMMANDS: ReadonlySet<Command['name']> = new Set(['start', 'demo']);

const terminal = createTerminal();
const shutdown = createShutdown();
let endingSince: number | null = null;
let isStopTold = false;

// Each command loads its own parts: the panel's take a second that a migration need not wait. Null: it runs on.
async function run(command: Command): Promise<number | null> {
  if (command.name === 'build') {
    terminal.tellStep('bundle the screens for browsers');
    await (await import('./panel/build-bundle.ts')).buildBundle();
    await (await import('./http/live-board-bundle.ts')).buildLiveBoard();
    return 0;
  }
  const parts = { settings: loadSettings(process.env), terminal, shutdown };
  terminal.tellStep('load the program');
  if (command.name === 'demo') {
    const { checkDemoTarget, startDemo } = await import('./demo/start-demo.ts');
    checkDemoTarget(parts.settings.databaseUrl, command.mayWriteTo);
    const url = await startPanel(parts);
    const { ordersPerMinute } = command;
    const onFault = (error: unknown) => void end(1, error);
    const demo = await startDemo({ url, ordersPerMinute, onProgress: terminal.tellNotice, onFault });
    await shutdown.keep(demo, (part) => part.stop());
    return null;
  }
  if (command.name === 'start') {
    await startPanel(parts);
    return null;
  }
  const { runMaintenance } = await import('./maintenance.ts');
  return runMaintenance(command, parts);
}

/** Returns the address of the panel's database. */
async function startPanel(parts: Omit<AppParts, 'onDatabaseLost'>): Promise<string> {
  const { startApp } = await import('./app.ts');
  (await import('./resources/typescript-files.ts')).allowTypescriptFiles();
  return startApp({ ...parts, onDatabaseLost: (problem) => void end(1, problem) });
}

/** Stops everything and leaves. */
async function end(exitCode: number, error?: unknown): Promise<void> {
  if (endingSince !== null) return;
  endingSince = Date.now();
  if (error) terminal.tellError(error);
  await shutdown.run().catch(terminal.tellError);
  // What was under way fails now that its parts are gone, and must not start another.
  const limit = new Promise((resolve) => setTimeout(resolve, LAST_STEP_LIMIT_MS));
  await Promise.race([running.catch(() => undefined), limit]);
  if (isStopTold) terminal.tellNotice('stopped');
  process.exit(exitCode);
}

// A person who asks twice does not want to wait; a server left behind is found by the next start. The second of two
// signals at once is npm's, which passes on the one that the terminal sent to both.
function endBySignal(exitCode: number): void {
  if (endingSince !== null && Date.now() - endingSince > ONE_KEYSTROKE_MS) process.exit(INTERRUPTED);
  if (endingSince === null) {
    isStopTold = true;
    terminal.tellStep('stopping…');
  }
  void end(exitCode);
}

process.on('uncaughtException', (error) => void end(1, error));
const running = Promise.resolve().then(async () => {
  const command = decodeCommandLine(process.argv.slice(2));
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => endBySignal(RUNNING_COMMANDS.has(command.name) ? 0 : INTERRUPTED));
  return run(command);
});
running.then(
  (exitCode) => (exitCode === null ? undefined : end(exitCode)),
  (error: unknown) => end(1, error),
);
