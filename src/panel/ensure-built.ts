import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Something for browsers that is made of the sources in `src/ui`. */
export interface Bundle {
  /** The folder of what is made. */
  readonly dir: string;
  /** Of what makes it. */
  readonly toolVersion: string;
  /** Throws what the bundler throws. */
  build(): Promise<void>;
}

const SOURCE_DIR = fileURLToPath(new URL('../ui', import.meta.url));

export async function build({ dir, toolVersion, build }: Bundle): Promise<void> {
  const hash = await hashSources(toolVersion);
  await mkdir(dir, { recursive: true });
  await build();
  await writeFile(hashFile(dir), hash);
}

/** Builds only where the sources or the tool are not what the last build was made of. */
export async function ensureBuilt(bundle: Bundle): Promise<void> {
  const built = await readFile(hashFile(bundle.dir), 'utf8').catch(() => null);
  if (built !== (await hashSources(bundle.toolVersion))) await build(bundle);
}

function hashFile(dir: string): string {
  return join(dir, 'source-hash');
}

async function hashSources(toolVersion: string): Promise<string> {
  const files = await readdir(SOURCE_DIR, { recursive: true, withFileTypes: true });
  const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
  const hash = createHash('sha256').update(toolVersion);
  for (const path of paths.sort()) hash.update(path.slice(SOURCE_DIR.length)).update(await readFile(path));
  return hash.digest('hex');
}
