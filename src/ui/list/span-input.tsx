import { styled } from '@adminjs/design-system/styled-components';
import React, { useId } from 'react';
import { TextBox } from '../form/field-styles.ts';
import { displayOf } from '../property-display.ts';
import { tint, token } from '../tokens.ts';
import { DayBox } from './day-box.tsx';
import { type Bound, dayBefore, dayOf, momentOfDay } from './day-span.ts';
import type { FilterInputProps } from './filter-input-props.ts';

export interface SpanInputProps extends FilterInputProps {
  /** What is typed: days, or any text. */
  readonly type: 'date' | 'text';
}

const DAY_SPANS = [
  { label: 'Today', daysAgo: 0 },
  { label: 'Last 7 days', daysAgo: 6 },
  { label: 'Last 30 days', daysAgo: 29 },
];

/** A column's filter by a lowest value, a highest one, or both. */
export function SpanInput({ property, filters, type, onChange }: SpanInputProps): React.ReactElement {
  const id = useId();
  const { name } = property;
  const { label, columnKind } = displayOf(property);
  const isMoment = columnKind === 'datetime';
  const change = (bound: Bound, text: string) =>
    onChange(`${name}.${bound}`, isMoment && text ? momentOfDay(text, bound) || text : text);
  const choose = (daysAgo: number) => {
    change('from', dayBefore(daysAgo, new Date()));
    change('to', '');
  };
  const field = (bound: Bound) => {
    const value = filters[`${name}.${bound}`] ?? '';
    return (
      <div>
        <label htmlFor={`${id}-${bound}`}>{bound === 'from' ? 'From' : 'To'}</label>
        {type === 'date' ? (
          <DayBox
            id={`${id}-${bound}`}
            label={`${label} ${bound}`}
            day={isMoment ? dayOf(value) : value}
            onChange={(day) => change(bound, day)}
          />
        ) : (
          <TextBox
            id={`${id}-${bound}`}
            type="text"
            inputMode="decimal"
            aria-label={`${label} ${bound}`}
            value={value}
            onChange={({ target }: React.ChangeEvent<HTMLInputElement>) => change(bound, target.value)}
          />
        )}
      </div>
    );
  };
  return (
    <Bounds>
      {field('from')}
      {field('to')}
      {type === 'date' ? (
        <p>
          {DAY_SPANS.map((span) => (
            <button key={span.label} type="button" onClick={() => choose(span.daysAgo)}>
              {span.label}
            </button>
          ))}
        </p>
      ) : null}
    </Bounds>
  );
}

const Bounds = styled.div`
  display: grid;
  grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
  gap: 12px;

  & label {
    display: block;
    font-size: 12px;
    color: ${token.muted};
  }
  & p {
    display: flex;
    flex-wrap: wrap;
    grid-column: 1 / -1;
    gap: 6px;
    margin: -4px 0 0;
  }
  & button {
    min-height: 28px;
    padding: 0 10px;
    font: inherit;
    font-size: 12px;
    color: ${token.link};
    background: ${tint(token.link, 8)};
    border: 0;
    border-radius: 14px;
    cursor: pointer;
  }
  & button:hover {
    background: ${tint(token.link, 16)};
  }
`;
