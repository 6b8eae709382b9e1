import React, { useEffect, useRef, useState } from 'react';
import type { FieldProps } from './field-props.ts';
import { inputAttributes } from './field-props.ts';
import { TextBox } from './field-styles.ts';
import { fromLocalDateTime, toLocalDateTime } from './local-date-time.ts';
import { TextField } from './text-field.tsx';

/** A time in the browser's zone. One that is not changed keeps its fraction of a second. */
export function DateTimeField(props: FieldProps): React.ReactElement {
  const { value, onChange } = props;
  const original = useRef(value);
  // While a date is being typed the input is empty or odd, so it holds its own text.
  const [text, setText] = useState(() => showValue(value));
  const posted = useRef(value);
  useEffect(() => {
    if (value === posted.current) return;
    posted.current = value;
    original.current = value;
    setText(showValue(value));
  }, [value]);
  if (text === null) return <TextField {...props} />;
  const change = (typed: string) => {
    setText(typed);
    posted.current = fromLocalDateTime(typed, original.current);
    onChange(posted.current);
  };
  return (
    <TextBox
      {...inputAttributes(props)}
      className="number"
      type="datetime-local"
      step={text.length > 'YYYY-MM-DDThh:mm'.length ? 1 : 60}
      value={text}
      onChange={({ target }: React.ChangeEvent<HTMLInputElement>) => change(target.value)}
    />
  );
}

function showValue(value: string | null): string | null {
  return value === null ? '' : toLocalDateTime(value);
}
