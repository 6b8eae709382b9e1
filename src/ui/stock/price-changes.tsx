import React from 'react';
import { Card, DataTable } from '../action/page-styles.ts';
import { formatMoney } from '../format.ts';
import { Timestamp } from '../value/timestamp.tsx';

/** A change of a film's price; see src/orders/find-price-changes.ts. */
export interface PriceChange {
  readonly at: string | null;
  /** Null: outside the panel. */
  readonly actor: { readonly name: string } | null;
  readonly from: string;
  readonly to: string;
}

/** Who changed a film's price and when, newest first; nothing where it never was. */
export function PriceChangesCard({
  changes,
}: {
  changes: readonly PriceChange[];
}): React.ReactElement | null {
  if (changes.length === 0) return null;
  return (
    <Card aria-label="Price changes">
      <h2>Price changes</h2>
      <DataTable>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Price</th>
            <th scope="col">By</th>
          </tr>
        </thead>
        <tbody>
          {changes.toReversed().map(({ at, actor, from, to }) => (
            <tr key={`${at} ${from} ${to}`}>
              <td>
                {actor ? null : <small>{at ? 'before ' : 'since then'}</small>}
                {at ? <Timestamp iso={at} short /> : null}
              </td>
              <td>
                {formatMoney(from)} → {formatMoney(to)}
              </td>
              <td data-label="By">{actor ? actor.name : <small>another program</small>}</td>
            </tr>
          ))}
        </tbody>
      </DataTable>
    </Card>
  );
}
