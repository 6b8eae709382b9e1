import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Problem, ProblemsError } from '../errors.ts';
import { findServer, type ServerProgram } from './find-server.ts';
import { installServer } from './install-server.ts';
import { purgeLog } from './log-purge.ts';
import { createPool, type Pool, type PoolConnection, type RowDataPacket } from './pool.ts';
import { createServerData, detectDataFlavour } from './server-data.ts';
import { createServerPlace, readPid, type ServerPlace, socketUrl } from './server-place.ts';
import { isServerAnswering, spawnServer, waitForEnd } from './server-process.ts';

/** A database server of this program's own, reached through a unix socket in a folder closed to others. */
export interface EmbeddedServer {
  /** The address of one of its schemas, there or not. */
  url(schema: string): string;
  /** False if it belongs to another running program, see {@link EmbeddedServerOptions.mayShare}. */
  readonly isOwn: boolean;
  /** Throws {@link ProblemsError} if the server has ended by itself. */
  checkAlive(): Promise<void>;
  /** Stops the server in order and returns when it is gone; leaves another program's alone. */
  stop(): Promise<void>;
}

export interface EmbeddedServerOptions {
  /** Absolute path of the folder that holds everything of the server. */
  readonly dataDir: string;
  /** Told one line for each step. */
  readonly onProgress?: (step: string) => void;
  /** Called if the server ends without {@link EmbeddedServer.stop}. */
  readonly onLost?: (problem: ProblemsError) => void;
  /** Where another running program owns the server, use it alongside instead of refusing. */
  readonly mayShare?: boolean;
  /** Options of the server that come after, and override, our own. */
  readonly extraOptions?: readonly string[];
  /** What is kept of the binary log's files; {@link KEPT_LOG_BYTES} when not told. */
  readonly keptLogBytes?: number;
  /** Ends the preparations early; a server that is starting goes on, to be stopped in order. */
  readonly signal?: AbortSignal;
}

const OWNER_LOCK_TIMEOUT_SECONDS = 2;
/** Some 45,000 orders: many times what a start reads again. */
const KEPT_LOG_BYTES = 128 * 1024 * 1024;
const PURGE_INTERVAL_MS = 60_000;
const LONGEST_WAIT_TIMEOUT_SECONDS = 31_536_000;

/**
 * Starts the server of a data folder, making the folder first if need be; takes over a server that a killed program
 * left behind. Throws {@link ProblemsError} where another running program uses the folder, or the server won't start.
 */
export async function startEmbeddedServer(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  const place = await createServerPlace(options.dataDir);
  if (await isServerAnswering(place.socketPath))
    options.onProgress?.('use the database server that is running');
  else await startServer(place, options);
  const pool = createPool(socketUrl(place.socketPath, ''), { connectionLimit: 1 });
  try {
    const owner = await pool.getConnection();
    if (!(await takeOwnership(owner, place))) {
      if (!options.mayShare) throw new ProblemsError([dataDirInUse(options.dataDir)]);
      return shareServer(place, pool);
    }
    await endOtherSessions(owner);
    await removeDrafts(place);
    return await superviseServer(place, pool, owner, options);
  } catch (error) {
    await pool.end();
    await checkAlive(place);
    throw error;
  }
}

async function startServer(place: ServerPlace, options: EmbeddedServerOptions): Promise<void> {
  const { onProgress, signal } = options;
  const flavour = detectDataFlavour(place.databaseDir);
  onProgress?.('look for a database server');
  const program = await findOrInstallServer(flavour, onProgress);
  signal?.throwIfAborted();
  if (!flavour) {
    onProgress?.(`create an empty database with ${program.path} ${program.version}`);
    await createServerData(program, place.databaseDir);
    signal?.throwIfAborted();
  }
  onProgress?.(`start ${program.path} ${program.version}`);
  await spawnServer(program, place, options.extraOptions ?? []);
}

async function findOrInstallServer(
  flavour: ServerProgram['flavour'] | null,
  onProgress?: (step: string) => void,
): Promise<ServerProgram> {
  const program = await findServer(flavour ?? undefined);
  if (program) return program;
  if (flavour === 'mysql') throw new ProblemsError([MYSQL_IS_GONE]);
  return installServer(onProgress);
}

