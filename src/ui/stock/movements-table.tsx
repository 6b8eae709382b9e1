import { styled } from '@adminjs/design-system/styled-components';
import React from 'react';
import { DataTable } from '../action/page-styles.ts';
import { formatNumber, humanizeValue } from '../format.ts';
import { ORDER_TABLE, showUrl } from '../order/store-links.ts';
import { token } from '../tokens.ts';
import { Timestamp } from '../value/timestamp.tsx';
import { TextLink } from '../value/value.tsx';

/** A row of the stock ledger; what may not be read is absent. `at`: ISO 8601 UTC. */
export interface StockMovement {
  readonly id: string;
  readonly at?: string;
  readonly stockDelta?: number;
  readonly reservedDelta?: number;
  readonly reason?: string;
  readonly note?: string | null;
  readonly orderId?: number | null;
  /** Null where another program did it. */
  readonly actorName?: string | null;
}

/** What moved a film's stock, when, by whom and why. */
export function MovementsTable({ movements }: { movements: readonly StockMovement[] }): React.ReactElement {
  if (movements.length === 0) return <p>Nothing has moved yet.</p>;
  return (
    <DataTable>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">What</th>
          <th scope="col" className="number">
            Shelf
          </th>
          <th scope="col" className="number">
            Reserved
          </th>
          <th scope="col">By</th>
        </tr>
      </thead>
      <tbody>
        {movements.map((movement) => (
          <tr key={movement.id}>
            <td>{movement.at ? <Timestamp iso={movement.at} short /> : '–'}</td>
            <td>
              {movement.reason ? humanizeValue(movement.reason) : '–'}
              {movement.orderId ? (
                <>
                  {' · '}
                  <InlineLink to={showUrl(ORDER_TABLE, movement.orderId)}>
                    order {movement.orderId}
                  </InlineLink>
                </>
              ) : null}
              {movement.note ? <Note>{movement.note}</Note> : null}
            </td>
            <td className="number" data-label="Shelf">
              <Delta value={movement.stockDelta} />
            </td>
            <td className="number" data-label="Reserved">
              <Delta value={movement.reservedDelta} />
            </td>
            <td data-label="By">
              {movement.actorName === null ? <small>another program</small> : (movement.actorName ?? '–')}
            </td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}

function Delta({ value = 0 }: { value?: number }): React.ReactElement {
  if (value === 0) return <small>–</small>;
  return <>{value > 0 ? `+${formatNumber(value)}` : formatNumber(value)}</>;
}

/** Among words a link's colour alone does not tell it from them. */
const InlineLink = styled(TextLink)`
  text-decoration: underline;
`;

const Note = styled.small`
  display: block;
  font-size: 12px;
  color: ${token.muted};
  overflow-wrap: anywhere;
`;
