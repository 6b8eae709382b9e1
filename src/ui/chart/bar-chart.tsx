import { styled } from '@adminjs/design-system/styled-components';
import React, { useEffect, useRef } from 'react';
import { formatInteger } from '../format.ts';
import { token } from '../tokens.ts';
import { type Bar, type BarDrawing, type BarSeries, drawBars, updateBars } from './draw-bars.ts';

export interface BarChartProps {
  readonly title: string;
  /** What each bar is: 'Hour'. */
  readonly unit: string;
  readonly bars: readonly Bar[];
  readonly series: readonly BarSeries[];
  /** Called where a bar with an address is clicked. */
  readonly onOpen?: (href: string) => void;
  /** Leaves out the table below, where nobody can press anything. */
  readonly isBare?: boolean;
}

/** Bars from a common ground line, and the same as a table for those who cannot see or click them. */
export function BarChart({ title, unit, bars, series, onOpen, isBare = false }: BarChartProps) {
  const canvas = useBars(bars, series, onOpen);
  const sums = series.map(({ name, values }) => `${name} ${formatInteger(add(values))}`);
  return (
    <Frame>
      <div>
        <canvas ref={canvas} role="img" aria-label={`${title}: ${sums.join(', ')}`} />
      </div>
      {!isBare && (
        <details>
          <summary>As a table</summary>
          <FigureTable title={title} unit={unit} bars={bars} series={series} />
        </details>
      )}
    </Frame>
  );
}

function useBars(
  bars: readonly Bar[],
  series: readonly BarSeries[],
  onOpen: BarChartProps['onOpen'],
): React.RefObject<HTMLCanvasElement> {
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawing = useRef<BarDrawing | null>(null);
  const pick = useRef<(index: number) => void>(() => undefined);
  pick.current = (index) => {
    const href = bars[index]?.href;
    if (href) onOpen?.(href);
  };
  useEffect(() => {
    if (!canvas.current) return;
    drawing.current = drawBars(canvas.current, (index) => pick.current(index));
    return () => drawing.current?.destroy();
  }, []);
  const shown = JSON.stringify([bars, series]);
  useEffect(() => {
    const [newBars, newSeries] = JSON.parse(shown);
    if (drawing.current) updateBars(drawing.current, newBars, newSeries);
  }, [shown]);
  return canvas;
}

function FigureTable({
  title,
  unit,
  bars,
  series,
}: Pick<BarChartProps, 'title' | 'unit' | 'bars' | 'series'>) {
  return (
    <table aria-label={title}>
      <thead>
        <tr>
          <th scope="col">{unit}</th>
          {series.map(({ name }) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {bars.map(({ name, href }, index) => (
          <tr key={name}>
            <th scope="row">{href ? <a href={href}>{name}</a> : name}</th>
            {series.map((one) => (
              <td key={one.name}>{formatInteger(one.values[index] ?? 0)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function add(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

const Frame = styled.div`
  --chart-line: ${token.line};
  display: flex;
  flex-direction: column;
  min-width: 0;
  height: 100%;
  color: ${token.muted};
  font-family: ${token.font};
  font-size: 12px;

  & > div {
    position: relative;
    flex: 1 1 200px;
    min-width: 0;
    min-height: 160px;
  }

  & > details {
    margin-top: 6px;
  }

  & summary {
    width: max-content;
    cursor: pointer;
  }

  & table {
    width: 100%;
    margin-top: 8px;
    border-collapse: collapse;
    font-size: 13px;
    font-variant-numeric: tabular-nums;
    line-height: 20px;
  }

  & th,
  & td {
    padding: 2px 8px 2px 0;
    border-top: 1px solid ${token.line};
    font-weight: 400;
    text-align: left;
  }

  & :is(th, td):not(:first-child) {
    text-align: right;
  }

  & a {
    color: ${token.link};
  }
`;
