import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the folder that is served as it is. */
export const PUBLIC_DIR = fileURLToPath(new URL('../../public', import.meta.url));

/**
 * The address of a file in `public/` with a hash of its content as `v`, so that it may be cached for ever:
 * `/brand/logo.svg` → `/brand/logo.svg?v=1f0c…`. Throws where there is no such file.
 */
export function createAssetUrl(path: string): string {
  const hash = createHash('sha256').update(readFileSync(join(PUBLIC_DIR, path)));
  return `${path}?v=${hash.digest('hex').slice(0, 12)}`;
}
