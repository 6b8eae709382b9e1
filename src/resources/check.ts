import type { Table } from '../database/table.ts';
import { checkActions } from './check-actions.ts';
import { checkColumnConfigs } from './check-columns.ts';
import { checkColumnNames } from './check-names.ts';
import type { ResourceConfig } from './define.ts';
import { ICON_NAMES } from './icon.ts';
import { isPanelTable } from './panel-table.ts';
import type { ResourceProblem } from './problem-code.ts';
import { type Report, reportUnknownIcon } from './report.ts';
import { suggestName } from './suggest.ts';

/** A resource file and what it exports; `file` such as 'resources/movies.ts' is where its problems are said to be. */
export interface ConfigFile {
  readonly file: string;
  readonly config: ResourceConfig;
}

/** Compares every config with the schema and with each other; empty where all is well. */
export function checkResources(files: readonly ConfigFile[], tables: readonly Table[]): ResourceProblem[] {
  return files.flatMap(({ file, config }) => {
    const problems: ResourceProblem[] = [];
    const report: Report = (code, place, message, fix) =>
      problems.push({ code, where: file, message: `${place}: ${message}`, fix });
    const twin = files.find((other) => other.config.table === config.table && other.file !== file);
    if (twin)
      report(
        'duplicate_table',
        'table',
        `'${config.table}' is shaped by ${twin.file} as well`,
        'Merge the two files.',
      );
    checkConfig(config, tables, report);
    return problems;
  });
}

function checkConfig(config: ResourceConfig, tables: readonly Table[], report: Report): void {
  if (config.icon !== undefined && !ICON_NAMES.includes(config.icon))
    reportUnknownIcon('icon', config.icon, report);
  if (isPanelTable(config.table)) {
    const fix = 'Remove the file: the panel keeps its own tables off the screens.';
    report('panel_table', 'table', `'${config.table}' is a table of the panel itself`, fix);
    return;
  }
  const table = tables.find(({ name }) => name === config.table);
  if (!table) {
    const names = tables.map(({ name }) => name).filter((name) => !isPanelTable(name));
    const fix = suggestName(config.table, names);
    report('unknown_table', 'table', `there is no table '${config.table}'`, fix);
    return;
  }
  checkColumnNames(config, table, report);
  checkColumnConfigs(config, table, report);
  checkConstraints(config, table, report);
  checkActions(config, tables, report);
}

function checkConstraints(config: ResourceConfig, table: Table, report: Report): void {
  const names = [...table.uniqueKeys, ...table.foreignKeys, ...table.checks].map(({ name }) => name);
  if (table.key.length > 0) names.push('PRIMARY');
  for (const name of Object.keys(config.constraints ?? {})) {
    if (!names.includes(name)) {
      const message = `there is no constraint '${name}' on table ${table.name}`;
      report('unknown_constraint', `constraints.${name}`, message, suggestName(name, names));
    }
  }
}
