import { styled } from '@adminjs/design-system/styled-components';
import React, { useState } from 'react';
import { formatNumber } from '../format.ts';
import { siteUrl } from '../site-url.ts';
import { token } from '../tokens.ts';
import { linkLook } from './link-look.ts';

const STORED = /^(\d+) bytes$/;

/** Where a row's bytes are, of whatever kind. */
export function fileUrl(table: string, recordId: string, column: string): string {
  return siteUrl(`/admin/files/${[table, recordId, column].map(encodeURIComponent).join('/')}`);
}

/** Whether a blob's value stands for bytes that are no text: it tells their number alone. */
export function isStoredFile(value: unknown): value is string {
  return typeof value === 'string' && STORED.test(value);
}

/** '1234567 bytes' → '1,234,567 bytes'. */
export function describeSize(value: string): string {
  const count = STORED.exec(value)?.[1] ?? '0';
  return `${formatNumber(count)} ${count === '1' ? 'byte' : 'bytes'}`;
}

export interface StoredFileProps {
  readonly href: string;
  /** As the server tells it: '12 bytes'. */
  readonly value: string;
  readonly label: string;
}

/** Bytes of a row: a picture where they are one, and a link to keep them. */
export function StoredFile({ href, value, label }: StoredFileProps): React.ReactElement {
  const [isPicture, setPicture] = useState(true);
  return (
    <Frame>
      {isPicture ? <Picture src={href} alt={label} onError={() => setPicture(false)} /> : null}
      <Download href={href} download>
        Download ({describeSize(value)})
      </Download>
    </Frame>
  );
}

const Frame = styled.div`
  display: flex;
  flex-direction: column;
  gap: 8px;
  align-items: flex-start;
`;

/** A picture as large as it is, and no larger than fits beside others. */
export const Picture = styled.img`
  display: block;
  max-width: min(100%, 320px);
  max-height: 240px;
  object-fit: contain;
  background: ${token.page};
  border: 1px solid ${token.line};
  border-radius: 6px;
`;

const Download = styled.a`
  ${linkLook}
`;
