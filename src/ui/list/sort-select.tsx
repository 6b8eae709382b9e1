import { styled } from '@adminjs/design-system/styled-components';
import type { BasePropertyJSON } from 'adminjs';
import React from 'react';
import { SelectBox } from '../form/field-styles.ts';
import { displayOf } from '../property-display.ts';
import { NARROW } from '../tokens.ts';
import type { Direction } from './sort-header.tsx';

export interface SortSelectProps {
  readonly properties: readonly BasePropertyJSON[];
  readonly sortBy: string | undefined;
  readonly direction: Direction;
  onSort(column: string, direction: Direction): void;
}

/** The list's order as one choice, where narrow screens have no headings to press. */
export function SortSelect({
  properties,
  sortBy,
  direction,
  onSort,
}: SortSelectProps): React.ReactElement | null {
  const sortable = properties.filter(({ isSortable }) => isSortable);
  const isKnown = sortable.some(({ name }) => name === sortBy);
  const change = ({ target }: React.ChangeEvent<HTMLSelectElement>) => {
    const [wanted = 'asc', ...column] = target.value.split(' ');
    onSort(column.join(' '), wanted as Direction);
  };
  if (sortable.length === 0) return null;
  return (
    <NarrowOnly aria-label="Sort by" value={isKnown ? `${direction} ${sortBy}` : ''} onChange={change}>
      {isKnown ? null : <option value="">Sort by</option>}
      {sortable.map((property) => (
        <React.Fragment key={property.name}>
          <option value={`asc ${property.name}`}>{displayOf(property).label} ↑</option>
          <option value={`desc ${property.name}`}>{displayOf(property).label} ↓</option>
        </React.Fragment>
      ))}
    </NarrowOnly>
  );
}

const NarrowOnly = styled(SelectBox)`
  display: none;

  ${NARROW} {
    display: block;
    flex: 1 1 100%;
  }
`;
