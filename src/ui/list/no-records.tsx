import { styled } from '@adminjs/design-system/styled-components';
import React from 'react';
import { PlainButton } from '../button.ts';
import { token } from '../tokens.ts';

/** What stands in place of rows where there are none. */
export function NoRecords({
  isNarrowed,
  onClear,
}: {
  isNarrowed: boolean;
  onClear(): void;
}): React.ReactElement {
  return (
    <Empty>
      <strong>{isNarrowed ? 'Nothing matches' : 'Nothing here yet'}</strong>
      {isNarrowed ? (
        <PlainButton type="button" onClick={onClear}>
          Clear search and filters
        </PlainButton>
      ) : null}
    </Empty>
  );
}

const Empty = styled.div`
  display: flex;
  flex-direction: column;
  gap: 12px;
  align-items: center;
  justify-content: center;
  min-height: 240px;
  font-size: 14px;
  color: ${token.muted};

  & strong {
    font-size: 16px;
    color: ${token.ink};
  }
`;
