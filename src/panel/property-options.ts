import type { PropertyOptions } from 'adminjs';
import { isSortable } from '../database/row-order.ts';
import type { Column } from '../database/table.ts';
import { REQUEST_LIMITS } from '../request-bounds.ts';
import { encodeTable } from '../table-address.ts';
import type { ColumnDisplay, ColumnMatch } from '../ui/column-display.ts';
import { isFilteredByPart } from './list-query.ts';
import { findSearchPlaces } from './search-targets.ts';
import { columnConfig, findReferenceView, type TableView, type TableViews } from './table-view.ts';

/** What a form may hold beside a file, in bytes. */
const FORM_AROUND_FILE = 64 * 1024;

/** AdminJS's options for every column of a view. */
export function createPropertyOptions(
  views: TableViews,
  view: TableView,
): ReadonlyMap<string, PropertyOptions> {
  return new Map(
    view.fields.map((column) => [
      column.name,
      {
        custom: describeColumn(views, view, column),
        components: { list: 'ListValue', show: 'ShowValue', edit: 'EditField', filter: 'FilterField' },
        isSortable: isSortable(column),
        ...(columnConfig(view, column.name).help
          ? { description: columnConfig(view, column.name).help ?? '' }
          : {}),
      } as PropertyOptions,
    ]),
  );
}

function describeColumn(
  views: TableViews,
  view: TableView,
  column: Column,
): ColumnDisplay & Record<string, unknown> {
  const config = columnConfig(view, column.name);
  const reference = findReferenceView(views, view, column.name);
  return {
    kind: displayKind(column, config.format, reference !== null),
    columnKind: column.kind,
    label: config.label,
    help: config.help,
    nullable: column.nullable,
    required: !column.nullable && !column.hasDefault,
    writable: view.writable.has(column.name),
    lockedFor: view.lockedFor.get(column.name) ?? [],
    readable: !view.setOnly.includes(column),
    maxLength: column.kind === 'string' ? column.maxLength : null,
    maxBytes: findMaxBytes(column),
    step: column.kind === 'decimal' ? (10 ** -(column.scale ?? 0)).toFixed(column.scale ?? 0) : null,
    min: column.unsigned ? '0' : null,
    values: column.values,
    labels: config.labels,
    tones: config.tones,
    defaultValue: column.defaultValue,
    reference: reference && {
      resourceId: encodeTable(reference.view.table.name),
      valueColumn: reference.valueColumn.name,
      searchable: reference.view.can.list,
    },
    match: {
      filter: isFilteredByPart(view, column) ? 'part' : 'whole',
      search: view.setOnly.includes(column) ? [] : findSearchPlaces(views, view, column),
      letters: decideLetters(column.collation),
    },
  };
}

function findMaxBytes({ kind, maxLength }: Column): number | null {
  if (kind !== 'blob' && kind !== 'binary') return null;
  return Math.min(maxLength ?? Number.POSITIVE_INFINITY, REQUEST_LIMITS.formBytes - FORM_AROUND_FILE);
}

/** Collations of both servers that tell neither case nor accents apart, and none of them a language's own. */
const ALIKE = /^utf8mb[34]_(general|unicode|unicode_520|0900_ai|uca1400_ai|uca1400_nopad_ai)_ci$/;

function decideLetters(collation: string | null): ColumnMatch['letters'] {
  if (collation?.endsWith('_bin')) return 'exact';
  return collation && ALIKE.test(collation) ? 'alike' : 'unknown';
}

function displayKind(column: Column, format: string | null | undefined, isReference: boolean): string {
  if (isReference) return 'reference';
  if (format && format !== 'boolean' && format !== 'number') return format;
  return column.kind === 'string' ? 'text' : column.kind === 'text' ? 'longtext' : column.kind;
}
