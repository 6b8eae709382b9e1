import { styled } from '@adminjs/design-system/styled-components';
import type { BasePropertyJSON, RecordJSON, ResourceJSON } from 'adminjs';
import React from 'react';
import { X } from 'react-feather';
import type { ReferenceDisplay } from '../column-display.ts';
import { useReferenceTitle } from '../form/use-reference-search.ts';
import { own } from '../own.ts';
import { displayOf } from '../property-display.ts';
import { tint, token } from '../tokens.ts';
import { describeFilter } from './describe-filter.ts';
import { columnOf, type Filters, PRESENCES, withoutColumn } from './list-params.ts';

export interface FilterChipsProps {
  readonly resource: ResourceJSON;
  readonly filters: Filters;
  readonly records: readonly RecordJSON[];
  onChange(filters: Filters): void;
}

/** The filters in force in words, each to be taken away with one press. */
export function FilterChips({
  resource,
  filters,
  records,
  onChange,
}: FilterChipsProps): React.ReactElement | null {
  const known = propertiesOf(resource);
  const names = known.map(({ name }) => name);
  const columns = [...new Set(Object.keys(filters).map((path) => columnOf(path, names)))];
  if (columns.length === 0) return null;
  return (
    <Chips aria-label="Active filters">
      {columns.map((column) => {
        const property = known.find(({ name }) => name === column);
        const label = property ? displayOf(property).label : column;
        return (
          <li key={column}>
            <span>
              {label}:{' '}
              <b>
                {property ? (
                  <Asked property={property} filters={filters} records={records} />
                ) : (
                  own(filters, column)
                )}
              </b>
            </span>
            <button
              type="button"
              aria-label={`Remove filter ${label}`}
              onClick={() => onChange(withoutColumn(filters, column, names))}
            >
              <X size={14} aria-hidden />
            </button>
          </li>
        );
      })}
      {columns.length > 1 ? (
        <li className="all">
          <button type="button" onClick={() => onChange({})}>
            Clear all
          </button>
        </li>
      ) : null}
    </Chips>
  );
}

function propertiesOf({ filterProperties, listProperties, showProperties, properties }: ResourceJSON) {
  return [...filterProperties, ...listProperties, ...showProperties, ...Object.values(properties)];
}

interface AskedProps {
  readonly property: BasePropertyJSON;
  readonly filters: Filters;
  readonly records: readonly RecordJSON[];
}

function Asked({ property, filters, records }: AskedProps): React.ReactElement {
  const { name } = property;
  const display = displayOf(property);
  const value = own(filters, name);
  if (value === undefined || PRESENCES.has(value) || !(display.reference || property.isId))
    return <>{describeFilter(name, display, filters)}</>;
  if (!display.reference) return <>{value}</>;
  const row = records.find(({ params }) => String(params[name]) === value);
  const known = (row && own(row.populated, name)?.title) ?? null;
  return <ReferenceTitle reference={display.reference} value={value} known={known} />;
}

function ReferenceTitle(props: {
  reference: ReferenceDisplay;
  value: string;
  known: string | null;
}): React.ReactElement {
  const { title, isSought } = useReferenceTitle(props.reference, props.value, props.known);
  return <>{isSought ? '…' : title}</>;
}

const Chips = styled.ul`
  display: flex;
  flex-wrap: wrap;
  gap: 6px;
  margin: 0;
  padding: 0;
  list-style: none;

  & li {
    display: inline-flex;
    align-items: center;
    max-width: 100%;
    padding-left: 12px;
    font-size: 13px;
    line-height: 28px;
    color: ${token.ink};
    background: ${tint(token.link, 10)};
    border-radius: 14px;
  }
  & li > span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  & b {
    font-weight: 600;
  }
  & button {
    display: inline-flex;
    align-items: center;
    height: 28px;
    padding: 0 9px 0 6px;
    font: inherit;
    color: ${token.link};
    background: none;
    border: 0;
    border-radius: 14px;
    cursor: pointer;
  }
  & button:hover {
    color: ${token.ink};
  }
  & .all {
    padding: 0;
    background: none;
  }
`;
