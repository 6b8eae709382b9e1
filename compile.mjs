// Compiles src/ and the packages that it uses into dist/, so that the program starts in a fraction of the time and the
// memory, without a TypeScript loader, and without node_modules but for what is named below. Where dist/ was made of
// these very sources, nothing is done.
import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('.', import.meta.url));
const SOURCE_DIR = join(ROOT, 'src');
const OUTPUT_DIR = join(ROOT, 'dist');
const HASH_FILE = join(OUTPUT_DIR, 'source-hash');

/** With a native part, or needed where browsers' files are built alone. */
const KEPT_OUT = ['@node-rs/argon2', 'esbuild', 'adminjs/bundler'];
/** Drivers of other databases, which knex asks for by name and nobody installs. */
const NOT_INSTALLED = ['better-sqlite3', 'mysql', 'oracledb', 'pg', 'pg-query-stream', 'sqlite3', 'tedious'];

async function compile(sources, hash) {
  console.error('compile the program');
  const draftDir = `${OUTPUT_DIR}-draft-${process.pid}`;
  await build({
    // Every module by its own name, since the files of the resource folder import them.
    entryPoints: sources,
    outbase: SOURCE_DIR,
    outdir: draftDir,
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // AdminJS tells its own class by the name.
    keepNames: true,
    external: [...KEPT_OUT, ...NOT_INSTALLED],
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
    plugins: [leaveOutBundlers, keepPlaces],
    logLevel: 'warning',
  });
  await writeFile(join(draftDir, 'source-hash'), hash);
  await rm(OUTPUT_DIR, { recursive: true, force: true });
  await rename(draftDir, OUTPUT_DIR);
}

async function hashSources(sources) {
  const sum = createHash('sha256').update(ROOT);
  const others = ['compile.mjs', 'package-lock.json'].map((name) => join(ROOT, name));
  for (const path of [...others, ...sources]) sum.update(path).update(await readFile(path));
  return sum.digest('hex');
}

/** AdminJS loads Rollup and Babel at every start, for bundles that `npm run build` has made. */
const leaveOutBundlers = {
  name: 'leave-out-bundlers',
  setup({ onLoad }) {
    onLoad({ filter: /adminjs[\\/]lib[\\/]backend[\\/]bundler[\\/]\w+\.bundler\.js$/ }, () => ({
      contents: 'export default null;',
    }));
  },
};

/** A module finds the files beside it from where it lies as a source, wherever its compiled text has gone. */
const keepPlaces = {
  name: 'keep-places',
  setup({ onLoad }) {
    onLoad({ filter: /\.(m?js|ts)$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      if (!text.includes('import.meta.url')) return undefined;
      const place = JSON.stringify(pathToFileURL(path).href);
      return {
        contents: text.replaceAll('import.meta.url', place),
        loader: path.endsWith('.ts') ? 'ts' : 'js',
      };
    });
  },
};

const sources = (await readdir(SOURCE_DIR, { recursive: true, withFileTypes: true }))
  .filter(({ name }) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
  .map(({ parentPath, name }) => join(parentPath, name))
  .sort();

const hash = await hashSources(sources);
const isCompiled = async () => (await readFile(HASH_FILE, 'utf8').catch(() => null)) === hash;
if (!(await isCompiled())) await compile(sources, hash);
