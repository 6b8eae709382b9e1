import { createHash, randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { type Bundle, build, ensureBuilt } from '../panel/ensure-built.ts';

const ENTRY = fileURLToPath(new URL('../ui/wallboard/main.tsx', import.meta.url));
const BUNDLE_DIR = fileURLToPath(new URL('../../build/live-board', import.meta.url));

/** Browsers of televisions are seldom new. */
const TARGET = 'chrome110';

const LIVE_BOARD_BUNDLE: Bundle = {
  dir: BUNDLE_DIR,
  toolVersion: `esbuild ${esbuild.version} ${TARGET}`,
  build: async () => {
    const { outputFiles } = await esbuild.build({
      entryPoints: { board: ENTRY },
      outdir: BUNDLE_DIR,
      bundle: true,
      minify: true,
      format: 'iife',
      target: TARGET,
      define: { 'process.env.NODE_ENV': '"production"' },
      // The stylesheet names the site's own fonts.
      external: ['/fonts/*', '/brand/*'],
      legalComments: 'none',
      logLevel: 'silent',
      write: false,
    });
    for (const { path, contents } of outputFiles) await replaceFile(path, contents);
  },
};

/** Whoever reads it meanwhile gets the whole of the old file or of the new one. */
async function replaceFile(path: string, contents: Uint8Array): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, contents);
  await rename(draft, path);
}

/** Bundles the wallboard's script and styles for browsers. Throws what the bundler throws. */
export const buildLiveBoard = (): Promise<void> => build(LIVE_BOARD_BUNDLE);

/** The wallboard's files, bundled again where src/ui is not what they were made of. */
export interface LiveBoardFiles {
  readonly dir: string;
  /** Differs from that of any other files. */
  readonly version: string;
}

export async function loadLiveBoardFiles(): Promise<LiveBoardFiles> {
  await ensureBuilt(LIVE_BOARD_BUNDLE);
  const hash = createHash('sha256');
  for (const name of ['board.js', 'board.css']) hash.update(await readFile(join(BUNDLE_DIR, name)));
  return { dir: BUNDLE_DIR, version: hash.digest('hex').slice(0, 12) };
}
