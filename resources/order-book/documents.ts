import { setImmediate } from 'node:timers/promises';
import { type Html, html } from '../../src/http/html.ts';
import { findOrderSheets, type OrderLineView, type OrderSheet } from '../../src/orders/order-view.ts';
import type { Caller, PrintDocument } from '../../src/resources/define-action.ts';

/** The site as a document's address sees it (`/admin/documents/<table>/<name>`), wherever the site lies. */
const SITE = '../../..';

/** What goes into each order's parcel, a sheet an order. */
const packingSlip: PrintDocument = {
  name: 'packing_slip',
  label: 'Packing slip',
  can: true,
  render: async (caller, ids) => {
    const sheets: Html[] = [];
    for (const order of await findOrders(caller, ids)) {
      sheets.push(renderSlip(order));
      // Hundreds of sheets must not keep everybody else waiting.
      await setImmediate();
    }
    return renderPage('Packing slips', sheets);
  },
};

/** What to fetch from the shelves for all of the orders, a line a film. */
const pickList: PrintDocument = {
  name: 'pick_list',
  label: 'Pick list',
  can: true,
  render: async (caller, ids) => renderPage('Pick list', [renderPickList(await findOrders(caller, ids))]),
};

/** The papers of the order book. */
export const orderDocuments: readonly PrintDocument[] = [packingSlip, pickList];

function findOrders({ db }: Caller, ids: readonly string[]): Promise<OrderSheet[]> {
  return findOrderSheets(db, ids.map(Number));
}

function renderPage(title: string, sheets: readonly Html[]): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Gorak's Galactic Store</title>
<link rel="icon" href="${SITE}/brand/favicon.svg">
<link rel="stylesheet" href="${SITE}/brand/brand.css">
<link rel="stylesheet" href="${SITE}/brand/print.css">
</head>
<body>
${sheets.length > 0 ? sheets : html`<p>There is no such order.</p>`}
</body>
</html>
`.text;
}

function renderHead(title: string, facts: Html): Html {
  return html`<header><img src="${SITE}/brand/logo-dark.svg" alt="Gorak's Galactic Store"><div><h1>${title}</h1>${facts}</div></header>`;
}

/** What of a line lies in the parcel: what is still to be shipped, or what was, once nothing is. */
function parcelQuantity(order: OrderSheet, line: OrderLineView): number {
  const isOpen = order.lines.some(({ open }) => open > 0);
  return isOpen ? line.open : line.shipped;
}

function renderSlip(order: OrderSheet): Html {
  const { customer } = order;
  const rows = order.lines
    .filter((line) => parcelQuantity(order, line) > 0)
    .map(
      (line) => html`<tr><td class="box"></td><td>${line.title} <small>(${line.releaseYear})</small></td>
<td class="number">${line.quantity}</td><td class="number"><strong>${parcelQuantity(order, line)}</strong></td></tr>`,
    );
  return html`<section class="sheet">
${renderHead(`Packing slip for order ${order.id}`, html`<p>Placed ${formatDay(order.placedAt)}${order.employee ? html` · handled by ${order.employee.name}` : ''}</p>`)}
${order.onHold ? html`<p class="warning">On hold: ${order.holdReason}</p>` : ''}
<address><strong>${customer.name}</strong><br>${customer.address}${customer.address.includes(customer.planet) ? null : html`<br>${customer.planet}`}</address>
<table><thead><tr><th></th><th>Film</th><th class="number">Ordered</th><th class="number">In this parcel</th></tr></thead>
<tbody>${rows}</tbody></table>
<footer>Thank you for watching human films. Please rewind them before orbit insertion.</footer>
</section>`;
}

function renderPickList(orders: readonly OrderSheet[]): Html {
  const films = new Map<number, { title: string; year: number; quantity: number; orders: string[] }>();
  for (const order of orders)
    for (const line of order.lines.filter(({ open }) => open > 0)) {
      const film = films.get(line.movieId) ?? {
        title: line.title,
        year: line.releaseYear,
        quantity: 0,
        orders: [],
      };
      film.quantity += line.open;
      film.orders.push(`${line.open} for ${order.id}`);
      films.set(line.movieId, film);
    }
  const sorted = [...films.values()].sort((left, right) => left.title.localeCompare(right.title, 'en'));
  const rows = sorted.map(
    (film) => html`<tr><td class="box"></td><td>${film.title} <small>(${film.year})</small></td>
<td class="number"><strong>${film.quantity}</strong></td><td>${film.orders.join(', ')}</td></tr>`,
  );
  const count = sorted.reduce((sum, film) => sum + film.quantity, 0);
  return html`<section class="sheet">
${renderHead('Pick list', html`<p>${orders.length} orders · ${sorted.length} films · ${count} copies · ${formatDay(new Date().toISOString())}</p>`)}
<table><thead><tr><th></th><th>Film</th><th class="number">Copies</th><th>Orders</th></tr></thead>
<tbody>${rows}</tbody></table>
</section>`;
}

function formatDay(time: string): string {
  return `${time.slice(0, 16).replace('T', ' ')} UTC`;
}
