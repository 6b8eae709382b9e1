import React, { useId } from 'react';
import { encodeTable } from '../../table-address.ts';
import {
  Field,
  FieldError,
  FieldHelp,
  Label,
  RequiredMark,
  SelectBox,
  TextArea,
  TextBox,
} from '../form/field-styles.ts';
import { ReferenceSelect } from '../form/reference-select.tsx';
import { humanizeValue } from '../format.ts';
import type { ActionFieldDisplay } from './action-display.ts';

export type ActionValues = Readonly<Record<string, string>>;

export interface ActionFieldsProps {
  readonly fields: readonly ActionFieldDisplay[];
  readonly values: ActionValues;
  /** What text fields offer, by field. */
  readonly suggestions?: Readonly<Record<string, readonly string[]>>;
  /** Messages by field. */
  readonly errors: Readonly<Record<string, string>>;
  onChange(name: string, value: string): void;
}

/** The inputs of an action's form. */
export function ActionFields({
  fields,
  values,
  suggestions = {},
  errors,
  onChange,
}: ActionFieldsProps): React.ReactElement {
  return (
    <>
      {fields.map((field) => (
        <LabelledField
          key={field.name}
          field={field}
          value={values[field.name] ?? ''}
          suggestions={suggestions[field.name] ?? []}
          error={errors[field.name]}
          onChange={(value) => onChange(field.name, value)}
        />
      ))}
    </>
  );
}

interface FieldInputProps {
  readonly field: ActionFieldDisplay;
  readonly value: string;
  readonly suggestions: readonly string[];
  readonly error: string | undefined;
  onChange(value: string): void;
}

function LabelledField(props: FieldInputProps): React.ReactElement {
  const { field, error } = props;
  const id = useId();
  return (
    <Field>
      <Label htmlFor={id}>
        {field.label}
        {field.required ? <RequiredMark aria-hidden>*</RequiredMark> : null}
      </Label>
      <FieldInput {...props} id={id} />
      {field.help ? <FieldHelp id={`${id}-help`}>{field.help}</FieldHelp> : null}
      {error ? <FieldError id={`${id}-error`}>{humanizeValue(error)}</FieldError> : null}
    </Field>
  );
}

function FieldInput({
  id,
  field,
  value,
  suggestions,
  error,
  onChange,
}: FieldInputProps & { id: string }): React.ReactElement {
  const attributes = {
    id,
    name: field.name,
    'aria-invalid': error !== undefined,
    'aria-required': field.required,
    'aria-describedby': `${id}-help ${id}-error`,
  };
  const change = (event: { target: { value: string } }) => onChange(event.target.value);
  switch (field.kind) {
    case 'longtext':
      return <TextArea {...attributes} value={value} onChange={change} />;
    case 'integer':
      return (
        <TextBox
          {...attributes}
          className="number"
          inputMode="numeric"
          autoComplete="off"
          value={value}
          onChange={change}
        />
      );
    case 'select':
      return (
        <SelectBox {...attributes} value={value} onChange={change}>
          <option value="">Choose…</option>
          {(field.options ?? []).map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </SelectBox>
      );
    case 'reference':
      return (
        <ReferenceSelect
          id={id}
          name={field.name}
          reference={{ resourceId: encodeTable(field.table ?? ''), valueColumn: '', searchable: true }}
          value={value === '' ? null : value}
          clearable={!field.required}
          invalid={error !== undefined}
          required={field.required}
          describedBy={`${id}-help ${id}-error`}
          onChange={(chosen) => onChange(chosen ?? '')}
        />
      );
    default:
      return (
        <>
          <TextBox {...attributes} autoComplete="off" list={`${id}-list`} value={value} onChange={change} />
          <datalist id={`${id}-list`}>
            {suggestions.map((suggestion) => (
              <option key={suggestion} value={suggestion} />
            ))}
          </datalist>
        </>
      );
  }
}
