import { styled } from '@adminjs/design-system/styled-components';
import type { BasePropertyJSON } from 'adminjs';
import React, { useId } from 'react';
import { SelectBox } from '../form/field-styles.ts';
import { own } from '../own.ts';
import { displayOf } from '../property-display.ts';
import { token } from '../tokens.ts';
import { FilterInput, isChoiceOfOne, presencesOf } from './filter-input.tsx';
import { type Filters, PRESENCES } from './list-params.ts';

export interface FilterFieldProps {
  readonly property: BasePropertyJSON;
  readonly filter?: Filters;
  onChange?(path: string, value: string): void;
}

/**
 * One column's filter. `filter` holds the filters by path ('price.from' → '5'); `onChange` is called with a path and
 * its value, '' for none.
 */
export default function FilterField({
  property,
  filter: filters = {},
  onChange,
}: FilterFieldProps): React.ReactElement {
  const { name } = property;
  const display = displayOf(property);
  const id = useId();
  const value = own(filters, name) ?? '';
  // A choice of one holds these two among its own.
  const presences = isChoiceOfOne(display) ? [] : presencesOf(display);
  const presence = presences.includes(value) ? value : '';
  const change = (path: string, next: string) => onChange?.(path, next);
  return (
    <Field role="group" aria-labelledby={id}>
      <div>
        <span id={id}>{display.label}</span>
        {presences.length > 0 ? (
          <SelectBox
            aria-label={`${display.label}: any, empty or not`}
            value={presence}
            onChange={({ target }: React.ChangeEvent<HTMLSelectElement>) => change(name, target.value)}
          >
            <option value="">Any</option>
            {presences.map((asked) => (
              <option key={asked} value={asked}>
                {PRESENCES.get(asked)}
              </option>
            ))}
          </SelectBox>
        ) : null}
      </div>
      {presence === '' ? <FilterInput property={property} filters={filters} onChange={change} /> : null}
    </Field>
  );
}

const Field = styled.div`
  margin: 0 0 18px;
  font-size: 14px;

  & > div:first-child {
    display: flex;
    gap: 12px;
    align-items: center;
    justify-content: space-between;
    margin-bottom: 6px;
    font-size: 13px;
    font-weight: 600;
    color: ${token.ink};
  }
  & > div:first-child select {
    width: auto;
    height: 28px;
    min-height: 0;
    padding-top: 0;
    padding-bottom: 0;
    font-size: 12px;
    font-weight: 400;
  }
`;
