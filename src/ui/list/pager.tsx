import { styled } from '@adminjs/design-system/styled-components';
import React from 'react';
import { ChevronLeft, ChevronRight } from 'react-feather';
import { PlainButton } from '../button.ts';
import { formatCount, formatInteger } from '../format.ts';
import { NARROW, token } from '../tokens.ts';
import type { ListMeta } from './load-rows.ts';

const PAGE_SIZES = [25, 50, 100];

export interface PagerProps {
  readonly meta: ListMeta;
  readonly shown: number;
  onPage(page: number): void;
  onPageSize(rows: number): void;
}

/** Which rows of how many are shown, how many at a time, and the way to the others. */
export function Pager({ meta, shown, onPage, onPageSize }: PagerProps): React.ReactElement {
  const { page, perPage, total, hasNext } = meta;
  const first = (page - 1) * perPage + 1;
  const sizes = [...new Set([...PAGE_SIZES, perPage])].sort((left, right) => left - right);
  return (
    <Bar aria-label="Pages">
      <span role="status">
        {shown === 0
          ? 'No rows'
          : `${formatInteger(first)}–${formatInteger(first + shown - 1)} of ${formatCount(total)}`}
      </span>
      <label>
        Rows per page{' '}
        <select value={perPage} onChange={({ target }) => onPageSize(Number(target.value))}>
          {sizes.map((size) => (
            <option key={size}>{size}</option>
          ))}
        </select>
      </label>
      <div>
        <PlainButton type="button" disabled={page === 1} onClick={() => onPage(page - 1)}>
          <ChevronLeft size={16} aria-hidden /> Previous
        </PlainButton>
        <PlainButton type="button" disabled={!hasNext} onClick={() => onPage(page + 1)}>
          Next <ChevronRight size={16} aria-hidden />
        </PlainButton>
      </div>
    </Bar>
  );
}

const Bar = styled.nav`
  display: flex;
  flex-wrap: wrap;
  gap: 8px 24px;
  align-items: center;
  padding: 8px 16px;
  font-size: 13px;
  font-variant-numeric: tabular-nums;
  color: ${token.muted};
  border-top: 1px solid ${token.line};

  & > span {
    margin-right: auto;
  }
  & > div {
    display: flex;
    gap: 8px;
  }
  & select {
    height: 32px;
    padding: 0 6px;
    font: inherit;
    color: ${token.ink};
    background: ${token.surface};
    border: 1px solid ${token.lineStrong};
    border-radius: 6px;
  }
  ${NARROW} {
    & > div {
      flex: 1 1 100%;
    }
    & > div > button {
      flex: 1;
    }
  }
`;
