import React from 'react';
import { humanizeValue } from '../format.ts';
import { useFreshKeys } from '../supervisor/fresh.tsx';
import type { StockMove } from '../supervisor/state.ts';

export const MOVES_SHOWN = 12;

/** The last movements of stock in one line, newest first: it moves when stock does, and as many as fit are shown. */
export function Ticker({ moves }: { moves: readonly StockMove[] }) {
  const shown = moves.slice(0, MOVES_SHOWN);
  const isFresh = useFreshKeys(shown.map(({ id }) => id));
  return (
    <section className="ticker" aria-label="Stock, what moved last">
      <h2>Stock</h2>
      <ol>
        {shown.map((move) => (
          <li key={move.id} className={isFresh(move.id) ? 'fresh' : undefined}>
            <b className={directionOf(move)}>{formatDelta(move)}</b> {move.title ?? `Film ${move.movieId}`}{' '}
            <small className={move.reason === 'outside' ? 'outside' : undefined}>
              {move.reason === 'outside'
                ? 'outside the panel'
                : humanizeValue(move.reason ?? '').toLowerCase()}
            </small>
          </li>
        ))}
      </ol>
    </section>
  );
}

function directionOf({ stockDelta = 0 }: StockMove): 'up' | 'down' | 'level' {
  return stockDelta === 0 ? 'level' : stockDelta > 0 ? 'up' : 'down';
}

/** What came to the shelf or left it; of what only changed hands there, how many. */
function formatDelta({ stockDelta = 0, reservedDelta = 0 }: StockMove): string {
  if (stockDelta > 0) return `+${stockDelta}`;
  return stockDelta < 0 ? `−${-stockDelta}` : String(Math.abs(reservedDelta));
}
