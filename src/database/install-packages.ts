import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, constants } from 'node:fs/promises';

/** Whether this process may install Debian packages: it is root, and there is apt-get. */
export async function canInstallPackages(): Promise<boolean> {
  if (process.getuid?.() !== 0) return false;
  return access('/usr/bin/apt-get', constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** Installs Debian packages without their recommendations; throws with apt-get's own words where that fails. */
export async function installPackages(
  names: readonly string[],
  onProgress?: (step: string) => void,
): Promise<void> {
  onProgress?.('apt-get update');
  await runAptGet(['update', '-q']);
  onProgress?.(`apt-get install ${names.join(' ')}`);
  await runAptGet(['install', '-yq', '--no-install-recommends', ...names]);
}

async function runAptGet(options: readonly string[]): Promise<void> {
  const child = spawn('env', ['DEBIAN_FRONTEND=noninteractive', 'apt-get', ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-4000);
    });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`apt-get ${options[0]} ended with exit code ${code}:\n${output}`);
}
