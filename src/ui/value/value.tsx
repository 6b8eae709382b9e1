import { styled } from '@adminjs/design-system/styled-components';
import { type BasePropertyJSON, type RecordJSON, ViewHelpers } from 'adminjs';
import React from 'react';
import { Link } from 'react-router-dom';
import type { ColumnDisplay } from '../column-display.ts';
import { own } from '../own.ts';
import { describeValue, displayOf, isUnsaid, labelOf } from '../property-display.ts';
import { token } from '../tokens.ts';
import { unseen } from '../unseen.ts';
import { Badge } from './badge.tsx';
import { linkLook } from './link-look.ts';
import { clip, indentJson } from './long-text.ts';
import { MailLink } from './mail-link.tsx';
import { describeSize, fileUrl, isStoredFile, StoredFile } from './stored-file.tsx';
import { Timestamp } from './timestamp.tsx';

export const Muted = styled.span`
  color: ${token.muted};
`;

/** What goes without saying to who sees the others. */
const Unsaid = styled.span`
  ${unseen}
`;

export const TextLink = styled(Link)`
  ${linkLook}
`;

const Code = styled.code`
  font-family: ${token.fontMono};
  font-size: 0.92em;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
`;

const views = new ViewHelpers();

export interface ValueProps {
  readonly property: BasePropertyJSON;
  readonly record: RecordJSON;
  /** For a table's cell: as few characters as will do. */
  readonly short?: boolean;
}

/** One column's value of one row, as its kind asks for. */
export function Value({ property, record, short = false }: ValueProps) {
  const display = displayOf(property);
  const value: unknown = own(record.params, property.name);
  if (value === null || value === undefined) return <Muted aria-label="empty">—</Muted>;
  if (display.reference) return <ReferenceValue property={property} record={record} />;
  if (value === '') return <Muted>(blank)</Muted>;
  if (property.isId) return <>{String(value)}</>;
  if (display.columnKind === 'blob' && isStoredFile(value)) {
    const href = fileUrl(property.resourceId, record.id, property.name);
    return short ? (
      describeSize(value)
    ) : (
      <StoredFile key={value} href={href} value={value} label={display.label} />
    );
  }
  return <PlainValue display={display} value={value} short={short} />;
}

function ReferenceValue({ property, record }: Pick<ValueProps, 'property' | 'record'>) {
  const target = own(record.populated, property.name);
  const { reference } = displayOf(property);
  if (!target || !reference) return <>{String(record.params[property.name])}</>;
  if (target.id === null) return <>{target.title}</>;
  const href = views.recordActionUrl({
    resourceId: reference.resourceId,
    recordId: target.id,
    actionName: 'show',
  });
  return <TextLink to={href}>{target.title}</TextLink>;
}

function PlainValue({ display, value, short }: { display: ColumnDisplay; value: unknown; short: boolean }) {
  const text = String(value);
  // Bytes that are text come as that.
  if (display.columnKind === 'binary' && /^0x/i.test(text)) return <Code>{short ? clip(text) : text}</Code>;
  switch (display.kind) {
    case 'badge':
      if (!isUnsaid(display, text))
        return <Badge tone={own(display.tones, text)}>{labelOf(display, text)}</Badge>;
      return short ? <Unsaid>{labelOf(display, text)}</Unsaid> : labelOf(display, text);
    case 'email':
      return <MailLink address={text} />;
    case 'datetime':
      return <Timestamp iso={text} short={short} />;
    case 'json':
      return <Code>{short ? clip(text) : indentJson(text)}</Code>;
    case 'bit':
      return <Code>{short ? clip(text) : text}</Code>;
    default:
      return <>{short ? clip(describeValue(display, text)) : describeValue(display, text)}</>;
  }
}
