import { type Html, html } from '../../src/http/html.ts';
import type { ShippedFilm } from '../../src/orders/find-shipments.ts';
import type { OrderSheet } from '../../src/orders/order-sheets.ts';
import type { ShipmentSheet } from '../../src/orders/shipment-sheets.ts';
import { formatTime, renderFilm, renderHead } from './paper.ts';

/** What may not be read. */
const HIDDEN = '–';

/** The slip of a parcel, as it left. */
export function renderSlip({ shipment, order }: ShipmentSheet): Html {
  const { id, orderId, carrier, trackingNumber, shippedAt, employee, items } = shipment;
  return renderSheet({
    title: `Packing slip for order ${orderId ?? HIDDEN}`,
    order,
    facts: html`<p>${describeParcel(id, order)} · shipped ${formatTime(shippedAt)}</p>
<p>${carrier ?? HIDDEN} · <strong class="tracking">${trackingNumber ?? HIDDEN}</strong></p>
${renderPlacing(order, employee)}`,
    films: items,
  });
}

/** The slip of what an order still has to be packed, if anything. */
export function renderOpenSlip(order: OrderSheet): Html[] {
  const films = order.lines
    .filter(({ open }) => open === undefined || open > 0)
    .map((line) => ({ ...line, quantity: line.open }));
  if (films.length === 0) return [];
  const title = `Packing slip for order ${order.id}`;
  const facts = html`<p><strong>Not shipped yet</strong></p>
${renderPlacing(order, order.employee)}
${order.onHold ? html`<p class="warning">On hold: ${order.holdReason ?? HIDDEN}</p>` : ''}`;
  return [renderSheet({ title, order, facts, films })];
}

/** 'Shipment 12, parcel 1', counted within its order. */
function describeParcel(id: number, order: OrderSheet | undefined): string {
  const place = order?.shipments.findIndex((shipment) => shipment.id === id) ?? -1;
  return place < 0 ? `Shipment ${id}` : `Shipment ${id}, parcel ${place + 1}`;
}

interface Sheet {
  readonly title: string;
  readonly facts: Html;
  readonly order: OrderSheet | undefined;
  readonly films: readonly ShippedFilm[];
}

function renderSheet({ title, facts, order, films }: Sheet): Html {
  const ordered = new Map(order?.lines.map(({ movieId, quantity }) => [movieId, quantity]));
  const rows = films.map(
    (film) => html`<tr><td class="box"></td><td>${renderFilm(film)}</td>
<td class="number">${ordered.get(film.movieId) ?? HIDDEN}</td><td class="number"><strong>${film.quantity ?? HIDDEN}</strong></td></tr>`,
  );
  return html`<section class="sheet">
${renderHead(title, facts)}
${order?.customer ? renderAddress(order.customer) : html`<address>${HIDDEN}</address>`}
<table><thead><tr><th></th><th>Film</th><th class="number">Ordered</th><th class="number">In this parcel</th></tr></thead>
<tbody>${rows}</tbody></table>
<footer>Thank you for watching human films. Please rewind them before orbit insertion.</footer>
</section>`;
}

function renderPlacing(order: OrderSheet | undefined, employee: OrderSheet['employee']): Html {
  const by = employee ? html` · handled by ${employee.name}` : '';
  return html`<p>Placed ${formatTime(order?.placedAt)}${by}</p>`;
}

function renderAddress({ name, address, planet }: NonNullable<OrderSheet['customer']>): Html {
  const isPlanetApart = planet !== undefined && !address?.includes(planet);
  return html`<address><strong>${name}</strong><br>${address ?? HIDDEN}${isPlanetApart ? html`<br>${planet}` : null}</address>`;
}
