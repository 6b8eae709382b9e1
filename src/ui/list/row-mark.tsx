import { styled } from '@adminjs/design-system/styled-components';
import { useCurrentAdmin } from 'adminjs';
import React from 'react';
import { describeAuthor } from '../live/describe-author.ts';
import { NARROW, token } from '../tokens.ts';
import type { LiveRows } from './live-rows.ts';

/** Why a row is dimmed, over its end so that nothing moves. */
export function RowMark({ rows, id }: { rows: LiveRows; id: string }): React.ReactElement | null {
  const [account] = useCurrentAdmin();
  const remover = rows.removed.get(id);
  if (remover !== undefined) return <Mark>Deleted {describeAuthor(remover, account?.id)}</Mark>;
  return rows.strayed.has(id) ? (
    <Mark title="It has changed, and the search or filters of this list would not find it any more.">
      No longer matches
    </Mark>
  ) : null;
}

const Mark = styled.span`
  position: absolute;
  top: 50%;
  right: 48px;
  padding: 1px 8px;
  font-size: 12px;
  font-weight: 600;
  line-height: 18px;
  color: ${token.muted};
  white-space: nowrap;
  background: ${token.surface};
  border: 1px solid ${token.lineStrong};
  border-radius: 999px;
  transform: translateY(-50%);

  ${NARROW} {
    top: 4px;
    right: 40px;
    transform: none;
  }
`;
