import { styled } from '@adminjs/design-system/styled-components';
import React, { useEffect, useRef, useState } from 'react';
import { Calendar } from 'react-feather';
import { TextBox } from '../form/field-styles.ts';
import { formatDate } from '../format.ts';
import { token } from '../tokens.ts';
import { readDay } from './read-shown.ts';

export interface DayBoxProps {
  readonly id: string;
  readonly label: string;
  /** As ISO; '' for none. */
  readonly day: string;
  onChange(day: string): void;
}

const ADVICE = 'Write a day like 22 Nov 2026, or choose it from the calendar.';

/** A day, written and shown as everywhere in the panel, where a browser's own field has an order of its own; or chosen. */
export function DayBox({ id, label, day, onChange }: DayBoxProps): React.ReactElement {
  const [typed, setTyped] = useState<string | null>(null);
  const box = useRef<HTMLInputElement>(null);
  const calendar = useRef<HTMLInputElement>(null);
  const settle = () => {
    setTyped(null);
    box.current?.setCustomValidity('');
  };
  useEffect(settle, [day]);
  const type = ({ target }: React.ChangeEvent<HTMLInputElement>) => {
    const next = parseDay(target.value);
    setTyped(target.value);
    target.setCustomValidity(next === null ? ADVICE : '');
    if (next !== null) onChange(next);
  };
  return (
    <Frame>
      <TextBox
        ref={box}
        id={id}
        type="text"
        aria-label={label}
        placeholder="22 Nov 2026"
        value={typed ?? (day === '' ? '' : formatDate(day))}
        onChange={type}
      />
      <input
        ref={calendar}
        type="date"
        tabIndex={-1}
        aria-hidden
        value={day}
        onChange={({ target }) => onChange(target.value)}
      />
      <button type="button" aria-label={`${label}: calendar`} onClick={() => calendar.current?.showPicker()}>
        <Calendar size={16} aria-hidden />
      </button>
    </Frame>
  );
}

/** ISO, '' for nothing, null where it is no day. */
function parseDay(text: string): string | null {
  const plain = text.trim();
  return plain === '' || /^\d{4}-\d{2}-\d{2}$/.test(plain) ? plain : readDay(plain);
}

const Frame = styled.span`
  position: relative;
  display: block;

  & > input[type='date'] {
    position: absolute;
    right: 0;
    bottom: 0;
    width: 1px;
    height: 1px;
    min-height: 0;
    padding: 0;
    border: 0;
    opacity: 0;
    pointer-events: none;
  }
  && > button {
    position: absolute;
    top: 0;
    right: 0;
    display: inline-flex;
    align-items: center;
    height: 100%;
    min-height: 0;
    padding: 0 10px;
    color: ${token.muted};
    background: none;
    border: 0;
    cursor: pointer;
  }
  && > button:hover {
    color: ${token.ink};
    background: none;
  }
`;
