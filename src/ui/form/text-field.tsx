import React from 'react';
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
  const { display, value, onChange } = props;
  const isDate = display.columnKind === 'date' && (value === null || isCalendarDay(value));
  return (
    <TextBox
      {...inputAttributes(props)}
      spellCheck={display.kind === 'text'}
      // Not type="email": browsers rewrite names of domains in it.
      inputMode={display.kind === 'email' ? 'email' : undefined}
      {...SPELLINGS[display.columnKind]}
      type={isDate ? 'date' : 'text'}
      value={value ?? ''}
      onChange={({ target }: React.ChangeEvent<HTMLInputElement>) => onChange(target.value || null)}
    />
  );
}

// MySQL may hold days such as 0000-00-00, which a date input would show as nothing.
function isCalendarDay(text: string): boolean {
  return !Number.isNaN(Date.parse(text));
}
