import { styled } from '@adminjs/design-system/styled-components';
import React from 'react';
import { humanizeValue } from '../format.ts';
import { token } from '../tokens.ts';
import { FigureLink } from './figure-link.tsx';
import { freshLook, useFreshKeys } from './fresh.tsx';
import { filmUrl } from './links.ts';
import { formatClock } from './order-feed.tsx';
import type { StockMove } from './state.ts';

/** The last movements of stock in one line, newest first. It does not run by itself: it moves when stock does. */
export function StockTicker({ moves }: { moves: readonly StockMove[] }) {
  const isFresh = useFreshKeys(moves.map(({ id }) => id));
  return (
    <Strip aria-label="Stock, what moved last" onBlur={showNewest}>
      {moves.map((move) => (
        <li key={move.id} className={isFresh(move.id) ? 'fresh' : undefined} title={formatClock(move.at)}>
          <FigureLink href={filmUrl(move.movieId)}>{move.title ?? `Film ${move.movieId}`}</FigureLink>
          <b data-direction={directionOf(move)}>{formatDelta(move)}</b>
          <small className={move.reason === 'outside' ? 'outside' : undefined}>
            {nameReason(move.reason)}
          </small>
        </li>
      ))}
    </Strip>
  );
}

/** Whoever walked along the line with the keyboard has left it. */
function showNewest({ currentTarget }: React.FocusEvent<HTMLOListElement>): void {
  currentTarget.scrollLeft = 0;
}

function nameReason(reason = ''): string {
  return reason === 'outside' ? 'outside the panel' : humanizeValue(reason).toLowerCase();
}

function directionOf({ stockDelta = 0 }: StockMove): 'up' | 'down' | 'level' {
  return stockDelta === 0 ? 'level' : stockDelta > 0 ? 'up' : 'down';
}

/** What came to the shelf or left it; of what only changed hands there, how many. */
function formatDelta({ stockDelta = 0, reservedDelta = 0 }: StockMove): string {
  if (stockDelta > 0) return `+${stockDelta}`;
  return stockDelta < 0 ? `−${-stockDelta}` : String(Math.abs(reservedDelta));
}

const Strip = styled.ol`
  display: flex;
  gap: 0.5em;
  margin: 0;
  padding: 2px;
  overflow: hidden;
  list-style: none;
  color: ${token.ink};
  font-size: 13px;
  line-height: 1.5;
  white-space: nowrap;
  mask-image: linear-gradient(to right, black 92%, transparent);

  &:focus-within {
    overflow-x: auto;
    mask-image: none;
  }

  & > li {
    display: flex;
    flex: none;
    gap: 0.45em;
    align-items: baseline;
    padding: 0.2em 0.7em;
    border: 1px solid ${token.line};
    border-radius: 999px;
    background: ${token.surface};
    ${freshLook}
  }

  & a {
    max-width: 18em;
    overflow: hidden;
    color: ${token.ink};
    text-decoration: none;
    text-overflow: ellipsis;
  }

  & a:hover {
    text-decoration: underline;
  }

  & b {
    font-variant-numeric: tabular-nums;
    font-weight: 600;
  }

  & b[data-direction='up'] {
    color: ${token.success};
  }

  & b[data-direction='down'] {
    color: ${token.danger};
  }

  & small {
    color: ${token.muted};
    font-size: 0.92em;
  }

  & small.outside {
    color: ${token.warning};
    font-weight: 600;
  }
`;
