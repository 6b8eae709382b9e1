import type { EditPropertyProps } from 'adminjs';
import React, { useState } from 'react';
import type { ColumnDisplay } from '../column-display.ts';
import { own } from '../own.ts';
import { displayOf } from '../property-display.ts';
import { fileUrl } from '../value/stored-file.tsx';
import { BlobField } from './blob-field.tsx';
import { ChoiceField, SetField, SwitchField } from './choice-field.tsx';
import { DateTimeField } from './date-time-field.tsx';
import {
  describeEmpty,
  EmptyChoice,
  EmptyChoiceFrame,
  hasEmptyChoice,
  useEmptyValue,
} from './empty-choice.tsx';
import type { FieldProps } from './field-props.ts';
import { Field, FieldError, FieldHelp, Label, RequiredMark, TextBox } from './field-styles.ts';
import { toFormValue } from './form-values.ts';
import { findJsonFault, LongTextField } from './long-text-field.tsx';
import { ReferenceSelect } from './reference-select.tsx';
import { TextField } from './text-field.tsx';

/** A labelled input for a column of any kind, with its help, its length and its error. */
export default function EditField({ property, record, onChange }: EditPropertyProps): React.ReactElement {
  const isSaved = record.id !== undefined && record.id !== '';
  const display = describeField(displayOf(property), isSaved);
  const id = `field-${property.path}`;
  const held = toFormValue(own(record.params, property.path));
  const value = held instanceof File ? null : held;
  const error = own(record.errors, property.path)?.message ?? findFault(display, value);
  const count = describeLength(display, value);
  const emptyValue = useEmptyValue(display, held);
  const isChoice = isEditable(display) && !display.reference && hasEmptyChoice(display, isSaved);
  const texts = [
    ['error', error],
    ['count', count],
    ['help', display.help],
  ].filter(([, text]) => text !== null);
  const props: FieldProps = {
    id,
    name: property.path,
    display,
    value,
    emptyValue,
    placeholder: isChoice ? describeEmpty(value, display.nullable) : undefined,
    invalid: error !== null,
    describedBy: texts.map(([name]) => `${id}-${name}`).join(' ') || undefined,
    onChange: (changed) => onChange(property.path, changed),
  };
  const isGroup = display.columnKind === 'set' && isEditable(display);
  return (
    <Field role={isGroup ? 'group' : undefined} aria-labelledby={isGroup ? `${id}-label` : undefined}>
      <Label as={isGroup ? 'span' : 'label'} id={`${id}-label`} htmlFor={isGroup ? undefined : id}>
        {display.label}
        {display.required ? <RequiredMark aria-hidden="true">*</RequiredMark> : null}
      </Label>
      {display.kind === 'reference' && display.reference && isEditable(display) ? (
        <ReferenceSelect
          {...props}
          reference={display.reference}
          title={own(record.populated, property.path)?.title ?? null}
          clearable={display.nullable}
          required={display.required}
          onChange={(changed, choice) => onChange(property.path, changed, choice?.record)}
        />
      ) : (
        <EmptyChoiceFrame>
          {display.columnKind === 'blob' && display.writable ? (
            <BlobField
              {...props}
              held={held}
              href={isSaved ? fileUrl(property.resourceId, record.id, property.name) : null}
            />
          ) : (
            <Input {...props} />
          )}
          {isChoice ? <EmptyChoice value={value} labelId={`${id}-label`} onChange={props.onChange} /> : null}
        </EmptyChoiceFrame>
      )}
      {error === null ? null : <FieldError id={`${id}-error`}>{error}</FieldError>}
      {count === null ? null : <FieldHelp id={`${id}-count`}>{count}</FieldHelp>}
      {display.help === null ? null : <FieldHelp id={`${id}-help`}>{display.help}</FieldHelp>}
    </Field>
  );
}

/** 'supervisor or admin'. */
const ROLES = new Intl.ListFormat('en', { type: 'disjunction' });

/** What is locked says who may change it. Nothing stands in a field whose value is never sent: what that means is said, and of an old row nothing is required. */
function describeField(display: ColumnDisplay, isSaved: boolean): ColumnDisplay {
  if (display.lockedFor.length > 0)
    return {
      ...display,
      help: `Only a ${ROLES.format(display.lockedFor)} can change this.`,
      required: false,
    };
  if (display.readable) return display;
  const note = isSaved ? 'Never shown. Left empty, it stays as it is.' : 'Never shown once it is saved.';
  const help = display.help === null ? note : `${display.help} ${note}`;
  return { ...display, help, required: display.required && !isSaved };
}

function Input(props: FieldProps): React.ReactElement {
  const { display, value, id, describedBy } = props;
  // A field of one line would drop them; it does not change its form while it is typed in.
  const [hasLineEnds] = useState(() => value?.includes('\n') ?? false);
  if (!isEditable(display))
    return <TextBox id={id} readOnly aria-describedby={describedBy} value={value ?? ''} />;
  switch (display.columnKind) {
    case 'boolean':
      if (!isYesOrNo(display, value)) return <TextField {...props} />;
      return display.nullable ? <ChoiceField {...props} /> : <SwitchField {...props} />;
    case 'enum':
      return <ChoiceField {...props} />;
    case 'set':
      return <SetField {...props} />;
    case 'datetime':
      return <DateTimeField {...props} />;
    case 'text':
    case 'json':
      return <LongTextField {...props} />;
    default:
      return display.kind === 'longtext' || hasLineEnds ? (
        <LongTextField {...props} />
      ) : (
        <TextField {...props} />
      );
  }
}

/** A column of yes and no may be shown as its numbers, or hold another one than 0 and 1. */
function isYesOrNo({ kind }: ColumnDisplay, value: string | null): boolean {
  return kind !== 'integer' && (value === null || value === 'true' || value === 'false');
}

function isEditable({ columnKind, writable }: ColumnDisplay): boolean {
  return writable && columnKind !== 'geometry';
}

/** What can be told to be wrong while it is typed. */
function findFault({ columnKind, maxLength }: ColumnDisplay, value: string | null): string | null {
  const fault = columnKind === 'json' ? findJsonFault(value) : null;
  if (fault) return `This is not valid JSON yet: ${fault}`;
  const length = countCharacters(value);
  return columnKind === 'string' && maxLength !== null && length > maxLength
    ? `${length} characters: ${length - maxLength} more than fit`
    : null;
}

/** How much of a column's length is used up, once it is nearly so. */
function describeLength({ columnKind, maxLength }: ColumnDisplay, value: string | null): string | null {
  const length = countCharacters(value);
  const isNear = columnKind === 'string' && maxLength !== null && length >= maxLength * 0.8;
  return isNear && length <= maxLength ? `${length} of ${maxLength} characters` : null;
}

/** Characters as the database counts them. */
function countCharacters(value: string | null): number {
  return [...(value ?? '')].length;
}
