import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** A database server program on this machine. */
export interface ServerProgram {
  /** A path, or a name that the search path resolves. */
  readonly path: string;
  readonly flavour: 'mariadb' | 'mysql';
  /** As `--version` prints it, such as `10.11.19-MariaDB`. */
  readonly version: string;
}

const NAMES = ['mariadbd', 'mysqld'];
// The empty folder stands for the search path; servers often lie outside an ordinary person's.
const DIRS = [
  '',
  '/usr/sbin/',
  '/usr/libexec/',
  '/usr/local/sbin/',
  '/usr/local/mysql/bin/',
  '/opt/homebrew/bin/',
];

const run = promisify(execFile);

/** Finds a server program of the wanted kind (any kind, MariaDB first, when not told), or null. */
export async function findServer(flavour?: ServerProgram['flavour']): Promise<ServerProgram | null> {
  for (const path of NAMES.flatMap((name) => DIRS.map((dir) => dir + name))) {
    const program = await identify(path);
    if (program && (!flavour || program.flavour === flavour)) return program;
  }
  return null;
}

/** The folder of a MariaDB server's installation scripts, with a trailing slash. */
export async function findScriptsDir(program: ServerProgram): Promise<string> {
  const { stdout } = await run(program.path, ['--no-defaults', '--verbose', '--help'], {
    maxBuffer: 8 << 20,
  });
  const charsetsDir = /^character-sets-dir\s+(\S.*?)\s*$/m.exec(stdout)?.[1];
  return charsetsDir?.replace(/charsets\/?$/, '') ?? '/usr/share/mysql/';
}

async function identify(path: string): Promise<ServerProgram | null> {
  try {
    const { stdout } = await run(path, ['--no-defaults', '--version']);
    const version = /Ver (\S+)/.exec(stdout)?.[1];
    return version ? { path, flavour: /mariadb/i.test(stdout) ? 'mariadb' : 'mysql', version } : null;
  } catch {
    return null;
  }
}
