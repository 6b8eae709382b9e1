import { styled } from '@adminjs/design-system/styled-components';
import React, { useEffect, useRef, useState } from 'react';
import { token } from '../tokens.ts';
import type { FieldProps } from './field-props.ts';
import { inputAttributes } from './field-props.ts';
import { FieldError, FieldHelp, TextBox } from './field-styles.ts';
import { findInstants, isSameInstant, offsetAt, toLocalDateTime } from './local-date-time.ts';
import { TextField } from './text-field.tsx';

const SKIPPED = 'There is no such time here: the clocks are put forward over it.';

/** Takes the place of the browser's own field for what that cannot show: more than milliseconds. */
const FINE_INPUT = { type: 'text', placeholder: 'YYYY-MM-DDThh:mm:ss.ffffff', spellCheck: false };
const FINE_TEXT = /\.\d{4}/;

/** A time in the browser's zone, exactly: of the hour that autumn has twice, which of the two can be told. */
export function DateTimeField(props: FieldProps): React.ReactElement {
  const { id, name, value, invalid } = props;
  const { text, isFine, instants, change, choose } = useLocalTime(props);
  const input = useRef<HTMLInputElement>(null);
  const isSkipped = instants?.length === 0;
  useEffect(() => input.current?.setCustomValidity(isSkipped ? SKIPPED : ''), [isSkipped]);
  if (text === null) return <TextField {...props} />;
  return (
    <>
      <TextBox
        {...inputAttributes(props)}
        ref={input}
        className="number"
        aria-invalid={invalid || isSkipped}
        {...(isFine ? FINE_INPUT : { type: 'datetime-local', step: stepOf(text) })}
        value={text}
        onChange={({ target }: React.ChangeEvent<HTMLInputElement>) => change(target.value)}
      />
      <div aria-live="polite">{isSkipped && !invalid ? <FieldError>{SKIPPED}</FieldError> : null}</div>
      {instants?.length === 2 ? (
        <Occurrences role="radiogroup" aria-labelledby={`${id}-twice`}>
          <span id={`${id}-twice`}>The clocks show this twice.</span>
          {instants.map((instant, index) => (
            <label key={instant}>
              <input
                type="radio"
                name={`${name}-occurrence`}
                checked={value !== null && isSameInstant(instant, value)}
                onChange={() => choose(instant)}
              />
              {index === 0 ? 'First' : 'Second'}, {describeOffset(instant)}
            </label>
          ))}
        </Occurrences>
      ) : null}
    </>
  );
}

/** The text of a time's field, all times that it may mean, and how to change them. */
function useLocalTime({ value, onChange }: FieldProps) {
  const original = useRef(value);
  // While a date is being typed the input is empty or odd, so it holds its own text.
  const [shown, setShown] = useState(() => showValue(value));
  const posted = useRef(value);
  useEffect(() => {
    if (value === posted.current) return;
    posted.current = value;
    original.current = value;
    setShown(showValue(value));
  }, [value]);
  const post = (wanted: string | null) => {
    const held = original.current;
    posted.current = wanted !== null && held !== null && isSameInstant(wanted, held) ? held : wanted;
    onChange(posted.current);
  };
  const change = (typed: string) => {
    setShown({ ...shown, text: typed });
    post(typed === '' ? null : readText(typed, posted.current ?? original.current));
  };
  const { text } = shown;
  return { ...shown, instants: text ? findInstants(text) : null, change, choose: post };
}

/** The time that a text means: of two the one that is as far from UTC as the time before. What is none stays as it is. */
function readText(text: string, before: string | null): string {
  const instants = findInstants(text);
  if (instants === null) return text;
  const offset = before === null ? null : offsetAt(Date.parse(before));
  const meant = instants.find((instant) => offsetAt(Date.parse(instant)) === offset) ?? instants[0];
  // Without a zone the server would take it for UTC.
  return meant ?? `${text} (no such time)`;
}

/** Seconds between two times that a browser's own field offers: as fine as what it holds. */
function stepOf(text: string): number {
  if (text.includes('.')) return 0.001;
  return text.length > 'YYYY-MM-DDThh:mm'.length ? 1 : 60;
}

function describeOffset(instant: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'shortOffset' }).formatToParts(
    new Date(instant),
  );
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

function showValue(value: string | null): { text: string | null; isFine: boolean } {
  const text = value === null ? '' : toLocalDateTime(value);
  return { text, isFine: text !== null && FINE_TEXT.test(text) };
}

const Occurrences = styled(FieldHelp).attrs({ as: 'div' })`
  display: flex;
  flex-wrap: wrap;
  gap: 4px 14px;
  align-items: center;

  & label {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: 24px;
    color: ${token.ink};
    cursor: pointer;
  }
  & input {
    margin: 0;
    accent-color: ${token.link};
  }
`;
