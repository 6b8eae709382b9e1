import { styled } from '@adminjs/design-system/styled-components';
import React from 'react';
import { PlainButton } from '../button.ts';
import { token } from '../tokens.ts';

export interface NoRecordsProps {
  /** What the list is of, such as 'orders'. */
  readonly label: string;
  /** What is searched for; '' for nothing. */
  readonly text: string;
  readonly isFiltered: boolean;
  onClear(): void;
}

/** What stands in place of rows where there are none: why, and the way back to some. */
export function NoRecords({ label, text, isFiltered, onClear }: NoRecordsProps): React.ReactElement {
  if (text === '' && !isFiltered)
    return (
      <Empty>
        <strong>There are no {label} yet</strong>
      </Empty>
    );
  const filters = isFiltered ? ' with these filters' : '';
  return (
    <Empty>
      <strong>{text ? `No ${label} found for “${text}”${filters}` : `No ${label}${filters}`}</strong>
      <span>
        {text ? 'Try fewer letters, or another name or number.' : 'Take one of them away to see more.'}
      </span>
      <PlainButton type="button" onClick={onClear}>
        {text ? (isFiltered ? 'Clear search and filters' : 'Clear search') : 'Clear filters'}
      </PlainButton>
    </Empty>
  );
}

const Empty = styled.div`
  display: flex;
  flex-direction: column;
  gap: 8px;
  padding: 24px;
  align-items: center;
  justify-content: center;
  min-height: 240px;
  font-size: 14px;
  color: ${token.muted};

  & button {
    margin-top: 8px;
  }
  & strong {
    font-size: 16px;
    font-weight: 600;
    line-height: 24px;
    text-align: center;
    overflow-wrap: anywhere;
    color: ${token.ink};
  }
`;
