import { styled } from '@adminjs/design-system/styled-components';
import React from 'react';
import { NARROW, token } from '../tokens.ts';
import { FigureLink } from './figure-link.tsx';
import { FreshValue } from './fresh.tsx';

export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger';

export interface Tile {
  readonly label: string;
  /** As it is shown. */
  readonly value: string;
  readonly href: string;
  readonly hint?: string;
  readonly tone?: Tone;
}

export const TONE_COLORS: Readonly<Record<Tone, string>> = {
  neutral: token.lineStrong,
  info: token.info,
  success: token.success,
  warning: token.warning,
  danger: token.danger,
};

export interface FigureTilesProps {
  readonly heading: string;
  readonly tiles: readonly Tile[];
  /** Of a tile, as CSS. */
  readonly leastWidth?: string;
}

/** Figures in a row under one heading, each with what it counts; sizes follow the font's. */
export function FigureTiles({ heading, tiles, leastWidth = '7.2em' }: FigureTilesProps) {
  return (
    <Row aria-label={heading} style={{ '--least': leastWidth } as React.CSSProperties}>
      <h2>{heading}</h2>
      <ul>
        {tiles.map(({ label: name, value, href, hint, tone = 'neutral' }) => (
          <li key={name} style={{ '--tone': TONE_COLORS[tone] } as React.CSSProperties}>
            <FigureLink href={href}>{name}</FigureLink>
            <strong>
              <FreshValue>{value}</FreshValue>
            </strong>
            {hint && <small>{hint}</small>}
          </li>
        ))}
      </ul>
    </Row>
  );
}

const Row = styled.section`
  display: flex;
  align-items: center;
  font-size: 14px;

  & > h2 {
    flex: 0 0 6em;
    margin: 0;
    padding-right: 0.8em;
    box-sizing: border-box;
    color: ${token.muted};
    font-size: 0.93em;
    font-weight: 600;
    line-height: 1.3;
  }

  & > ul {
    display: grid;
    flex: 1;
    grid-template-columns: repeat(auto-fit, minmax(var(--least), 1fr));
    gap: 0.6em;
    min-width: 0;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  ${NARROW} {
    flex-direction: column;
    align-items: stretch;

    & > h2 {
      flex-basis: auto;
      padding: 0 0 0.4em;
    }
  }

  & li {
    position: relative;
    display: flex;
    flex-direction: column;
    padding: 0.45em 0.75em 0.4em;
    border: 1px solid ${token.line};
    border-left: 3px solid var(--tone);
    border-radius: ${token.radius};
    background: ${token.surface};
    color: ${token.muted};
    line-height: 1.3;
    white-space: nowrap;
  }

  & li:has(a):hover {
    background: ${token.hover};
  }

  & a {
    color: inherit;
    text-decoration: none;
  }

  & a::after {
    position: absolute;
    inset: 0;
    border-radius: inherit;
    content: '';
  }

  & a:focus-visible {
    outline: none;
  }

  & a:focus-visible::after {
    outline: 2px solid ${token.link};
    outline-offset: 2px;
  }

  & strong {
    color: ${token.ink};
    font-size: 1.5em;
    font-variant-numeric: tabular-nums;
    font-weight: 600;
    line-height: 1.35;
  }

  & small {
    font-size: 0.85em;
  }
`;
