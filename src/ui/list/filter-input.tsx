import { styled } from '@adminjs/design-system/styled-components';
import React, { useId } from 'react';
import type { ColumnDisplay } from '../column-display.ts';
import { SelectBox, TextBox } from '../form/field-styles.ts';
import { ReferenceSelect } from '../form/reference-select.tsx';
import { own } from '../own.ts';
import { displayOf, labelOf } from '../property-display.ts';
import { token } from '../tokens.ts';
import type { FilterInputProps } from './filter-input-props.ts';
import { BLANK, EMPTY, FILLED, filterOf, NO_VALUE, PRESENCES, valuesOf } from './list-params.ts';
import { SpanInput } from './span-input.tsx';

const SPAN_INPUTS: Readonly<Record<string, 'date' | 'text'>> = {
  integer: 'text',
  decimal: 'text',
  float: 'text',
  year: 'text',
  date: 'date',
  datetime: 'date',
  time: 'text',
};

/** What a column is filtered by: a row, some of its values, a span, or a part of the text. */
export function FilterInput(props: FilterInputProps): React.ReactElement {
  const { property, filters, onChange } = props;
  const { name } = property;
  const display = displayOf(property);
  const id = useId();
  const value = own(filters, name) ?? '';
  if (display.reference?.searchable)
    return (
      <ReferenceSelect
        id={id}
        label={display.label}
        reference={display.reference}
        value={value || null}
        clearable
        onChange={(next) => onChange(name, next ?? '')}
      />
    );
  if (display.columnKind === 'enum') return <Choices {...props} />;
  if (isChoiceOfOne(display)) return <OneOf {...props} />;
  const type = SPAN_INPUTS[display.columnKind];
  if (type && !property.isId && !display.reference && value === '')
    return <SpanInput {...props} type={type} />;
  return (
    <TextBox
      id={id}
      type="text"
      aria-label={display.label}
      value={value}
      onChange={({ target }: React.ChangeEvent<HTMLInputElement>) => onChange(name, target.value)}
    />
  );
}

/** Whether a column's filter is one of a few values in a menu. */
export function isChoiceOfOne({ columnKind }: ColumnDisplay): boolean {
  return columnKind === 'boolean' || columnKind === 'set';
}

const BLANK_KINDS = new Set(['string', 'text', 'set', 'binary', 'blob']);

/** What can be asked of a column besides its values: whether there is anything to read, and why not. */
export function presencesOf({ columnKind, nullable }: ColumnDisplay): readonly string[] {
  const canBeBlank = BLANK_KINDS.has(columnKind);
  if (!canBeBlank && !nullable) return [];
  return [EMPTY, FILLED, ...(canBeBlank && nullable ? [NO_VALUE, BLANK] : [])];
}

function Choices({ property, filters, onChange }: FilterInputProps): React.ReactElement {
  const display = displayOf(property);
  const chosen = new Set(valuesOf(own(filters, property.name) ?? '', display.values));
  const toggle = (member: string) => {
    const next = display.values.filter((other) => (other === member) !== chosen.has(other));
    onChange(property.name, filterOf(next));
  };
  return (
    <CheckList>
      {display.values.map((member) => (
        <label key={member}>
          <input type="checkbox" checked={chosen.has(member)} onChange={() => toggle(member)} />
          {labelOf(display, member)}
        </label>
      ))}
    </CheckList>
  );
}

function OneOf({ property, filters, onChange }: FilterInputProps): React.ReactElement {
  const display = displayOf(property);
  const values = display.columnKind === 'boolean' ? ['true', 'false'] : display.values;
  return (
    <SelectBox
      aria-label={display.label}
      value={own(filters, property.name) ?? ''}
      onChange={({ target }: React.ChangeEvent<HTMLSelectElement>) => onChange(property.name, target.value)}
    >
      <option value="">Any</option>
      {values.map((member) => (
        <option key={member} value={member}>
          {labelOf(display, member)}
        </option>
      ))}
      {presencesOf(display).map((asked) => (
        <option key={asked} value={asked}>
          {PRESENCES.get(asked)}
        </option>
      ))}
    </SelectBox>
  );
}

const CheckList = styled.div`
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(140px, 1fr));
  gap: 6px 12px;

  & label {
    display: flex;
    gap: 8px;
    align-items: center;
    line-height: 24px;
  }
  & input {
    width: 16px;
    height: 16px;
    margin: 0;
    accent-color: ${token.link};
  }
`;
