import type { BasePropertyJSON } from 'adminjs';
import React from 'react';
import { ChevronDown, ChevronUp } from 'react-feather';
import { displayOf, isNumeric } from '../property-display.ts';

export type Direction = 'asc' | 'desc';

export interface SortHeaderProps {
  readonly property: BasePropertyJSON;
  /** Null where the list is sorted by another column. */
  readonly direction: Direction | null;
  onSort(direction: Direction): void;
}

/** A column's heading; pressing it sorts by the column, pressing it again turns the order round. */
export function SortHeader({ property, direction, onSort }: SortHeaderProps): React.ReactElement {
  const display = displayOf(property);
  const className = isNumeric(display) && !property.isId ? 'number' : undefined;
  if (!property.isSortable)
    return (
      <th scope="col" className={className}>
        {display.label}
      </th>
    );
  const sorted = direction === 'asc' ? 'ascending' : direction === 'desc' ? 'descending' : 'none';
  const Arrow = direction === 'desc' ? ChevronDown : ChevronUp;
  return (
    <th scope="col" className={className} aria-sort={sorted}>
      <button type="button" onClick={() => onSort(direction === 'asc' ? 'desc' : 'asc')}>
        {display.label}
        <Arrow size={14} aria-hidden style={{ visibility: direction ? 'visible' : 'hidden' }} />
      </button>
    </th>
  );
}
