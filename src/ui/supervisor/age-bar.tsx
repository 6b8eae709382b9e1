import { styled } from '@adminjs/design-system/styled-components';
import React from 'react';
import { formatInteger } from '../format.ts';
import { token } from '../tokens.ts';
import { FigureLink } from './figure-link.tsx';
import type { AgeFigure } from './figures.ts';
import { FreshValue } from './fresh.tsx';
import { waitingOrdersUrl } from './links.ts';

/** From new to late. */
const SHADES = [token.success, token.info, token.warning, token.danger];

/** How long the open orders have waited: a part of the bar for each age, and its number below. */
export function AgeBar({ ages }: { ages: readonly AgeFigure[] }) {
  return (
    <Ages>
      <div aria-hidden>
        {ages.map(({ fromHours, count }, index) => (
          <i key={fromHours} style={{ flexGrow: count, background: SHADES[index] }} />
        ))}
      </div>
      <ul aria-label="Open orders by age">
        {ages.map((age, index) => (
          <li key={age.fromHours} style={{ '--shade': SHADES[index] } as React.CSSProperties}>
            <FigureLink href={waitingOrdersUrl(age)}>{nameAge(age)}</FigureLink>
            <b>
              <FreshValue>{formatInteger(age.count)}</FreshValue>
            </b>
          </li>
        ))}
      </ul>
    </Ages>
  );
}

function nameAge({ fromHours, toHours }: AgeFigure): string {
  if (toHours === null) return 'Late';
  return fromHours === 0 ? `Under ${toHours} h` : `${fromHours}–${toHours} h`;
}

const Ages = styled.div`
  font-size: 13px;

  & > div {
    display: flex;
    gap: 2px;
    height: 8px;
    overflow: hidden;
    border-radius: 4px;
    background: ${token.hover};
  }

  & i {
    flex-basis: 0;
  }

  & > ul {
    display: grid;
    grid-template-columns: repeat(4, minmax(0, 1fr));
    gap: 8px;
    margin: 8px 0 6px;
    padding: 0;
    list-style: none;
  }

  & li {
    display: flex;
    flex-direction: column;
    padding-left: 8px;
    border-left: 3px solid var(--shade);
    color: ${token.muted};
    white-space: nowrap;
  }

  & a {
    color: inherit;
    text-decoration: none;
  }

  & a:hover {
    text-decoration: underline;
  }

  & b {
    color: ${token.ink};
    font-size: 16px;
    font-variant-numeric: tabular-nums;
    font-weight: 600;
  }
`;
