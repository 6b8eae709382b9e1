import './adminjs-environment.ts';
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import AdminJS from 'adminjs';
import { componentsBundler, generateUserComponentEntry } from 'adminjs/bundler';
import { BUNDLE_DIR } from './adminjs-environment.ts';
import { createComponentLoader } from './component-loader.ts';

const SOURCE_DIR = fileURLToPath(new URL('../ui', import.meta.url));
const HASH_FILE = join(BUNDLE_DIR, 'source-hash');

/** Bundles the components of src/ui for browsers. Throws what the bundler throws. */
export async function buildBundle(): Promise<void> {
  const hash = await hashSources();
  const admin = new AdminJS({ componentLoader: createComponentLoader() });
  await componentsBundler.createEntry({ content: generateUserComponentEntry(admin, BUNDLE_DIR) });
  await componentsBundler.build();
  await writeFile(HASH_FILE, hash);
}

/** Bundles them again only where src/ui is not what the last bundle was made of. */
export async function ensureBundle(): Promise<void> {
  const built = await readFile(HASH_FILE, 'utf8').catch(() => null);
  if (built !== (await hashSources())) await buildBundle();
}

async function hashSources(): Promise<string> {
  const files = await readdir(SOURCE_DIR, { recursive: true, withFileTypes: true });
  const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
  const hash = createHash('sha256').update(AdminJS.VERSION);
  for (const path of paths.sort()) hash.update(path.slice(SOURCE_DIR.length)).update(await readFile(path));
  return hash.digest('hex');
}
