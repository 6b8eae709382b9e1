import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Problem, ProblemsError } from '../errors.ts';
import { findScriptsDir, type ServerProgram } from './find-server.ts';

const SYSTEM_SCRIPTS = ['system_tables', 'performance_tables', 'system_tables_data'];
/** MariaDB 11 and later name them after itself. */
const SCRIPT_PREFIXES = ['mariadb_', 'mysql_'];
// root signs in without a password: nobody else reaches the socket, whose folder is closed to others.
const SYSTEM_PREAMBLE =
  'create database mysql;\nuse mysql;\nset @auth_root_socket=NULL;\nset @skip_auth_anonymous=1;\n';

/** Which kind of server wrote a data folder; null where there is none yet. */
export function detectDataFlavour(dataDir: string): ServerProgram['flavour'] | null {
  if (existsSync(`${dataDir}/aria_log_control`)) return 'mariadb';
  return existsSync(`${dataDir}/mysql.ibd`) ? 'mysql' : null;
}

/**
 * Creates a server's data folder with root's account and no schema of ours. It appears whole or not at all, so a
 * kill on the way, or another program doing the same, leaves nothing to mend.
 */
export async function createServerData(program: ServerProgram, dataDir: string): Promise<void> {
  const parent = dirname(dataDir);
  await mkdir(parent, { recursive: true, mode: 0o700 });
  const draftDir = await mkdtemp(`${dataDir}-draft-`);
  try {
    if (program.flavour === 'mariadb') await bootstrapMariadb(program, draftDir);
    else await runServer(program, draftDir, ['--initialize-insecure']);
    await rename(draftDir, dataDir);
    await syncFolder(parent);
  } catch (error) {
    // Another program was faster, and has tidied our draft away.
    if (!existsSync(dataDir)) throw error;
  } finally {
    await rm(draftDir, { recursive: true, force: true });
  }
}

/** Arguments that every run of a server program begins with. */
export function baseArguments(): string[] {
  return ['--no-defaults', ...(process.getuid?.() === 0 ? ['--user=root'] : [])];
}

/** Makes the names in a folder survive a power cut. */
export async function syncFolder(dir: string): Promise<void> {
  const handle = await open(dir, 'r');
  await handle.sync().finally(() => handle.close());
}

async function bootstrapMariadb(program: ServerProgram, dataDir: string): Promise<void> {
  const scripts = await readSystemScripts(program);
  const statements = SYSTEM_PREAMBLE + scripts.join('\n');
  await runServer(program, dataDir, ['--bootstrap', '--log-warnings=0'], statements);
}

async function readSystemScripts(program: ServerProgram): Promise<string[]> {
  const dir = await findScriptsDir(program);
  const prefix = SCRIPT_PREFIXES.find((prefix) => existsSync(`${dir}${prefix}${SYSTEM_SCRIPTS[0]}.sql`));
  if (prefix === undefined) throw new ProblemsError([scriptsAreGone(program, dir)]);
  return Promise.all(SYSTEM_SCRIPTS.map((name) => readFile(`${dir}${prefix}${name}.sql`, 'utf8')));
}

function scriptsAreGone({ path, version }: ServerProgram, dir: string): Problem {
  return {
    code: 'server_scripts_missing',
    where: path,
    message: `the installation scripts of ${version} are not in ${dir}.`,
    fix: 'Install the package mariadb-server-core whole, or set DATABASE_URL to use another server.',
  };
}

async function runServer(
  program: ServerProgram,
  dataDir: string,
  options: readonly string[],
  input = '',
): Promise<void> {
  // Not the machine's /tmp: a server that starts deletes the temporary tables there, which may crash the one that uses them.
  const folders = [`--datadir=${dataDir}`, `--tmpdir=${dataDir}`];
  const child = spawn(program.path, [...baseArguments(), ...folders, ...options], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let output = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output = (output + text).slice(-4000);
  });
  // A server that stops early closes its input; its exit code tells.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [code] = await once(child, 'close');
  if (code !== 0)
    throw new Error(`${program.path} could not create its data folder (exit code ${code}):\n${output}`);
}
