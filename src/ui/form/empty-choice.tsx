import { styled } from '@adminjs/design-system/styled-components';
import React, { useRef } from 'react';
import type { ColumnDisplay } from '../column-display.ts';
import { token } from '../tokens.ts';
import type { FormValue } from './form-values.ts';

const TEXTS: ReadonlySet<string> = new Set(['string', 'text', 'binary']);

/** Whether an empty field of the column may mean two things: an empty text, or no value. */
export function hasEmptyChoice({ columnKind, nullable, readable }: ColumnDisplay, isSaved: boolean): boolean {
  return readable && TEXTS.has(columnKind) && (nullable || !isSaved);
}

/** What a field holds once all of it is taken out: what it held when it was empty last, else no value where it can. */
export function useEmptyValue({ columnKind, nullable }: ColumnDisplay, value: FormValue): '' | null {
  const last = useRef<'' | null>(nullable || !(TEXTS.has(columnKind) || columnKind === 'set') ? null : '');
  if (value === null || value === '') last.current = value;
  return last.current;
}

/** What an empty field says of itself. */
export function describeEmpty(value: string | null, nullable: boolean): string | undefined {
  if (value === '') return 'Empty text';
  return nullable ? 'No value' : undefined;
}

export interface EmptyChoiceProps {
  readonly value: string | null;
  /** Id of the field's label. */
  readonly labelId: string;
  onChange(value: '' | null): void;
}

/** Takes an empty field from no value to an empty text and back. */
export function EmptyChoice({ value, labelId, onChange }: EmptyChoiceProps): React.ReactElement | null {
  if (value !== null && value !== '') return null;
  return (
    <Switch type="button" aria-describedby={labelId} onClick={() => onChange(value === null ? '' : null)}>
      {value === null ? 'Use an empty text' : 'Use no value'}
    </Switch>
  );
}

/** A field with its choice inside of it, seen while either is used. */
export const EmptyChoiceFrame = styled.div`
  position: relative;

  &:not(:hover, :focus-within) > button {
    opacity: 0;
    pointer-events: none;
  }
`;

const Switch = styled.button`
  position: absolute;
  top: 5px;
  right: 5px;
  height: 26px;
  padding: 0 8px;
  font: inherit;
  font-size: 12px;
  line-height: 24px;
  color: ${token.link};
  background: ${token.surface};
  border: 1px solid ${token.line};
  border-radius: 4px;
  cursor: pointer;

  &:hover {
    background: ${token.hover};
  }
`;
