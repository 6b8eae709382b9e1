import { styled } from '@adminjs/design-system/styled-components';
import React from 'react';
import { DocumentLinks } from '../action/document-links.tsx';
import { Card, DataTable, Facts } from '../action/page-styles.ts';
import { formatMoney } from '../format.ts';
import { token } from '../tokens.ts';
import { toIso } from '../utc-time.ts';
import { Timestamp } from '../value/timestamp.tsx';
import { TextLink } from '../value/value.tsx';
import type { OrderView, ShipmentView } from './order-view.ts';
import { CUSTOMER_TABLE, ORDER_DOCUMENTS, ORDER_TABLE, showUrl } from './store-links.ts';

/** Who ordered, and where the parcel goes. */
export function CustomerCard({ order: { customer } }: { order: OrderView }): React.ReactElement {
  return (
    <Card aria-label="Customer">
      <h2>Customer</h2>
      <Facts>
        <dt>Name</dt>
        <dd>
          <TextLink to={showUrl(CUSTOMER_TABLE, customer.id)}>{customer.name}</TextLink>
        </dd>
        <dt>Species</dt>
        <dd>{customer.species}</dd>
        <dt>Planet</dt>
        <dd>{customer.planet}</dd>
        <dt>Address</dt>
        <dd>{customer.address}</dd>
        <dt>E-mail</dt>
        <dd>
          <PlainLink href={`mailto:${customer.email}`}>{customer.email}</PlainLink>
        </dd>
      </Facts>
    </Card>
  );
}

/** What the order is worth. */
export function MoneyCard({ money }: Pick<OrderView, 'money'>): React.ReactElement {
  const isNothing = (amount: string) => /^0+(\.0+)?$/.test(amount);
  return (
    <Card aria-label="Money">
      <h2>Money</h2>
      <Facts className="money">
        <dt>Ordered</dt>
        <dd>{formatMoney(money.ordered)}</dd>
        {isNothing(money.cancelled) ? null : (
          <>
            <dt>Cancelled</dt>
            <dd>−{formatMoney(money.cancelled)}</dd>
          </>
        )}
        <dt className="total">Total</dt>
        <dd className="total">{formatMoney(money.total)}</dd>
        <dt>of it shipped</dt>
        <dd>{formatMoney(money.shipped)}</dd>
        {isNothing(money.returned) ? null : (
          <>
            <dt>came back</dt>
            <dd>{formatMoney(money.returned)}</dd>
          </>
        )}
      </Facts>
    </Card>
  );
}

/** What left the store, and when. */
export function ShipmentsCard({ shipments }: Pick<OrderView, 'shipments'>): React.ReactElement | null {
  if (shipments.length === 0) return null;
  return (
    <Card aria-label="Shipments">
      <h2>{shipments.length === 1 ? 'Shipment' : 'Shipments'}</h2>
      <DataTable>
        <thead>
          <tr>
            <th scope="col">Shipped</th>
            <th scope="col">Carrier</th>
            <th scope="col">Tracking number</th>
            <th scope="col">Films</th>
            <th scope="col">Delivered</th>
          </tr>
        </thead>
        <tbody>{shipments.map(renderShipment)}</tbody>
      </DataTable>
    </Card>
  );
}

function renderShipment(shipment: ShipmentView): React.ReactElement {
  return (
    <tr key={shipment.id}>
      <td>
        <Timestamp iso={toIso(shipment.shippedAt)} short />
      </td>
      <td data-label="Carrier">{shipment.carrier}</td>
      <td data-label="Tracking number">{shipment.trackingNumber}</td>
      <td>{shipment.items.map(({ title, quantity }) => `${quantity} × ${title}`).join(', ')}</td>
      <td data-label="Delivered">
        {shipment.deliveredAt ? (
          <Timestamp iso={toIso(shipment.deliveredAt)} short />
        ) : (
          <small>not yet</small>
        )}
      </td>
    </tr>
  );
}

/** The papers to print. */
export function DocumentsCard({ orderId }: { orderId: string }): React.ReactElement {
  return (
    <Card aria-label="Documents">
      <h2>Documents</h2>
      <DocumentLinks resourceId={ORDER_TABLE} documents={ORDER_DOCUMENTS} recordIds={[orderId]} />
    </Card>
  );
}

const PlainLink = styled.a`
  color: ${token.link};
  text-decoration: none;

  &:hover {
    text-decoration: underline;
  }
`;
