import { styled } from '@adminjs/design-system/styled-components';
import React from 'react';
import { ChevronLeft, ChevronRight, ChevronsLeft, ChevronsRight } from 'react-feather';
import { PlainButton } from '../button.ts';
import { formatCount, formatInteger } from '../format.ts';
import { NARROW, token } from '../tokens.ts';
import type { ListMeta } from './load-rows.ts';
import { lastPage, type PagePlace, toLastPage, toNextPage, toPage, toPreviousPage } from './page-places.ts';

const PAGE_SIZES = [25, 50, 100];

export interface PagerProps {
  readonly meta: ListMeta;
  readonly shown: number;
  onPage(place: PagePlace): void;
  onPageSize(rows: number): void;
}

/** Which rows of how many are shown, how many at a time, and the way to the others. */
export function Pager({ meta, shown, onPage, onPageSize }: PagerProps): React.ReactElement {
  const { perPage, hasPrevious, hasNext } = meta;
  const sizes = [...new Set([...PAGE_SIZES, perPage])].sort((left, right) => left - right);
  return (
    <Bar aria-label="Pages">
      <span role="status">{describeRows(meta, shown)}</span>
      <label>
        Rows per page{' '}
        <select value={perPage} onChange={({ target }) => onPageSize(Number(target.value))}>
          {sizes.map((size) => (
            <option key={size}>{size}</option>
          ))}
        </select>
      </label>
      {hasPrevious || hasNext ? <PageNumber meta={meta} onPage={onPage} /> : null}
      <div>
        <PlainButton
          type="button"
          aria-label="First page"
          disabled={!hasPrevious}
          onClick={() => onPage(toPage(1))}
        >
          <ChevronsLeft size={16} aria-hidden />
        </PlainButton>
        <PlainButton type="button" disabled={!hasPrevious} onClick={() => onPage(toPreviousPage(meta))}>
          <ChevronLeft size={16} aria-hidden /> Previous
        </PlainButton>
        <PlainButton type="button" disabled={!hasNext} onClick={() => onPage(toNextPage(meta))}>
          Next <ChevronRight size={16} aria-hidden />
        </PlainButton>
        <PlainButton
          type="button"
          aria-label="Last page"
          disabled={!hasNext}
          onClick={() => onPage(toLastPage(meta))}
        >
          <ChevronsRight size={16} aria-hidden />
        </PlainButton>
      </div>
    </Bar>
  );
}

function describeRows({ page, perPage, total, fromEnd }: ListMeta, shown: number): string {
  if (shown === 0) return 'No rows';
  if (fromEnd === 1) return `The last ${formatInteger(shown)} of ${formatCount(total)}`;
  if (fromEnd !== null) return `Page ${formatInteger(fromEnd)} from the end of ${formatCount(total)}`;
  const first = (page - 1) * perPage + 1;
  return `${formatInteger(first)}–${formatInteger(first + shown - 1)} of ${formatCount(total)}`;
}

/** The page's number, to be typed over by another one's. */
function PageNumber({ meta, onPage }: Pick<PagerProps, 'meta' | 'onPage'>): React.ReactElement {
  const { page, fromEnd } = meta;
  const last = lastPage(meta);
  const jump = (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const wanted = Number(new FormData(event.currentTarget).get('page'));
    if (wanted >= 1) onPage(toPage(Math.min(wanted, last ?? wanted)));
  };
  return (
    <form onSubmit={jump}>
      <label>
        Page{' '}
        <input
          key={`${page} ${fromEnd}`}
          name="page"
          aria-label="Page number"
          type="number"
          min={1}
          max={last ?? undefined}
          defaultValue={fromEnd === null ? page : ''}
        />
        {last === null ? null : ` of ${formatInteger(last)}`}
      </label>
    </form>
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
  & :is(select, input) {
    height: 32px;
    padding: 0 6px;
    font: inherit;
    color: ${token.ink};
    background: ${token.surface};
    border: 1px solid ${token.lineStrong};
    border-radius: 6px;
  }
  & input {
    width: 72px;
  }
  ${NARROW} {
    & > div {
      flex: 1 1 100%;
    }
    & > div > button:not([aria-label]) {
      flex: 1;
    }
  }
`;
