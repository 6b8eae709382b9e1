import type { ColumnDisplay } from '../column-display.ts';
import { own } from '../own.ts';

/** What a form holds of a column: the text or the file that will be posted, or null for nothing. */
export type FormValue = string | File | null;
export type FormValues = Readonly<Record<string, FormValue>>;

/** Values as the server sent them, by column. */
export type ReadValues = Readonly<Record<string, unknown>>;

/**
 * Field of a posted form that holds, as JSON, what its person saw in the columns they changed. No column's name ends
 * with a space.
 */
export const READ_FIELD = '__was ';

/** How AdminJS's forms spell null. */
export const NULL_TEXT = '__FORM_VALUE_NULL__';

/** A value from the server as a form holds it: with the line ends that a browser's text areas make of all. */
export function toFormValue(value: unknown): FormValue {
  if (value instanceof File) return value;
  return value === null || value === undefined ? null : String(value).replaceAll(/\r\n?/g, '\n');
}

/** A column's plain default as a form holds it; null for none. A switch has no third state, so it begins at no. */
export function defaultFormValue({ columnKind, defaultValue, required }: ColumnDisplay): FormValue {
  if (columnKind !== 'boolean') return defaultValue;
  if (defaultValue === null) return required ? 'false' : null;
  return defaultValue === '1' ? 'true' : 'false';
}

/** The columns of a form whose value is another than before. */
export function findChanged(values: FormValues, before: FormValues): string[] {
  return Object.keys(values).filter((name) => (own(values, name) ?? null) !== (own(before, name) ?? null));
}

/** The form that writes the changed columns of a row, with what was read of them. */
export function createEditForm(values: FormValues, read: ReadValues, changed: readonly string[]): FormData {
  const form = new FormData();
  for (const name of changed) form.set(encodeName(name), values[name] ?? NULL_TEXT);
  form.set(
    READ_FIELD,
    JSON.stringify(Object.fromEntries(changed.map((name) => [name, own(read, name) ?? null]))),
  );
  return form;
}

/** The form that writes a new row: the filled columns, and those whose prefilled value was taken out. */
export function createNewForm(values: FormValues, prefilled: FormValues): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) {
    if (value !== null) form.set(encodeName(name), value);
    else if ((own(prefilled, name) ?? null) !== null) form.set(encodeName(name), NULL_TEXT);
  }
  return form;
}

const ESCAPED = /["\\\r\n]|%(?=22|0D|0A|25|5C)/g;

/** A column's name as a form names its field, so that no browser or parser makes another one of it. */
export function encodeName(name: string): string {
  return name.replace(ESCAPED, encodeURIComponent);
}
