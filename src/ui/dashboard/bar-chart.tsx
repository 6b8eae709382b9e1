import { styled } from '@adminjs/design-system/styled-components';
import React from 'react';
import { formatDate, formatInteger } from '../format.ts';
import { NARROW, token } from '../tokens.ts';

export interface ChartPoint {
  readonly label: string;
  readonly value: number;
}

/** Bars of equal width from a common ground line, each with its value above and its day below. */
export function BarChart({ points, title }: { points: readonly ChartPoint[]; title: string }) {
  const most = Math.max(1, ...points.map(({ value }) => value));
  return (
    <Bars aria-label={title}>
      {points.map(({ label, value }) => (
        <li key={label} title={`${formatLabel(label)}: ${formatInteger(value)}`}>
          <data value={value}>{formatInteger(value)}</data>
          <i style={{ flexGrow: value / most }} />
          <small>{formatLabel(label).slice(0, 6)}</small>
        </li>
      ))}
    </Bars>
  );
}

function formatLabel(label: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(label) ? formatDate(label) : label;
}

const Bars = styled.ol`
  display: flex;
  gap: 2px;
  height: 200px;
  margin: 0;
  padding: 0;
  list-style: none;
  color: ${token.muted};
  font-size: 12px;
  line-height: 18px;

  & > li {
    display: flex;
    flex: 1 1 0;
    flex-direction: column;
    justify-content: flex-end;
    align-items: center;
    min-width: 0;
  }

  & data {
    font-variant-numeric: tabular-nums;
  }

  & i {
    flex: 0 0 0;
    width: 64%;
    max-width: 44px;
    min-height: 2px;
    border-radius: 4px 4px 0 0;
    background: ${token.accent};
    opacity: 0.85;
  }

  & > li:hover i {
    opacity: 1;
  }

  & small {
    align-self: stretch;
    border-top: 1px solid ${token.line};
    font-size: 12px;
    text-align: center;
    white-space: nowrap;
  }

  ${NARROW} {
    font-size: 11px;

    & small {
      overflow: visible;
      font-size: 11px;
    }

    /* A day's name is wider than its bar here: every second one is told by its bar's place. */
    & > li:nth-last-child(even) small {
      color: transparent;
    }
  }
`;
