import { styled } from '@adminjs/design-system/styled-components';
import React from 'react';
import { formatDate, formatInteger } from '../format.ts';
import { token } from '../tokens.ts';

export interface ChartPoint {
  readonly label: string;
  readonly value: number;
}

const HEIGHT = 140;
const STEP = 54;

const Svg = styled.svg`
  display: block;
  width: 100%;
  height: auto;
  max-height: 240px;

  & rect {
    fill: ${token.accent};
    opacity: 0.85;
  }

  & g:hover rect {
    opacity: 1;
  }

  & text {
    fill: ${token.muted};
    font-family: ${token.font};
    font-size: 11px;
    text-anchor: middle;
  }
`;

/** Bars of equal width from a common ground line, each with its value above and its day below. */
export function BarChart({ points, title }: { points: readonly ChartPoint[]; title: string }) {
  const most = Math.max(1, ...points.map(({ value }) => value));
  return (
    <Svg viewBox={`0 0 ${points.length * STEP} ${HEIGHT + 34}`} role="img" aria-label={title}>
      {points.map(({ label, value }, index) => {
        const height = (value / most) * HEIGHT;
        const middle = index * STEP + STEP / 2;
        return (
          <g key={label}>
            <title>{`${formatLabel(label)}: ${formatInteger(value)}`}</title>
            <rect x={middle - 17} y={HEIGHT + 14 - height} width={34} height={height} rx={4} />
            <text x={middle} y={HEIGHT + 10 - height}>
              {formatInteger(value)}
            </text>
            <text x={middle} y={HEIGHT + 30}>
              {formatLabel(label).slice(0, 6)}
            </text>
          </g>
        );
      })}
    </Svg>
  );
}

function formatLabel(label: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(label) ? formatDate(label) : label;
}
