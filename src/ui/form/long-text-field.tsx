import React from 'react';
import type { FieldProps } from './field-props.ts';
import { inputAttributes } from './field-props.ts';
import { TextArea } from './field-styles.ts';

/** Text of several lines; JSON in letters of one width. */
export function LongTextField(props: FieldProps): React.ReactElement {
  const { display, value, emptyValue, onChange } = props;
  const isJson = display.columnKind === 'json';
  return (
    <TextArea
      {...inputAttributes(props)}
      className={isJson ? 'code' : undefined}
      placeholder={props.placeholder}
      spellCheck={!isJson}
      rows={isJson ? 6 : 4}
      value={value ?? ''}
      onChange={({ target }: React.ChangeEvent<HTMLTextAreaElement>) => onChange(target.value || emptyValue)}
    />
  );
}

/** Why a text is no JSON, in the browser's words; null where it is, or is empty. */
export function findJsonFault(text: string | null): string | null {
  if (text === null || text.trim() === '') return null;
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
