import React from 'react';
import { AlertTriangle, CheckCircle, type Icon, Inbox, Package, Send, ShoppingCart } from 'react-feather';
import { formatInteger } from '../format.ts';
import type { SupervisorFigures } from '../supervisor/figures.ts';
import { Changing } from './changing.tsx';

interface Tile {
  readonly label: string;
  readonly value: number;
  readonly hint: string;
  readonly icon: Icon;
  readonly tone: 'neutral' | 'success' | 'warning' | 'danger';
}

/** The figures of the day, the first of them biggest. */
export function Tiles({ figures, lateAfterHours }: { figures: SupervisorFigures; lateAfterHours: number }) {
  const { today, open, lowStock } = figures;
  const isLate = open.late > 0;
  const tiles: readonly Tile[] = [
    {
      label: 'Orders today',
      value: today.placed,
      hint: 'since midnight UTC',
      icon: ShoppingCart,
      tone: 'neutral',
    },
    { label: 'Shipped today', value: today.shipped, hint: 'parcels', icon: Send, tone: 'neutral' },
    { label: 'Open', value: open.total, hint: tellUnassigned(open), icon: Inbox, tone: 'neutral' },
    {
      label: 'Late',
      value: open.late,
      hint: isLate ? `open over ${lateAfterHours} hours` : 'nothing is late',
      icon: isLate ? AlertTriangle : CheckCircle,
      tone: isLate ? 'danger' : 'success',
    },
    // What may not be read has no tile.
    ...(lowStock === null ? [] : [toLowStockTile(lowStock)]),
  ];
  return (
    <ul className="tiles" aria-label="Today">
      {tiles.map(({ label, value, hint, icon: Sign, tone }) => (
        <li key={label} className={tone}>
          <span className="label">
            <Sign aria-hidden /> {label}
          </span>
          <Changing className="value" text={formatInteger(value)} />
          <small>{hint}</small>
        </li>
      ))}
    </ul>
  );
}

function toLowStockTile(count: number): Tile {
  return {
    label: 'Low stock',
    value: count,
    hint: count === 1 ? 'film' : 'films',
    icon: count > 0 ? Package : CheckCircle,
    tone: count > 0 ? 'warning' : 'success',
  };
}

function tellUnassigned({ unassigned }: SupervisorFigures['open']): string {
  return unassigned === 0 ? 'all assigned' : `${formatInteger(unassigned)} unassigned`;
}
