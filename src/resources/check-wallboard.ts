import type { Table } from '../database/table.ts';
import type { DashboardConfig } from './define-dashboard.ts';
import type { ResourceProblem } from './problem-code.ts';
import { type Report, reportUnknownColumn } from './report.ts';
import { suggestName } from './suggest.ts';

/** Compares what the wallboard begins from and what it is told of with the snapshots and the schema. */
export function checkWallboard(
  file: string,
  { wallboard, snapshots = {} }: DashboardConfig,
  tables: readonly Table[],
): ResourceProblem[] {
  const problems: ResourceProblem[] = [];
  if (!wallboard) return problems;
  const report: Report = (code, place, message, fix) =>
    problems.push({ code, where: file, message: `${place}: ${message}`, fix });
  if (!Object.hasOwn(snapshots, wallboard.snapshot)) {
    const fix = suggestName(wallboard.snapshot, Object.keys(snapshots));
    const message = `there is no snapshot '${wallboard.snapshot}'`;
    report('unknown_snapshot', 'wallboard.snapshot', message, fix);
  }
  for (const [name, columns] of Object.entries(wallboard.tables)) {
    const place = `wallboard.tables.${name}`;
    const table = tables.find((candidate) => candidate.name === name);
    if (!table) {
      const names = tables.map((candidate) => candidate.name);
      report('unknown_table', place, `there is no table '${name}'`, suggestName(name, names));
      continue;
    }
    columns.forEach((column, index) => {
      if (!table.columns.some((known) => known.name === column))
        reportUnknownColumn(`${place}[${index}]`, column, table, report);
    });
  }
  return problems;
}
