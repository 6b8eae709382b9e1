import { createHash } from 'node:crypto';
import { access, constants, mkdir, readFile, stat } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { ProblemsError } from '../errors.ts';

// The kernel's limit for a socket's path is 108 bytes on Linux and 104 elsewhere, with the closing zero.
const MAX_SOCKET_PATH_BYTES = 103;

/** Where the embedded server keeps its files, all absolute paths. */
export interface ServerPlace {
  /** The server's own data folder. */
  readonly databaseDir: string;
  readonly socketPath: string;
  readonly pidFile: string;
  readonly logFile: string;
  /** The server's own temporary files: a MariaDB server that starts deletes those it finds, whosesoever they are. */
  readonly tempDir: string;
}

/** Creates the folders around the embedded server, closed to other people; throws {@link ProblemsError}. */
export async function createServerPlace(dataDir: string): Promise<ServerPlace> {
  const runDir = chooseRunDir(dataDir);
  const tempDir = join(dataDir, 'tmp');
  try {
    await mkdir(tempDir, { recursive: true, mode: 0o700 });
    await access(dataDir, constants.W_OK);
    await mkdir(runDir, { recursive: true, mode: 0o700 });
    if ((await stat(runDir)).uid !== userInfo().uid) throw new Error(`${runDir} belongs to another user`);
  } catch (error) {
    const fix =
      'Set DATA_DIR to a folder that this user may write to, or DATABASE_URL to use another server.';
    throw new ProblemsError([
      { code: 'data_dir_unusable', where: 'DATA_DIR', message: (error as Error).message, fix },
    ]);
  }
  return {
    databaseDir: join(dataDir, 'database'),
    socketPath: join(runDir, 'server.sock'),
    pidFile: join(runDir, 'server.pid'),
    logFile: join(dataDir, 'server.log'),
    tempDir,
  };
}

/** The address of a schema on the server at a socket. */
export function socketUrl(socketPath: string, schema: string): string {
  return `mysql://root@localhost/${encodeURIComponent(schema)}?socketPath=${encodeURIComponent(socketPath)}`;
}

/** Reads the process id that a server wrote, or null. */
export async function readPid(pidFile: string): Promise<number | null> {
  const text = await readFile(pidFile, 'utf8').catch(() => '');
  return Number.parseInt(text, 10) || null;
}

/** Whether a process runs; one that ended and was not yet collected by its parent does not. */
export async function isProcessRunning(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return !/^\d+ \(.*\) [ZX]/s.test(status);
}

function chooseRunDir(dataDir: string): string {
  const beside = join(dataDir, 'run');
  if (Buffer.byteLength(join(beside, 'server.sock')) <= MAX_SOCKET_PATH_BYTES) return beside;
  const hash = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  return join(tmpdir(), `galactic-store-${userInfo().uid}-${hash}`);
}
