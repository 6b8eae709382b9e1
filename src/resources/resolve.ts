import { chooseKind } from '../database/column-kind.ts';
import { isWritableKind } from '../database/column-value.ts';
import type { Column, Table } from '../database/table.ts';
import { resolveAllowed, resolveColumnAccess } from './access.ts';
import { guessFilters, guessFormat, guessListColumns, guessSort, guessTitle } from './defaults.ts';
import type { ResourceConfig } from './define.ts';
import { humanize, humanizeColumn, humanizeSingular } from './humanize.ts';
import { guessIcon } from './icon.ts';
import { isPanelTable } from './panel-table.ts';
import type { Resource, ResourceColumn } from './resource.ts';

const DEFAULT_GROUP = 'Tables';
const DEFAULT_POSITION = 1000;

/**
 * Fills the defaults of checked configs from the schema: a frozen resource for every table and view but those of
 * the panel's own that no config names, in the order of the navigation (by position, then by label).
 */
export function resolveResources(tables: readonly Table[], configs: readonly ResourceConfig[]): Resource[] {
  return tables
    .filter(({ name }) => !isPanelTable(name) || configs.some(({ table }) => table === name))
    .map((table) =>
      resolveResource(
        table,
        configs.find((config) => config.table === table.name),
      ),
    )
    .sort((a, b) => findPosition(a) - findPosition(b) || a.label.localeCompare(b.label, 'en'));
}

function findPosition({ navigation }: Resource): number {
  return navigation?.position ?? Number.MAX_SAFE_INTEGER;
}

function resolveResource(introspected: Table, config: ResourceConfig | undefined): Resource {
  const table = chooseKinds(introspected, config);
  const allowed = resolveAllowed(table, config);
  const access = new Map(
    table.columns.map(({ name }) => [name, resolveColumnAccess(name, config, allowed)] as const),
  );
  const isSeen = ({ name }: Column) => (access.get(name)?.readableBy.length ?? 0) > 0;
  const isSet = (column: Column) =>
    (access.get(column.name)?.writableBy.length ?? 0) > 0 && isWritableKind(column) && !column.autoIncrement;
  const seen = table.columns.filter(isSeen);
  const titleColumn = (config?.title ?? guessTitle(table)) || null;
  const formColumns = config?.form ?? table.columns.filter(isSet).map(({ name }) => name);
  return Object.freeze({
    table,
    label: config?.label ?? humanize(table.name),
    singular: config?.singular ?? humanizeSingular(table.name),
    about: config?.about ?? null,
    navigation: resolveNavigation(config),
    icon: config?.icon ?? guessIcon(table),
    titleColumn,
    listColumns: freezeList(config?.list?.columns ?? guessListColumns(seen, table, titleColumn)),
    showColumns: freezeList(config?.show ?? seen.map(({ name }) => name)),
    formColumns: freezeList(formColumns),
    filterColumns: freezeList(config?.list?.filters ?? guessFilters(seen)),
    sort: Object.freeze(config?.list?.sort ?? guessSort(table, titleColumn)),
    allowed,
    columns: resolveColumns(table, config, (name) => {
      const { readableBy = [], writableBy = [] } = access.get(name) ?? {};
      return { readableBy, writableBy: formColumns.includes(name) ? writableBy : [] };
    }),
    constraints: resolveConstraints(config),
    recordActions: freezeList(config?.recordActions ?? []),
    bulkActions: freezeList(config?.bulkActions ?? []),
    pages: freezeList(config?.pages ?? []),
    recordPage: config?.recordPage ?? null,
    documents: freezeList(config?.documents ?? []),
    queues: freezeList(config?.queues ?? []),
  });
}

/**
 * The table with the kinds of its columns as the config, or else what was seen in them, says: yes and no, or numbers. Keys
 * stay as they are, as the log makes record ids of them.
 */
function chooseKinds(table: Table, config: ResourceConfig | undefined): Table {
  const columns = table.columns.map((column) => {
    if (table.key.includes(column.name)) return column;
    const { format, labels, tones } = config?.columns?.[column.name] ?? {};
    const isNamed = labels !== undefined || tones !== undefined;
    if (format === 'number' || (column.holdsNumbers && format !== 'boolean' && !isNamed))
      return { ...column, kind: chooseKind(column, false) };
    return format === 'boolean' ? { ...column, kind: chooseKind(column, true) } : column;
  });
  return { ...table, columns };
}

function resolveNavigation(config: ResourceConfig | undefined): Resource['navigation'] {
  if (config?.navigation === false) return null;
  const { group = DEFAULT_GROUP, position = DEFAULT_POSITION } = config?.navigation ?? {};
  return Object.freeze({ group, position });
}

function resolveColumns(
  table: Table,
  config: ResourceConfig | undefined,
  findAccess: (name: string) => Pick<ResourceColumn, 'readableBy' | 'writableBy'>,
): ReadonlyMap<string, ResourceColumn> {
  const guesses = table.columns.map(({ name }) => humanizeColumn(name));
  const resolved = table.columns.map((column, index): ResourceColumn => {
    const settings = config?.columns?.[column.name] ?? {};
    const guess = guesses[index] ?? column.name;
    // 'movie' and 'movie_id' in one table would both be called Movie.
    const isAmbiguous = guesses.filter((other) => other === guess).length > 1;
    const { readableBy, writableBy } = findAccess(column.name);
    return Object.freeze({
      name: column.name,
      label: settings.label ?? (isAmbiguous ? humanize(column.name) : guess),
      help: settings.help ?? (column.comment || null),
      format: settings.format ?? guessFormat(column),
      tones: Object.freeze({ ...settings.tones }),
      labels: Object.freeze({ ...guessLabels(column), ...settings.labels }),
      readableBy: Object.freeze(readableBy),
      writableBy: Object.freeze(writableBy),
    });
  });
  return new Map(resolved.map((column) => [column.name, column]));
}

// Where a sentence is shown, its full stop is set.
function resolveConstraints(config: ResourceConfig | undefined): Resource['constraints'] {
  const sentences = Object.entries(config?.constraints ?? {});
  return Object.freeze(
    Object.fromEntries(sentences.map(([name, sentence]) => [name, sentence.replace(/\.$/, '')])),
  );
}

// 'partially_shipped' is a program's spelling; 'PG-13' is one of its own.
function guessLabels(column: Column): Record<string, string> {
  const plain = column.values.filter((value) => /^[a-z][a-z0-9]*([_ -][a-z0-9]+)*$/.test(value));
  return Object.fromEntries(plain.map((value) => [value, humanize(value)]));
}

function freezeList<T>(items: readonly T[]): readonly T[] {
  return Object.freeze([...items]);
}
