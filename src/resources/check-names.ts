import { isWritableKind } from '../database/column-value.ts';
import { isSortable } from '../database/row-order.ts';
import { findColumn, type Table } from '../database/table.ts';
import { isFilterable } from './column-use.ts';
import type { ResourceConfig } from './define.ts';
import { type Report, reportUnknownColumn } from './report.ts';
import { isSecretName } from './secret.ts';

/** Checks every place of a config that names columns: title, list, show, form. */
export function checkColumnNames(config: ResourceConfig, table: Table, report: Report): void {
  const named: readonly (readonly [place: string, name: string])[] = [
    ...listed('title', config.title ? [config.title] : []),
    ...places('list.columns', config.list?.columns),
    ...listed('list.sort.column', config.list?.sort ? [config.list.sort.column] : []),
    ...places('list.filters', config.list?.filters),
    ...places('show', config.show),
    ...places('form', config.form),
  ];
  for (const [place, name] of named) {
    if (!findColumn(table, name)) reportUnknownColumn(place, name, table, report);
  }
  checkRepeats(config, report);
  checkUses(config, table, report);
  checkSecrets(config, named, report);
}

function listed(place: string, names: readonly string[]): [string, string][] {
  return names.map((name) => [place, name]);
}

function places(place: string, names: readonly string[] = []): [string, string][] {
  return names.map((name, index) => [`${place}[${index}]`, name]);
}

function checkRepeats(config: ResourceConfig, report: Report): void {
  const lists = {
    'list.columns': config.list?.columns,
    'list.filters': config.list?.filters,
    show: config.show,
    form: config.form,
  };
  for (const [place, names = []] of Object.entries(lists)) {
    names.forEach((name, index) => {
      if (names.indexOf(name) < index)
        report('repeated_column', `${place}[${index}]`, `'${name}' is named twice`, 'Remove one of the two.');
    });
  }
}

function checkUses(config: ResourceConfig, table: Table, report: Report): void {
  for (const [place, name] of places('form', config.form)) {
    const column = findColumn(table, name);
    if (column && !isWritableKind(column)) {
      const cause = column.generated
        ? 'is computed by the database'
        : `has a type (${column.sqlType}) no form can hold`;
      report('not_writable', place, `'${name}' ${cause}`, "Remove it from form; name it in 'show' instead.");
    }
  }
  for (const [place, name] of places('list.filters', config.list?.filters)) {
    const column = findColumn(table, name);
    if (column && !isFilterable(column))
      report('not_filterable', place, `'${name}' (${column.sqlType}) cannot be filtered`, 'Remove it.');
  }
  const sort = config.list?.sort && findColumn(table, config.list.sort.column);
  if (sort && !isSortable(sort))
    report(
      'not_sortable',
      'list.sort.column',
      `'${sort.name}' (${sort.sqlType}) has no order`,
      'Sort by another column.',
    );
}

// A secret is shown to those a config names, and to nobody by accident.
function checkSecrets(
  config: ResourceConfig,
  named: readonly (readonly [string, string])[],
  report: Report,
): void {
  for (const [place, name] of named) {
    const column = config.columns?.[name];
    const isAllowed = column?.read !== undefined || (place.startsWith('form') && column?.write !== undefined);
    if (isSecretName(name) && !isAllowed)
      report(
        'secret_column',
        place,
        `'${name}' looks like a secret, so nobody sees it`,
        `Say who may with columns.${name}.read, or remove it here.`,
      );
  }
}
