import { z } from 'zod';
import { handedObjects, handedSchemas } from './decode-action.ts';
import { FORMATS, type ResourceConfig, VALUE_TONES } from './define.ts';
import { RESOURCE_PROBLEM_CODES, type ResourceProblem, type ResourceProblemCode } from './problem-code.ts';
import { access, columnNames, text } from './schema-parts.ts';
import { suggestName } from './suggest.ts';

const columnSchema = z.strictObject(
  {
    label: text.optional(),
    help: text.optional(),
    format: z.enum(FORMATS, 'format').optional(),
    tones: z.record(z.string(), z.enum(VALUE_TONES, 'tone'), 'an object of tones by value').optional(),
    labels: z.record(z.string(), text, 'an object of texts by value').optional(),
    read: access.optional(),
    write: access.optional(),
  },
  'an object such as { label, help, read }',
);
const sortSchema = z.strictObject(
  { column: text, direction: z.enum(['asc', 'desc'], 'direction') },
  "an object such as { column: 'id', direction: 'asc' }",
);
const listSchema = z.strictObject(
  { columns: columnNames.optional(), sort: sortSchema.optional(), filters: columnNames.optional() },
  'an object such as { columns, sort, filters }',
);
const navigationSchema = z.strictObject({ group: text, position: z.number('a number').optional() });
const permissionsSchema = z.strictObject(
  {
    list: access.optional(),
    show: access.optional(),
    create: access.optional(),
    edit: access.optional(),
    delete: access.optional(),
  },
  'an object such as { list, show, create, edit, delete }',
);
const resourceSchema = z.strictObject(
  {
    table: text,
    label: text.optional(),
    singular: text.optional(),
    about: text.optional(),
    navigation: z
      .union([navigationSchema, z.literal(false)], "{ group: '…', position: 1 } or false")
      .optional(),
    icon: text.optional(),
    title: z.union([text, z.literal(false)], 'the name of a column, or false').optional(),
    list: listSchema.optional(),
    show: columnNames.optional(),
    form: columnNames.optional(),
    can: permissionsSchema.optional(),
    columns: z.record(z.string(), columnSchema, 'an object of settings by column name').optional(),
    constraints: z.record(z.string(), text, 'an object of sentences by constraint name').optional(),
    ...handedSchemas,
  },
  "`export default defineResource({ table: '…' })`",
) satisfies z.ZodType<ResourceConfig>;

/** The objects of fixed keys by their place without list positions; every other one is a column's. */
export const SCHEMAS: Readonly<Record<string, z.ZodObject>> = {
  '': resourceSchema,
  list: listSchema,
  'list.sort': sortSchema,
  navigation: navigationSchema,
  can: permissionsSchema,
  columns: columnSchema,
  ...handedObjects,
};

/** A resource file's default export, read. */
export interface DecodedConfig {
  /** Every part that has the right shape; null where too little is left. */
  readonly config: ResourceConfig | null;
  readonly problems: readonly ResourceProblem[];
}

/** Reads the default export of a resource file; `file` is the name its problems carry. */
export function decodeResourceConfig(file: string, value: unknown): DecodedConfig {
  const parsed = resourceSchema.safeParse(value);
  if (parsed.success) return { config: parsed.data, problems: [] };
  const issues = parsed.error.issues.flatMap(unwrapUnion);
  const problems = issues.flatMap((issue) => toProblems(file, issue, value));
  // The right parts are kept, so that the check against the schema reports on them in the same run.
  for (const depth of [2, 1]) {
    const paths = issues.flatMap((issue) => toOmittedPaths(issue, depth));
    const rest = resourceSchema.safeParse(omitPaths(value, new Set(paths)));
    if (rest.success) return { config: rest.data, problems };
  }
  return { config: null, problems };
}

/** A path as one writes it: `list.columns[2]`. */
export function formatPlace(path: readonly PropertyKey[]): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index > 0 ? '.' : ''}${String(key)}`))
    .join('');
}

// Of a union's branches the one that got further into the value says what is wrong.
function unwrapUnion(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const branch = issue.errors.find((inner) =>
    inner.some(({ code, path }) => path.length > 0 || code === 'unrecognized_keys'),
  );
  return branch?.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })) ?? [issue];
}

function toProblems(file: string, issue: z.core.$ZodIssue, value: unknown): ResourceProblem[] {
  const place = formatPlace(issue.path);
  const problem = (code: ResourceProblemCode, message: string, fix: string): ResourceProblem => ({
    code,
    where: file,
    message: place === '' ? message : `${place}: ${message}`,
    fix,
  });
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys((SCHEMAS[keysOf(issue.path).join('.')] ?? columnSchema).shape);
    return issue.keys.map((key) =>
      problem('unknown_key', `there is no setting '${key}'`, suggestName(key, known)),
    );
  }
  const found = issue.path.reduce(readKey, value);
  const fix =
    issue.code === 'invalid_value'
      ? suggestName(String(found ?? ''), issue.values.map(String))
      : `Give ${issue.message}.`;
  if (found === undefined) return [problem('missing_key', 'this is missing', fix)];
  const unknown = RESOURCE_PROBLEM_CODES.find((code) => code === `unknown_${issue.message}`);
  if (issue.code !== 'invalid_value' || !unknown)
    return [problem('wrong_value', `${formatFound(found)} does not fit here`, fix)];
  return [problem(unknown, `there is no ${issue.message} ${formatFound(found)}`, fix)];
}

function keysOf(path: readonly PropertyKey[]): PropertyKey[] {
  return path.filter((key) => typeof key !== 'number');
}

function formatFound(found: unknown): string {
  if (typeof found === 'string') return `'${found}'`;
  return typeof found === 'object' ? JSON.stringify(found) : String(found);
}

function readKey(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

function toOmittedPaths(issue: z.core.$ZodIssue, depth: number): string[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => [...issue.path, key].join('\0'));
  return [issue.path.slice(0, depth).join('\0')];
}

function omitPaths(value: unknown, paths: ReadonlySet<string>, prefix = ''): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const kept = Object.entries(value).filter(([key]) => !paths.has(prefix + key));
  return Object.fromEntries(kept.map(([key, inner]) => [key, omitPaths(inner, paths, `${prefix}${key}\0`)]));
}
