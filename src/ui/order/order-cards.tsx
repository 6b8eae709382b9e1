import React from 'react';
import { DocumentLinks } from '../action/document-links.tsx';
import { Card, DataTable, Facts } from '../action/page-styles.ts';
import { formatMoney } from '../format.ts';
import { MailLink } from '../value/mail-link.tsx';
import { Timestamp } from '../value/timestamp.tsx';
import { TextLink } from '../value/value.tsx';
import type { CustomerView, OrderMoney, OrderView, ShipmentView } from './order-view.ts';
import {
  CUSTOMER_TABLE,
  ORDER_DOCUMENTS,
  ORDER_TABLE,
  SHIPMENT_DOCUMENTS,
  SHIPMENT_TABLE,
  showUrl,
} from './store-links.ts';

const CUSTOMER_FACTS = [
  { name: 'species', label: 'Species' },
  { name: 'planet', label: 'Planet' },
  { name: 'address', label: 'Address' },
] as const;

/** Who ordered, and where the parcel goes. */
export function CustomerCard({ customer }: { customer: CustomerView }): React.ReactElement {
  const { id, name, email, isSeen } = customer;
  return (
    <Card aria-label="Customer">
      <h2>Customer</h2>
      <Facts>
        <dt>Name</dt>
        <dd>{isSeen ? <TextLink to={showUrl(CUSTOMER_TABLE, id)}>{name}</TextLink> : name}</dd>
        {CUSTOMER_FACTS.filter((fact) => customer[fact.name] !== undefined).map((fact) => (
          <React.Fragment key={fact.name}>
            <dt>{fact.label}</dt>
            <dd>{customer[fact.name]}</dd>
          </React.Fragment>
        ))}
        {email === undefined ? null : (
          <>
            <dt>E-mail</dt>
            <dd>
              <MailLink address={email} />
            </dd>
          </>
        )}
      </Facts>
    </Card>
  );
}

/** What the order is worth. */
export function MoneyCard({ money }: { money: OrderMoney }): React.ReactElement {
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
            <th scope="col">Print</th>
          </tr>
        </thead>
        <tbody>{shipments.map(renderShipment)}</tbody>
      </DataTable>
    </Card>
  );
}

function renderShipment({
  id,
  shippedAt,
  carrier,
  trackingNumber,
  items,
  deliveredAt,
}: ShipmentView): React.ReactElement {
  return (
    <tr key={id}>
      <td>{shippedAt ? <Timestamp iso={shippedAt} short /> : `Shipment ${id}`}</td>
      <td data-label="Carrier">{carrier ?? HIDDEN}</td>
      <td data-label="Tracking number">{trackingNumber ?? HIDDEN}</td>
      <td>{items.map(({ title, quantity = HIDDEN }) => `${quantity} × ${title}`).join(', ')}</td>
      <td data-label="Delivered">
        {deliveredAt ? <Timestamp iso={deliveredAt} short /> : null}
        {deliveredAt === null ? <small>not yet</small> : null}
      </td>
      <td>
        <DocumentLinks
          resourceId={SHIPMENT_TABLE}
          documents={SHIPMENT_DOCUMENTS}
          recordIds={[String(id)]}
          about={`of shipment ${id}`}
        />
      </td>
    </tr>
  );
}

/** What may not be read. */
const HIDDEN = '–';

/** The papers to print of the whole order; those of its parcels stand beside the shipments. */
export function DocumentsCard({ order }: { order: OrderView }): React.ReactElement {
  const isOpen = order.lines.some(({ open }) => open === undefined || open > 0);
  const documents = isOpen || order.shipments.length > 0 ? ORDER_DOCUMENTS : ORDER_DOCUMENTS.slice(1);
  return (
    <Card aria-label="Documents">
      <h2>Documents</h2>
      <DocumentLinks resourceId={ORDER_TABLE} documents={documents} recordIds={[String(order.id)]} />
    </Card>
  );
}
