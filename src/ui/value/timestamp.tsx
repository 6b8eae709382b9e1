import { styled } from '@adminjs/design-system/styled-components';
import React from 'react';
import { formatDateTime, formatRelative, formatShortDateTime, formatUtc } from '../format.ts';
import { token } from '../tokens.ts';

const Ago = styled.small`
  margin-left: 8px;
  color: ${token.muted};
`;

/** A time in the reader's zone; the tooltip tells the zone, UTC and how long ago it was. */
export function Timestamp({ iso, short = false }: { iso: string; short?: boolean }) {
  const ago = formatRelative(iso);
  const title = `${formatDateTime(iso)}\n${formatUtc(iso)}\n${ago}`;
  return (
    <>
      <time dateTime={iso} title={title}>
        {short ? formatShortDateTime(iso) : formatDateTime(iso)}
      </time>
      {short ? null : <Ago>{ago}</Ago>}
    </>
  );
}
