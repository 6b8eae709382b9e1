import { styled } from '@adminjs/design-system/styled-components';
import type { BasePropertyJSON } from 'adminjs';
import React, { useId } from 'react';
import { SelectBox, TextBox } from '../form/field-styles.ts';
import { ReferenceSelect } from '../form/reference-select.tsx';
import { displayOf, labelOf } from '../property-display.ts';
import { token } from '../tokens.ts';
import type { Filters } from './list-params.ts';

export interface FilterInputProps {
  readonly property: BasePropertyJSON;
  readonly filters: Filters;
  onChange(path: string, value: string): void;
}

const SPAN_INPUTS: Readonly<Record<string, string>> = {
  integer: 'text',
  decimal: 'text',
  float: 'text',
  year: 'text',
  date: 'date',
  datetime: 'date',
  time: 'time',
};

/** What a column is filtered by: a row, some of its values, a span, or a part of the text. */
export function FilterInput(props: FilterInputProps): React.ReactElement {
  const { property, filters, onChange } = props;
  const { name } = property;
  const display = displayOf(property);
  const id = useId();
  const value = filters[name] ?? '';
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
  if (display.columnKind === 'boolean' || display.columnKind === 'set') return <OneOf {...props} />;
  const type = SPAN_INPUTS[display.columnKind];
  if (type && !property.isId && !display.reference && value === '') return <Span {...props} type={type} />;
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

function Choices({ property, filters, onChange }: FilterInputProps): React.ReactElement {
  const display = displayOf(property);
  const chosen = new Set((filters[property.name] ?? '').split(',').filter(Boolean));
  const toggle = (member: string) => {
    const next = display.values.filter((other) => (other === member) !== chosen.has(other));
    onChange(property.name, next.join(','));
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
      value={filters[property.name] ?? ''}
      onChange={({ target }: React.ChangeEvent<HTMLSelectElement>) => onChange(property.name, target.value)}
    >
      <option value="">Any</option>
      {values.map((member) => (
        <option key={member} value={member}>
          {labelOf(display, member)}
        </option>
      ))}
    </SelectBox>
  );
}

function Span({
  property,
  filters,
  type,
  onChange,
}: FilterInputProps & { type: string }): React.ReactElement {
  const { label, columnKind } = displayOf(property);
  const isMoment = columnKind === 'datetime';
  const field = (bound: 'from' | 'to') => {
    const path = `${property.name}.${bound}`;
    const value = filters[path] ?? '';
    const change = (text: string) => onChange(path, isMoment && text ? toMoment(text, bound) : text);
    return (
      <label>
        {bound === 'from' ? 'From' : 'To'}
        <TextBox
          type={type}
          step={type === 'time' ? 1 : undefined}
          inputMode={type === 'text' ? 'decimal' : undefined}
          aria-label={`${label} ${bound}`}
          value={isMoment ? toDay(value) : value}
          onChange={({ target }: React.ChangeEvent<HTMLInputElement>) => change(target.value)}
        />
      </label>
    );
  };
  return (
    <Bounds>
      {field('from')}
      {field('to')}
    </Bounds>
  );
}

/** The first or last moment of a day in the reader's zone, as ISO time. */
function toMoment(day: string, bound: 'from' | 'to'): string {
  const time = new Date(`${day}T${bound === 'from' ? '00:00:00.000' : '23:59:59.999'}`);
  return Number.isNaN(time.getTime()) ? '' : time.toISOString();
}

function toDay(value: string): string {
  const time = new Date(value);
  if (/^\d{4}-\d{2}-\d{2}$/.test(value) || Number.isNaN(time.getTime())) return value;
  const part = (number: number, digits: number) => String(number).padStart(digits, '0');
  return `${part(time.getFullYear(), 4)}-${part(time.getMonth() + 1, 2)}-${part(time.getDate(), 2)}`;
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

const Bounds = styled.div`
  display: grid;
  grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
  gap: 12px;

  & label {
    display: block;
    font-size: 12px;
    color: ${token.muted};
  }
`;
