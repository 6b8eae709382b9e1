import { styled } from '@adminjs/design-system/styled-components';
import React from 'react';
import { CURRENCY_SIGN } from '../format.ts';
import { token } from '../tokens.ts';
import type { FieldProps } from './field-props.ts';
import { inputAttributes } from './field-props.ts';
import { TextBox } from './field-styles.ts';

interface Spelling {
  readonly inputMode?: 'numeric' | 'decimal';
  readonly className?: 'number' | 'code';
  readonly placeholder?: string;
}

const SPELLINGS: Readonly<Record<string, Spelling>> = {
  integer: { inputMode: 'numeric', className: 'number' },
  boolean: { inputMode: 'numeric', className: 'number' },
  bit: { inputMode: 'numeric', className: 'number' },
  year: { inputMode: 'numeric', className: 'number', placeholder: 'YYYY' },
  decimal: { inputMode: 'decimal', className: 'number' },
  float: { inputMode: 'decimal', className: 'number' },
  time: { className: 'number', placeholder: 'hh:mm:ss' },
  datetime: { className: 'number', placeholder: 'YYYY-MM-DDThh:mm:ssZ' },
  binary: { className: 'code', placeholder: '0x…' },
};

/** A line of text: words, numbers (kept as typed), dates, times and bytes in hexadecimal. */
export function TextField(props: FieldProps): React.ReactElement {
  const { display, value, emptyValue, onChange } = props;
  const isDate = display.columnKind === 'date' && (value === null || isCalendarDay(value));
  const input = (
    <TextBox
      {...inputAttributes(props)}
      spellCheck={display.kind === 'text'}
      // Not type="email": browsers rewrite names of domains in it.
      inputMode={display.kind === 'email' ? 'email' : undefined}
      {...SPELLINGS[display.columnKind]}
      placeholder={props.placeholder ?? SPELLINGS[display.columnKind]?.placeholder}
      type={isDate ? 'date' : 'text'}
      value={value ?? ''}
      onChange={({ target }: React.ChangeEvent<HTMLInputElement>) => onChange(target.value || emptyValue)}
    />
  );
  if (display.kind !== 'money') return input;
  return (
    <Amount>
      <span aria-hidden="true">{CURRENCY_SIGN}</span>
      {input}
    </Amount>
  );
}

const Amount = styled.div`
  position: relative;

  & > span {
    position: absolute;
    top: 0;
    left: 11px;
    font-size: 14px;
    line-height: 36px;
    color: ${token.muted};
  }
  & > input {
    padding-left: 29px;
  }
`;

// MySQL may hold days such as 0000-00-00, which a date input would show as nothing.
function isCalendarDay(text: string): boolean {
  return !Number.isNaN(Date.parse(text));
}
