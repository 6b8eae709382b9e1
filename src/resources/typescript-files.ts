import { readFileSync, statSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';

const SOURCES = new URL('../', import.meta.url).href;
const COMPILED = new URL('../../dist/', import.meta.url).href;
const TYPESCRIPT = /\.[mc]?ts$/;

/** Of Node's two ways to hook into the loading of modules, the newer one is not in Node 20. */
interface ModuleHooks {
  registerHooks?(hooks: { resolve: typeof resolve; load: typeof load }): void;
  register(url: string): void;
}

/**
 * Lets the compiled program import the TypeScript files of the resource folder. What they import of `src` is the
 * compiled module that runs already. To be called before the first of them is loaded.
 */
export function allowTypescriptFiles(): void {
  const { registerHooks, register } = nodeModule as unknown as ModuleHooks;
  // Errors tell the line of the file that was written, not of what Node was given.
  process.setSourceMapsEnabled(true);
  if (registerHooks) registerHooks({ resolve, load });
  else register(`${COMPILED}resources/typescript-files.js`);
}

type Next<Context, Result> = (name: string, context?: Context) => Result;

/** Node's hook: finds TypeScript that is named without its ending, or by that of what it is compiled to. */
export function resolve<Context extends { parentURL?: string }, Result>(
  specifier: string,
  context: Context,
  next: Next<Context, Result>,
): Result {
  const isPath = /^(\.{0,2}\/|file:)/.test(specifier);
  if (!isPath || !context.parentURL?.startsWith('file:')) return next(specifier, context);
  const { href } = new URL(specifier, context.parentURL);
  const found = [href, `${href}.ts`, href.replace(/\.js$/, '.ts')].flatMap(findCompiled).find(isFile);
  return next(found ?? specifier, context);
}

function findCompiled(url: string): string[] {
  const isSource = url.startsWith(SOURCES) && TYPESCRIPT.test(url);
  return isSource ? [COMPILED + url.slice(SOURCES.length).replace(TYPESCRIPT, '.js'), url] : [url];
}

function isFile(url: string): boolean {
  return statSync(fileURLToPath(url), { throwIfNoEntry: false })?.isFile() ?? false;
}

/** Node's hook: strips the types of a TypeScript file. Throws esbuild's error with file, line and column. */
export function load<Context, Result>(
  url: string,
  context: Context,
  next: Next<Context, Result>,
): Result | { format: 'module'; source: string; shortCircuit: true } {
  const path = url.startsWith('file:') ? fileURLToPath(url) : '';
  if (!TYPESCRIPT.test(path)) return next(url, context);
  const options = { loader: 'ts', sourcefile: path, sourcemap: 'inline', target: 'es2022' } as const;
  const { code } = transformSync(readFileSync(path, 'utf8'), { ...options, logLevel: 'silent' });
  return { format: 'module', source: code, shortCircuit: true };
}
