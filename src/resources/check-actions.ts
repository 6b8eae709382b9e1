import type { Table } from '../database/table.ts';
import type { ResourceConfig } from './define.ts';
import type { ActionField } from './define-action.ts';
import { ICON_NAMES } from './icon.ts';
import { isPanelTable } from './panel-table.ts';
import { type Report, reportUnknownIcon } from './report.ts';
import { suggestName } from './suggest.ts';

// Addresses that every table has already.
const TAKEN_NAMES = ['list', 'show', 'new', 'edit', 'delete', 'search', 'bulkDelete', 'queues'];

/** Checks what a resource file hands over: names of their own, icons and tables that exist. */
export function checkActions(config: ResourceConfig, tables: readonly Table[], report: Report): void {
  const kinds = { recordActions: config.recordActions, bulkActions: config.bulkActions, pages: config.pages };
  const seen = new Set(TAKEN_NAMES);
  for (const [kind, actions = []] of Object.entries(kinds)) {
    actions.forEach((action, index) => {
      const place = `${kind}[${index}]`;
      checkName(action.name, seen, `${place}.name`, report);
      if (action.icon !== undefined && !ICON_NAMES.includes(action.icon))
        reportUnknownIcon(`${place}.icon`, action.icon, report);
      if ('fields' in action) checkFields(action.fields ?? [], tables, `${place}.fields`, report);
    });
  }
  for (const kind of ['documents', 'queues'] as const) {
    const names = new Set<string>();
    config[kind]?.forEach(({ name }, index) => {
      checkName(name, names, `${kind}[${index}].name`, report);
    });
  }
}

function checkName(name: string, seen: Set<string>, place: string, report: Report): void {
  if (seen.has(name)) report('repeated_name', place, `'${name}' is taken already`, 'Give it another name.');
  seen.add(name);
}

function checkFields(
  fields: readonly ActionField[],
  tables: readonly Table[],
  place: string,
  report: Report,
) {
  const names = new Set<string>();
  const known = tables.map((table) => table.name).filter((table) => !isPanelTable(table));
  fields.forEach(({ name, kind, options, table }, index) => {
    const at = `${place}[${index}]`;
    checkName(name, names, `${at}.name`, report);
    if (kind === 'select' && !options?.length)
      report('missing_key', `${at}.options`, 'this is missing', 'Give the choices of the select.');
    if (kind === 'reference' && !known.includes(table ?? ''))
      report(
        'unknown_table',
        `${at}.table`,
        `there is no table '${table ?? ''}'`,
        suggestName(table ?? '', known),
      );
  });
}
