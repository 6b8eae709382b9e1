import type { RecordJSON } from 'adminjs';
import type { LiveRow } from '../../live/protocol.ts';
import type { Author } from '../live/describe-author.ts';
import { own } from '../own.ts';
import { type FormValue, type FormValues, findChanged, toFormValue } from './form-values.ts';
import type { FieldErrors } from './save-record.ts';

/** What somebody else wrote into a field that is being edited. */
export interface Conflict {
  /** The value as the server told it. */
  readonly value: LiveRow[string];
  readonly author: Author;
}

/** A form over a row that others may change while it is filled in. */
export interface EditState {
  /** The row as it was read, or as the person has taken note of since: what their changes are written against. */
  readonly source: RecordJSON;
  readonly values: FormValues;
  readonly populated: RecordJSON['populated'];
  readonly errors: FieldErrors;
  /** Undecided: by column. */
  readonly conflicts: Readonly<Record<string, Conflict>>;
  /** How often a field took another's value by itself: by column. */
  readonly refreshed: Readonly<Record<string, number>>;
  /** By whom the row was deleted; null while it is there. */
  readonly deletion: { readonly author: Author } | null;
}

export type EditEvent =
  | { type: 'type'; name: string; value: FormValue; selected: RecordJSON | undefined }
  | { type: 'mark'; errors: FieldErrors }
  | { type: 'tell'; image: LiveRow; author: Author }
  | { type: 'tell_deletion'; author: Author }
  | { type: 'keep_mine' | 'take_theirs'; name: string }
  | { type: 'reload'; record: RecordJSON };

/** A form that begins with a row's values in these columns. */
export function startEdit(source: RecordJSON, columns: readonly string[]): EditState {
  const values = Object.fromEntries(columns.map((name) => [name, toFormValue(own(source.params, name))]));
  const { populated } = source;
  return { source, values, populated, errors: {}, conflicts: {}, refreshed: {}, deletion: null };
}

/** The values that were read, as a form holds them. */
export function readValuesOf({ source, values }: Pick<EditState, 'source' | 'values'>): FormValues {
  return Object.fromEntries(Object.keys(values).map((name) => [name, toFormValue(own(source.params, name))]));
}

/** The columns that the person has changed. */
export function changedOf(state: EditState): readonly string[] {
  return findChanged(state.values, readValuesOf(state));
}

/** The form after something was typed, decided, or told by the server. */
export function reduceEdit(state: EditState, event: EditEvent): EditState {
  switch (event.type) {
    case 'type':
      return type(state, event.name, event.value, event.selected);
    case 'mark':
      return { ...state, errors: event.errors };
    case 'tell':
      return tellRow(state, event.image, event.author);
    case 'tell_deletion':
      return { ...state, deletion: { author: event.author } };
    case 'keep_mine':
      return decide(state, event.name, false);
    case 'take_theirs':
      return decide(state, event.name, true);
    case 'reload':
      return reload(state, event.record);
  }
}

function type(state: EditState, name: string, value: FormValue, selected: RecordJSON | undefined): EditState {
  const { [name]: _mended, ...errors } = state.errors;
  const typed = {
    ...state,
    errors,
    values: { ...state.values, [name]: value },
    populated: withTitle(state, name, selected),
  };
  const conflict = own(state.conflicts, name);
  // Who types what the other wrote has decided.
  return conflict && value === toFormValue(conflict.value) ? settle(typed, name, conflict.value) : typed;
}

function tellRow(state: EditState, image: LiveRow, author: Author): EditState {
  const start: EditState = { ...state, source: patchOthers(state, image), deletion: null };
  return Object.keys(state.values).reduce((told, name) => tell(told, name, image, author), start);
}

function tell(state: EditState, name: string, image: LiveRow, author: Author): EditState {
  const theirs = own(image, name);
  if (theirs === undefined) return state;
  const mine = own(state.values, name) ?? null;
  const read = toFormValue(own(state.source.params, name));
  if (toFormValue(theirs) === read) return settle(state, name, theirs);
  if (toFormValue(theirs) === mine) return settle(state, name, theirs);
  if (mine !== read)
    return { ...state, conflicts: { ...state.conflicts, [name]: { value: theirs, author } } };
  const refreshed = { ...state.refreshed, [name]: (own(state.refreshed, name) ?? 0) + 1 };
  return { ...adopt(state, name, theirs), refreshed };
}

function decide(state: EditState, name: string, isTheirs: boolean): EditState {
  const conflict = own(state.conflicts, name);
  if (!conflict) return state;
  return isTheirs ? adopt(state, name, conflict.value) : settle(state, name, conflict.value);
}

/** The field takes a value of the row. */
function adopt(state: EditState, name: string, value: LiveRow[string]): EditState {
  const { [name]: _old, ...errors } = state.errors;
  const values = { ...state.values, [name]: toFormValue(value) };
  return {
    ...settle(state, name, value),
    values,
    errors,
    populated: withTitle(state, name),
  };
}

/** What the row holds now has been taken note of: the field is written against it. */
function settle(state: EditState, name: string, value: LiveRow[string]): EditState {
  const { [name]: _decided, ...conflicts } = state.conflicts;
  const params = { ...state.source.params, [name]: value };
  return { ...state, conflicts, source: { ...state.source, params } };
}

/** The row as it was read, with the new values of the columns that are not in the form. */
function patchOthers({ source, values }: EditState, image: LiveRow): RecordJSON {
  const others = Object.entries(image).filter(
    ([name]) => Object.hasOwn(source.params, name) && !Object.hasOwn(values, name),
  );
  return { ...source, params: { ...source.params, ...Object.fromEntries(others) } };
}

/** The row read afresh: what was typed stays where nobody else has changed it meanwhile. */
function reload(state: EditState, record: RecordJSON): EditState {
  const fresh = startEdit(record, Object.keys(state.values));
  const before = readValuesOf(state);
  const kept = changedOf(state).filter((name) => (fresh.values[name] ?? null) === (before[name] ?? null));
  const pick = <T>(values: Readonly<Record<string, T>>) =>
    Object.fromEntries(
      kept.flatMap((name) => (Object.hasOwn(values, name) ? [[name, values[name] as T]] : [])),
    );
  return {
    ...fresh,
    values: { ...fresh.values, ...pick(state.values) },
    populated: { ...fresh.populated, ...pick(state.populated) },
  };
}

function withTitle(state: EditState, name: string, selected?: RecordJSON): RecordJSON['populated'] {
  const { [name]: _old, ...others } = state.populated;
  return selected ? { ...others, [name]: selected } : others;
}
