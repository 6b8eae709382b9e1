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

/** Figures in a row, each with what it counts; sizes follow the font's. */
export function FigureTiles({ label, tiles }: { label: string; tiles: readonly Tile[] }) {
  return (
    <Row aria-label={label}>
      {tiles.map(({ label: name, value, href, hint, tone = 'neutral' }) => (
        <li key={name} style={{ '--tone': TONE_COLORS[tone] } as React.CSSProperties}>
          <FigureLink href={href}>{name}</FigureLink>
          <strong>
            <FreshValue>{value}</FreshValue>
          </strong>
          {hint && <small>{hint}</small>}
        </li>
      ))}
    </Row>
  );
}

const Row = styled.ul`
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(8.2em, 1fr));
  gap: 0.6em;
  margin: 0;
  padding: 0;
  list-style: none;
  font-size: 14px;

  ${NARROW} {
    grid-template-columns: repeat(auto-fit, minmax(7.2em, 1fr));
  }

  & > li {
    position: relative;
    display: flex;
    flex-direction: column;
    padding: 0.7em 0.85em 0.6em;
    border: 1px solid ${token.line};
    border-left: 3px solid var(--tone);
    border-radius: ${token.radius};
    background: ${token.surface};
    color: ${token.muted};
    line-height: 1.35;
    white-space: nowrap;
  }

  & > li:has(a):hover {
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
    font-size: 1.6em;
    font-variant-numeric: tabular-nums;
    font-weight: 600;
    line-height: 1.35;
  }

  & small {
    font-size: 0.85em;
  }
`;
