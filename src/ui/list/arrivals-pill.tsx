import { styled } from '@adminjs/design-system/styled-components';
import { useTranslation } from 'adminjs';
import React from 'react';
import { ArrowUp } from 'react-feather';
import { formatCount } from '../format.ts';
import { NARROW, TOP_BAR_HEIGHT, token } from '../tokens.ts';
import { type LiveRows, MAX_ARRIVALS } from './live-rows.ts';

export interface ArrivalsPillProps {
  readonly resourceId: string;
  readonly rows: LiveRows;
  onShow(): void;
}

/** Rows that belong to the list and are not shown yet: told, and fetched when the person asks for them. */
export function ArrivalsPill({ resourceId, rows, onShow }: ArrivalsPillProps): React.ReactElement {
  const { translateAction, translateLabel } = useTranslation();
  const text = describeArrivals(rows, {
    // 'New order'
    one: translateAction('new', resourceId).toLowerCase(),
    many: `new ${translateLabel(resourceId).toLowerCase()}`,
  });
  return (
    <Place role="status">
      {text ? (
        <Pill type="button" onClick={onShow}>
          <ArrowUp size={15} aria-hidden /> {text}
        </Pill>
      ) : null}
    </Place>
  );
}

/** '3 new orders'; '' for nothing. */
export function describeArrivals(
  { arrived, uncertain }: Pick<LiveRows, 'arrived' | 'uncertain'>,
  words: { readonly one: string; readonly many: string },
): string {
  if (arrived.size === 0) return uncertain.size > 0 ? `There may be ${words.many}` : '';
  const count =
    arrived.size === 1 ? `1 ${words.one}` : `${formatCount(arrived.size, MAX_ARRIVALS - 1)} ${words.many}`;
  return uncertain.size > 0 ? `${count}, maybe more` : count;
}

const Place = styled.div`
  position: absolute;
  z-index: 5;
  top: 44px;
  right: 0;
  left: 0;
  display: flex;
  justify-content: center;
  pointer-events: none;

  ${NARROW} {
    position: fixed;
    /* Over the bar's edge: the heading below stays free. */
    z-index: 21;
    top: calc(${TOP_BAR_HEIGHT} - 9px);
  }
`;

const Pill = styled.button`
  display: inline-flex;
  gap: 6px;
  align-items: center;
  padding: 7px 16px 7px 12px;
  font: inherit;
  font-size: 13px;
  font-weight: 600;
  line-height: 18px;
  color: ${token.surface};
  background: ${token.link};
  border: 0;
  border-radius: 999px;
  box-shadow: ${token.shadow};
  cursor: pointer;
  pointer-events: auto;

  &:hover {
    background: color-mix(in srgb, ${token.link} 88%, black);
  }
`;
