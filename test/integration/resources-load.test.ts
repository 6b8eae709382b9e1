import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ProblemsError } from '../../src/errors.ts';
import { loadDashboard, loadResources, type ResourceFiles } from '../../src/resources/load.ts';
import { buildTable, buildText } from '../unit/resources/build-table.ts';

let root: string;
let dir: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'screens-'));
  dir = join(root, 'resources');
  await mkdir(dir);
});
afterEach(() => rm(root, { recursive: true }));

const write = (name: string, text: string) => writeFile(join(dir, name), text);

const SCRIPT = `import { loadResourceFiles } from './dist/resources/load.js';
import { allowTypescriptFiles } from './dist/resources/typescript-files.js';
allowTypescriptFiles();
console.log(JSON.stringify(await loadResourceFiles(process.argv[1])));`;

/** Loads a folder in a process of its own, started as the panel is: the test runner has a loader of its own. */
async function loadInProcess(folder: string): Promise<ResourceFiles> {
  const options = ['--input-type=module', '--eval', SCRIPT, folder];
  const { stdout } = await promisify(execFile)(process.execPath, options);
  return JSON.parse(stdout);
}

test.each([
  ['without a package.json', null],
  ['of modules', '{ "type": "module" }'],
])('every script directly in a folder %s is run, in the order of its name', async (_name, packageJson) => {
  if (packageJson) await writeFile(join(root, 'package.json'), packageJson);
  await write('films.ts', `const table: string = 'films';\nexport default { table };`);
  await write('actors.mjs', `export default { table: 'actors' };`);
  await write('studios.js', `export default { table: 'studios' };`);
  await write('types.d.ts', 'export default nothing;');
  await write('.films.ts', 'export default {');
  await write('notes.md', 'no script');
  await mkdir(join(dir, 'parts'));
  await write('parts/more.ts', `throw new Error('not directly in the folder');`);
  expect(await loadInProcess(dir)).toEqual({
    configs: [
      { file: 'resources/actors.mjs', config: { table: 'actors' } },
      { file: 'resources/films.ts', config: { table: 'films' } },
      { file: 'resources/studios.js', config: { table: 'studios' } },
    ],
    problems: [],
  });
});

test('a file finds TypeScript by its name, without its ending, and by that of what it is compiled to', async () => {
  await mkdir(join(dir, 'parts'));
  await write('parts.ts', "export default { table: 'parts' };");
  await write('parts/names.ts', `export const film: string = 'films'; export const label: string = 'Films';`);
  await write(
    'films.ts',
    `import { film } from './parts/names.ts';\nimport { label } from './parts/names';
     import parts from './parts.js';\nexport default { table: film, label, title: parts.table };`,
  );
  expect(await loadInProcess(dir)).toEqual({
    configs: [
      { file: 'resources/films.ts', config: { table: 'films', label: 'Films', title: 'parts' } },
      { file: 'resources/parts.ts', config: { table: 'parts' } },
    ],
    problems: [],
  });
});

test("what a file imports of the program's sources is the module that runs", async () => {
  const source = pathToFileURL(join(process.cwd(), 'src/errors.ts')).href;
  const compiled = pathToFileURL(join(process.cwd(), 'dist/errors.js')).href;
  await write(
    'films.ts',
    `import { refuse } from '${source}';\nimport { refuse as running } from '${compiled}';
     export default { table: refuse === running ? 'films' : 'two modules' };`,
  );
  expect((await loadInProcess(dir)).configs[0]?.config).toEqual({ table: 'films' });
});

test('an edited file counts after a restart', async () => {
  await write('films.ts', `export default { table: 'films', label: 'Films' };`);
  await loadInProcess(dir);
  await write('films.ts', `export default { table: 'films', label: 'Pictures' };`);
  expect((await loadInProcess(dir)).configs[0]?.config).toEqual({ table: 'films', label: 'Pictures' });
});

test('a folder that does not exist holds nothing', async () => {
  expect(await loadInProcess(join(root, 'nowhere'))).toEqual({ configs: [], problems: [] });
});

test('files that cannot be run are problems with their place, and the others still count', async () => {
  await writeFile(join(root, 'package.json'), '{ "type": "module" }');
  await write('broken.ts', `export default {\n  table: 'films'\n  label: 'Films',\n};`);
  await write('empty.ts', 'export const table = 1;');
  await write('good.ts', `export default { table: 'films' };`);
  await write('lost.ts', `import { gone } from './gone.ts';\nexport default gone;`);
  await write('text.ts', `throw 'plain';`);
  await write('throws.ts', `const size: number = 1;\n\nthrow new Error('boom ' + size + '\\nmore');\n`);
  const { configs, problems } = await loadInProcess(dir);
  expect(configs.map(({ file }) => file)).toEqual(['resources/good.ts']);
  expect(problems.map(({ code, where, message }) => [code, where, message])).toEqual([
    ['resource_file_fails', 'resources/broken.ts:3:2', 'Expected "}" but found "label"'],
    ['no_default_export', 'resources/empty.ts', 'the file exports nothing by default'],
    ['resource_file_fails', 'resources/lost.ts', expect.stringMatching(/^Cannot find module '.*gone\.ts'/)],
    ['resource_file_fails', 'resources/text.ts', 'plain'],
    ['resource_file_fails', 'resources/throws.ts:3:7', 'boom 1'],
  ]);
});

test('all that is wrong is told together', async () => {
  await write('films.ts', `export default { table: 'films', title: 'titel', lable: 'Films' };`);
  await write('more.ts', `export default { table: 'films' };`);
  await write('throws.ts', `throw new Error('boom');`);
  const loading = loadResources(dir, [buildTable('films', [buildText('title')])]);
  const error = await loading.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ProblemsError)) throw error;
  expect(error.problems.map(({ code, where }) => [code, where.split(':')[0]])).toEqual([
    ['resource_file_fails', 'resources/throws.ts'],
    ['unknown_key', 'resources/films.ts'],
    ['duplicate_table', 'resources/films.ts'],
    ['unknown_column', 'resources/films.ts'],
    ['duplicate_table', 'resources/more.ts'],
  ]);
});

test('the dashboard is the home page, not a table', async () => {
  await write('dashboard.ts', 'export default { load: async () => ({ cards: [], lists: [] }) };');
  expect(await loadResources(dir, [])).toEqual([]);
  expect((await loadDashboard(dir, []))?.load).toBeTypeOf('function');
});

test('a folder without a dashboard has none, and a wrong one is a problem', async () => {
  expect(await loadDashboard(dir, [])).toBeNull();
  await write('dashboard.ts', 'export default { cards: [] };');
  await expect(loadDashboard(dir, [])).rejects.toThrow(
    'resources/dashboard.ts: the default export is no dashboard',
  );
});
