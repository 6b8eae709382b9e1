import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Table } from '../database/table.ts';
import { ProblemsError } from '../errors.ts';
import { checkResources } from './check.ts';
import { checkWallboard } from './check-wallboard.ts';
import { decodeResourceConfig } from './decode.ts';
import type { ResourceConfig } from './define.ts';
import type { DashboardConfig } from './define-dashboard.ts';
import type { ResourceProblem } from './problem-code.ts';
import { resolveResources } from './resolve.ts';
import type { Resource } from './resource.ts';

/** What the files of the resource folder export by default, unread. */
export interface ResourceFiles {
  readonly configs: readonly { readonly file: string; readonly config: unknown }[];
  readonly problems: readonly ResourceProblem[];
}

/**
 * Runs every .ts, .js and .mjs file directly in `dir`, but the dashboard's, and takes its default export. A file that
 * cannot be run is a problem; a folder that does not exist holds no files. TypeScript needs
 * {@link allowTypescriptFiles}.
 */
export async function loadResourceFiles(dir: string): Promise<ResourceFiles> {
  const names = (await findFiles(dir)).filter((name) => !isDashboard(name));
  return loadFiles(dir, names);
}

/**
 * Reads the resource folder and resolves it against the schema; throws {@link ProblemsError} with all that is wrong.
 * `panelScreens` shape tables of the panel's own, which no file may.
 */
export async function loadResources(
  dir: string,
  tables: readonly Table[],
  panelScreens: readonly ResourceConfig[] = [],
): Promise<Resource[]> {
  const { configs, problems } = await loadResourceFiles(dir);
  const decoded = configs.map(({ file, config }) => ({ file, ...decodeResourceConfig(file, config) }));
  const files = decoded.flatMap(({ file, config }) => (config ? [{ file, config }] : []));
  const allProblems = [
    ...problems,
    ...decoded.flatMap((entry) => entry.problems),
    ...checkResources(files, tables),
  ];
  if (allProblems.length > 0) throw new ProblemsError(allProblems);
  return resolveResources(tables, [...files.map(({ config }) => config), ...panelScreens]);
}

/** Reads the home page from `dashboard.ts` of the resource folder; null where there is none. */
export async function loadDashboard(dir: string, tables: readonly Table[]): Promise<DashboardConfig | null> {
  const { configs, problems } = await loadFiles(dir, (await findFiles(dir)).filter(isDashboard));
  const allProblems = [
    ...problems,
    ...configs.flatMap(({ file, config }) =>
      isDashboardConfig(config) ? checkWallboard(file, config, tables) : [describeNoDashboard(file)],
    ),
  ];
  if (allProblems.length > 0) throw new ProblemsError(allProblems);
  return configs.map(({ config }) => config).find(isDashboardConfig) ?? null;
}

function isDashboard(name: string): boolean {
  return name.startsWith('dashboard.');
}

function isDashboardConfig(config: unknown): config is DashboardConfig {
  return (
    typeof config === 'object' && config !== null && 'load' in config && typeof config.load === 'function'
  );
}

async function loadFiles(dir: string, names: readonly string[]): Promise<ResourceFiles> {
  const configs: { file: string; config: unknown }[] = [];
  const problems: ResourceProblem[] = [];
  for (const name of names) {
    const file = `${basename(dir)}/${name}`;
    try {
      const module: { default?: unknown } = await import(pathToFileURL(join(dir, name)).href);
      if (module.default === undefined) problems.push(describeMissingExport(file));
      else configs.push({ file, config: module.default });
    } catch (error) {
      problems.push(describeLoadError(file, join(dir, name), error));
    }
  }
  return { configs, problems };
}

async function findFiles(dir: string): Promise<string[]> {
  try {
    const names = await readdir(dir);
    return names.filter((name) => /^[^.].*\.(ts|js|mjs)$/.test(name) && !name.endsWith('.d.ts')).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function describeMissingExport(file: string): ResourceProblem {
  return {
    code: 'no_default_export',
    where: file,
    message: 'the file exports nothing by default',
    fix: "Write `export default defineResource({ table: '…' })`, or move the file to another folder.",
  };
}

function describeNoDashboard(file: string): ResourceProblem {
  return {
    code: 'no_dashboard',
    where: file,
    message: 'the default export is no dashboard',
    fix: 'Write `export default defineDashboard({ load })`.',
  };
}

function describeLoadError(file: string, path: string, error: unknown): ResourceProblem {
  const message = error instanceof Error ? error.message : String(error);
  const lines = message.split('\n');
  // esbuild: "Transform failed with 1 error:\n/path/movies.ts:3:2: ERROR: Expected …"
  const syntax = lines.map((line) => /:(\d+):(\d+): ERROR: (.*)$/.exec(line)).find(Boolean);
  const thrownAt = error instanceof Error ? findPosition(error.stack ?? '', path) : null;
  const position = syntax ? `${syntax[1]}:${syntax[2]}` : thrownAt;
  return {
    code: 'resource_file_fails',
    where: position ? `${file}:${position}` : file,
    message: (syntax ? syntax[3] : lines[0]) || 'the file cannot be run',
    fix: 'Mend the file; `npx tsc` shows its errors.',
  };
}

function findPosition(stack: string, path: string): string | null {
  for (const name of [path, pathToFileURL(path).href]) {
    const start = stack.indexOf(`${name}:`);
    const position = start < 0 ? null : /^:(\d+:\d+)/.exec(stack.slice(start + name.length));
    if (position) return position[1] ?? null;
  }
  return null;
}