async function superviseServer(
  place: ServerPlace,
  pool: Pool,
  owner: PoolConnection,
  { onLost, keptLogBytes = KEPT_LOG_BYTES }: EmbeddedServerOptions,
): Promise<EmbeddedServer> {
  const pid = await readPid(place.pidFile);
  let stopped: Promise<void> | undefined;
  await purgeLog(owner, keptLogBytes);
  // One that fails is tried again; a server that is gone tells of itself.
  const purge = () => void purgeLog(owner, keptLogBytes).catch(() => undefined);
  const purging = setInterval(purge, PURGE_INTERVAL_MS).unref();
  owner.on('error', () => undefined);
  owner.on('end', () => {
    if (!stopped) onLost?.(serverLost(place));
  });
  const shutDown = async () => {
    clearInterval(purging);
    await owner.query('SHUTDOWN').catch(() => undefined);
    await pool.end();
    if (pid) await waitForEnd(pid);
    await rm(dirname(place.socketPath), { recursive: true, force: true });
  };
  return {
    isOwn: true,
    url: (schema) => socketUrl(place.socketPath, schema),
    checkAlive: () => checkAlive(place),
    stop: () => {
      stopped ??= shutDown();
      return stopped;
    },
  };
}

function shareServer(place: ServerPlace, pool: Pool): EmbeddedServer {
  return {
    isOwn: false,
    url: (schema) => socketUrl(place.socketPath, schema),
    checkAlive: () => checkAlive(place),
    stop: () => pool.end(),
  };
}

async function checkAlive(place: ServerPlace): Promise<void> {
  if (!(await isServerAnswering(place.socketPath))) throw serverLost(place);
}

function serverLost({ logFile }: ServerPlace): ProblemsError {
  const message = 'the embedded database server ended by itself.';
  const fix = `Read ${logFile}, and start again; what was committed is kept.`;
  return new ProblemsError([{ code: 'embedded_server_lost', where: 'DATA_DIR', message, fix }]);
}

// The lock lives as long as this connection, so a killed program holds it no longer. Another program that gets it at
// the same moment ends our session.
async function takeOwnership(owner: PoolConnection, place: ServerPlace): Promise<boolean> {
  try {
    await owner.query('SET SESSION wait_timeout = ?', [LONGEST_WAIT_TIMEOUT_SECONDS]);
    const [rows] = await owner.query<RowDataPacket[]>(`SELECT GET_LOCK('panel_owner', ?) AS locked`, [
      OWNER_LOCK_TIMEOUT_SECONDS,
    ]);
    return rows[0]?.locked === 1;
  } catch (error) {
    if (await isServerAnswering(place.socketPath)) return false;
    throw error;
  }
}

// A killed program's statements run on in the server, and would write into what we make next.
async function endOtherSessions(owner: PoolConnection): Promise<void> {
  for (;;) {
    const [sessions] = await owner.query<RowDataPacket[]>(
      `SELECT id FROM information_schema.processlist
       WHERE id <> CONNECTION_ID() AND user NOT IN ('system user', 'event_scheduler', 'unauthenticated user')`,
    );
    if (sessions.length === 0) return;
    for (const { id } of sessions) await owner.query('KILL ?', [id]).catch(ignoreUnknownThread);
  }
}

function ignoreUnknownThread(error: { errno?: number }): void {
  if (error.errno !== 1094) throw error;
}

// One that another program is still writing cannot be removed, and goes with the next start.
async function removeDrafts({ databaseDir }: ServerPlace): Promise<void> {
  const parent = dirname(databaseDir);
  const drafts = (await readdir(parent)).filter((name) => name.startsWith(`${basename(databaseDir)}-draft-`));
  const removals = drafts.map((name) => rm(join(parent, name), { recursive: true, force: true }));
  await Promise.allSettled(removals);
}

function dataDirInUse(dataDir: string): Problem {
  return {
    code: 'data_dir_in_use',
    where: 'DATA_DIR',
    message: `${dataDir} is in use by another running copy of this program.`,
    fix: 'Stop that copy, or give this one a DATA_DIR and a PORT of its own.',
  };
}

const MYSQL_IS_GONE: Problem = {
  code: 'no_database_server',
  where: 'DATA_DIR',
  message: 'holds the data of a MySQL server, and no mysqld was found on this machine.',
  fix: 'Install MySQL again, or name another DATA_DIR, or set DATABASE_URL.',
};
