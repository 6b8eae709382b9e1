import { z } from 'zod';
import type {
  BulkAction,
  PrintDocument,
  Queue,
  RecordAction,
  RecordPage,
  TablePage,
} from './define-action.ts';
import { TONES } from './role.ts';
import { access, text } from './schema-parts.ts';

const NAME_RULE = 'a name of letters, digits and _ that starts with a letter';
const name = z.string(NAME_RULE).regex(/^[A-Za-z][A-Za-z0-9_]*$/, NAME_RULE);

// Documents and queues stand in addresses of our own, where a hyphen does no harm.
const SLUG_RULE = 'a name of letters, digits, _ and - that starts with a letter';
const slug = z.string(SLUG_RULE).regex(/^[A-Za-z][A-Za-z0-9_-]*$/, SLUG_RULE);

// The code that a file hands over cannot be looked into: what can be seen is that it is there.
const code = <T>() => z.custom<T>((value) => typeof value === 'function', 'a function');

const fieldSchema = z.strictObject({
  name,
  label: text,
  kind: z.enum(['text', 'longtext', 'integer', 'select', 'reference'], 'kind'),
  required: z.boolean('true or false').optional(),
  help: text.optional(),
  options: z.array(z.strictObject({ value: z.string('a text in quotes'), label: text })).optional(),
  table: text.optional(),
  perRow: z.boolean('true or false').optional(),
});
const look = {
  name,
  label: text,
  icon: text.optional(),
  tone: z.enum(['primary', 'default', 'danger'], 'tone').optional(),
  can: access,
};
const form = { confirm: text.optional(), fields: z.array(fieldSchema, 'a list of fields').optional() };

const recordAction = z.strictObject({
  ...look,
  ...form,
  isPossible: code<NonNullable<RecordAction['isPossible']>>().optional(),
  formOnPage: z.boolean('true or false').optional(),
  open: code<NonNullable<RecordAction['open']>>().optional(),
  run: code<RecordAction['run']>(),
}) satisfies z.ZodType<RecordAction>;
const bulkAction = z.strictObject({
  ...look,
  ...form,
  open: code<NonNullable<BulkAction['open']>>().optional(),
  preview: code<BulkAction['preview']>(),
  run: code<BulkAction['run']>(),
}) satisfies z.ZodType<BulkAction>;
const page = z.strictObject({
  ...look,
  component: name,
  load: code<NonNullable<TablePage['load']>>().optional(),
  run: code<TablePage['run']>(),
}) satisfies z.ZodType<TablePage>;
const recordPage = z.strictObject({
  component: name,
  load: code<RecordPage['load']>(),
}) satisfies z.ZodType<RecordPage>;
const printDocument = z.strictObject({
  name: slug,
  label: text,
  can: access,
  render: code<PrintDocument['render']>(),
}) satisfies z.ZodType<PrintDocument>;
const queue = z.strictObject({
  name: slug,
  label: text,
  tone: z.enum(TONES, 'tone').optional(),
  filters: code<Queue['filters']>(),
}) satisfies z.ZodType<Queue>;

/** The shape of what a resource file hands over beyond the schema, by key. */
export const handedSchemas = {
  recordActions: z.array(recordAction, 'a list of actions').optional(),
  bulkActions: z.array(bulkAction, 'a list of actions').optional(),
  pages: z.array(page, 'a list of pages').optional(),
  recordPage: recordPage.optional(),
  documents: z.array(printDocument, 'a list of documents').optional(),
  queues: z.array(queue, 'a list of queues').optional(),
};

/** The objects of fixed keys in {@link handedSchemas}, by their place without list positions. */
export const handedObjects: Readonly<Record<string, z.ZodObject>> = {
  recordActions: recordAction,
  'recordActions.fields': fieldSchema,
  bulkActions: bulkAction,
  'bulkActions.fields': fieldSchema,
  pages: page,
  recordPage,
  documents: printDocument,
  queues: queue,
};
