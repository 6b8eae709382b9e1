import { type ChildProcess, spawn } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { ProblemsError } from '../errors.ts';
import type { ServerProgram } from './find-server.ts';
import { baseArguments } from './server-data.ts';
import { isProcessRunning, readPid, type ServerPlace } from './server-place.ts';

const POLL_MS = 20;
const START_TIMEOUT_MS = 300_000;
const STOP_TIMEOUT_MS = 60_000;
const BINLOG_KEPT_SECONDS = 7 * 24 * 3600;
/** A start reads the newest files again, so that browsers go on from where they were. */
const BINLOG_FILE_BYTES = 2 * 1024 * 1024;

/**
 * Starts a server that outlives this process, and returns when it answers at its socket: the new one, or another one
 * that had the data folder open. Throws {@link ProblemsError} with the server's own words if it stops instead.
 */
export async function spawnServer(
  program: ServerProgram,
  place: ServerPlace,
  extraOptions: readonly string[],
): Promise<void> {
  const child = await launch(program, place, extraOptions);
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!(await isServerAnswering(place.socketPath))) {
    if (hasEnded(child)) throw await serverStopped(program, place);
    if (Date.now() > deadline) throw await serverStopped(program, place);
    await delay(POLL_MS);
  }
  // Another server holds the data folder; ours waits for its lock in vain, having changed nothing.
  const servingPid = await readPid(place.pidFile);
  if (servingPid !== null && servingPid !== child.pid) child.kill('SIGKILL');
  child.unref();
}

/** Whether a server greets at a socket. */
export async function isServerAnswering(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('data', () => settle(true));
    socket.once('error', () => settle(false));
    socket.once('close', () => settle(false));
  });
}

/** Waits until a process is gone; throws when that takes longer than a minute. */
export async function waitForEnd(pid: number): Promise<void> {
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  while (await isProcessRunning(pid)) {
    if (Date.now() > deadline) throw new Error(`The database server (process ${pid}) does not stop.`);
    await delay(POLL_MS);
  }
}

async function launch(
  program: ServerProgram,
  place: ServerPlace,
  extraOptions: readonly string[],
): Promise<ChildProcess> {
  const log = await open(place.logFile, 'a', 0o600);
  try {
    const options = [...baseArguments(), ...serverOptions(program, place), ...extraOptions];
    // Detached: Ctrl-C in the terminal must reach the program alone, which then stops its server in order.
    const child = spawn(program.path, options, { detached: true, stdio: ['ignore', log.fd, log.fd] });
    await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject));
    return child;
  } finally {
    await log.close();
  }
}

function serverOptions({ flavour }: ServerProgram, place: ServerPlace): string[] {
  return [
    `--datadir=${place.databaseDir}`,
    `--socket=${place.socketPath}`,
    `--pid-file=${place.pidFile}`,
    `--log-error=${place.logFile}`,
    `--tmpdir=${place.tempDir}`,
    '--skip-networking',
    '--character-set-server=utf8mb4',
    '--collation-server=utf8mb4_unicode_520_ci',
    '--server-id=1',
    '--log-bin=binlog',
    '--binlog-format=ROW',
    '--binlog-row-image=FULL',
    '--binlog-row-metadata=FULL',
    `--binlog-expire-logs-seconds=${BINLOG_KEPT_SECONDS}`,
    `--max-binlog-size=${BINLOG_FILE_BYTES}`,
    ...(flavour === 'mysql' ? ['--mysqlx=OFF', '--secure-file-priv=NULL'] : []),
  ];
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function serverStopped(program: ServerProgram, place: ServerPlace): Promise<ProblemsError> {
  const lines = (await readFile(place.logFile, 'utf8')).trimEnd().split('\n').slice(-40);
  const errors = lines.filter((line) => line.includes('[ERROR]')).slice(-5);
  return new ProblemsError([
    {
      code: 'embedded_server_stopped',
      where: program.path,
      message: `the embedded database server (${program.version}) did not start:\n${errors.join('\n')}`,
      fix: `Read ${place.logFile}. DATABASE_URL uses another server instead.`,
    },
  ]);
}
