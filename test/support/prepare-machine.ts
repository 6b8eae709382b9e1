import { existsSync } from 'node:fs';
import { findServer } from '../../src/database/find-server.ts';
import { canInstallPackages, installPackages } from '../../src/database/install-packages.ts';

/** Installs what the tests need of the machine and a fresh Debian lacks: a database server and a browser. */
const missing = [
  ...((await findServer()) ? [] : ['mariadb-server-core']),
  ...(existsSync('/usr/bin/chromium') ? [] : ['chromium']),
];
if (missing.length > 0 && !(await canInstallPackages())) {
  console.error(`The tests need ${missing.join(' and ')}: as root, apt-get install ${missing.join(' ')}`);
  process.exit(1);
}
if (missing.length > 0) await installPackages(missing, console.error);
