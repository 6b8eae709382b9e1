import { isWritableKind } from '../database/column-value.ts';
import { type Column, findColumn, type Table } from '../database/table.ts';
import type { ColumnConfig, Format, ResourceConfig } from './define.ts';
import { type Report, reportUnknownColumn } from './report.ts';
import { suggestName } from './suggest.ts';

// A format that is not named here fits every kind.
const KINDS_BY_FORMAT: Readonly<Partial<Record<Format, readonly Column['kind'][]>>> = {
  money: ['integer', 'decimal', 'float'],
  longtext: ['string', 'text', 'json'],
  email: ['string', 'text'],
  boolean: ['boolean', 'integer'],
  number: ['boolean', 'integer', 'bit', 'decimal', 'float'],
};

/** Checks the settings of single columns: `columns.<name>`. */
export function checkColumnConfigs(config: ResourceConfig, table: Table, report: Report): void {
  for (const [name, settings] of Object.entries(config.columns ?? {})) {
    const column = findColumn(table, name);
    const place = `columns.${name}`;
    if (!column) {
      reportUnknownColumn(place, name, table, report);
      continue;
    }
    checkValues(column, settings, place, report);
    checkFormat(column, settings, place, report);
    if (settings.write !== undefined && settings.write !== false && !isWritableKind(column))
      report('not_writable', `${place}.write`, `'${name}' is not written by forms`, 'Remove the setting.');
  }
}

function checkFormat(column: Column, { format }: ColumnConfig, place: string, report: Report): void {
  const kinds = format && KINDS_BY_FORMAT[format];
  if (kinds && !kinds.includes(column.kind)) {
    const message = `'${format}' does not fit ${column.name}, which is ${column.sqlType}`;
    report(
      'wrong_format',
      `${place}.format`,
      message,
      `It fits columns of these kinds: ${kinds.join(', ')}.`,
    );
  }
}

function checkValues(column: Column, settings: ColumnConfig, place: string, report: Report): void {
  const isBoolean =
    settings.format === 'boolean' || (column.kind === 'boolean' && settings.format !== 'number');
  const values = isBoolean ? ['true', 'false'] : column.values;
  if (values.length === 0) return;
  for (const setting of ['tones', 'labels'] as const) {
    for (const value of Object.keys(settings[setting] ?? {})) {
      if (!values.includes(value)) {
        const message = `there is no value '${value}' in column ${column.name}`;
        report('unknown_value', `${place}.${setting}.${value}`, message, suggestName(value, values));
      }
    }
  }
}
