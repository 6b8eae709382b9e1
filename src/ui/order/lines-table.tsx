import React from 'react';
import { DataTable } from '../action/page-styles.ts';
import { TextLink } from '../value/value.tsx';
import { showMoney } from './money.ts';
import type { OrderLineView } from './order-view.ts';
import { FILM_TABLE, showUrl } from './store-links.ts';

const COUNTS = [
  { name: 'shipped', label: 'Shipped' },
  { name: 'open', label: 'Open' },
  { name: 'cancelled', label: 'Cancelled' },
  { name: 'returned', label: 'Returned' },
] as const;

/** The films of an order with what has become of each. Columns that would hold only zeros are left out. */
export function LinesTable({ lines }: { lines: readonly OrderLineView[] }): React.ReactElement {
  const counts = COUNTS.filter(({ name }) => lines.some((line) => (line[name] ?? 0) > 0));
  return (
    <DataTable>
      <thead>
        <tr>
          <th scope="col">Film</th>
          <th scope="col" className="number">
            Unit price
          </th>
          <th scope="col" className="number">
            Ordered
          </th>
          {counts.map(({ name, label }) => (
            <th key={name} scope="col" className="number">
              {label}
            </th>
          ))}
          <th scope="col" className="number">
            Total
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.movieId}>
            <td>
              <TextLink to={showUrl(FILM_TABLE, line.movieId)}>{line.title}</TextLink>{' '}
              <small>{line.releaseYear}</small>
            </td>
            <td className="number">
              {showMoney(line.unitPrice)}
              <PriceNow line={line} />
            </td>
            <td className="number" data-label="Ordered">
              {line.quantity ?? '–'}
            </td>
            {counts.map(({ name, label }) => (
              <td key={name} className="number" data-label={label}>
                {line[name] || <small>–</small>}
              </td>
            ))}
            <td className="number" data-label="Total">
              {showMoney(line.lineTotal)}
            </td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}

/** Today's price, where the line was sold at another. */
function PriceNow({ line: { unitPrice, priceNow } }: { line: OrderLineView }): React.ReactElement | null {
  if (unitPrice === undefined || priceNow === undefined || unitPrice === priceNow) return null;
  return (
    <>
      <br />
      <small>now {showMoney(priceNow)}</small>
    </>
  );
}
