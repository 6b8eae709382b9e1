import { type Problem, ProblemsError } from '../errors.ts';
import { findServer, type ServerProgram } from './find-server.ts';
import { canInstallPackages, installPackages } from './install-packages.ts';

const PACKAGE = 'mariadb-server-core';

/**
 * Installs MariaDB's server program, without its service and its clients, where this process may; throws
 * {@link ProblemsError} that names the choices where it may not.
 */
export async function installServer(onProgress?: (step: string) => void): Promise<ServerProgram> {
  if (!(await canInstallPackages())) throw new ProblemsError([noServer('was found on this machine')]);
  try {
    await installPackages([PACKAGE], onProgress);
  } catch (error) {
    throw new ProblemsError([noServer(`could be installed: ${(error as Error).message}`)]);
  }
  const program = await findServer('mariadb');
  if (!program) throw new ProblemsError([noServer(`was found after installing ${PACKAGE}`)]);
  return program;
}

/** The problem of having no server program, with the three ways out. */
export function noServer(what: string): Problem {
  return {
    code: 'no_database_server',
    where: 'DATABASE_URL',
    message: `is not set, and no database server ${what}.`,
    fix: [
      'Take one of:',
      `     install the server program (on Debian, as root: apt-get install --no-install-recommends ${PACKAGE})`,
      '     start one in docker (docker run -d -p 3306:3306 -e MARIADB_ROOT_PASSWORD=secret -e MARIADB_DATABASE=store mariadb:11.4) and set DATABASE_URL=mysql://root:secret@127.0.0.1:3306/store',
      '     set DATABASE_URL to a schema on a server that you have',
    ].join('\n'),
  };
}
