import { type Html, html } from '../../src/http/html.ts';
import type { OrderLineView, OrderSheet } from '../../src/orders/order-sheets.ts';
import { compareFilms } from '../../src/orders/seen-rows.ts';
import { formatTime, renderFilm, renderHead } from './paper.ts';

interface PickedFilm {
  readonly film: OrderLineView;
  quantity: number;
  readonly orders: string[];
}

/** What to fetch from the shelves for orders, a line a film; a line whose quantities may not be read is none. */
export function renderPickList(orders: readonly OrderSheet[]): Html {
  const picked = [...addUpOpen(orders).values()].sort((left, right) => compareFilms(left.film, right.film));
  const rows = picked.map(
    ({ film, quantity, orders: shares }) => html`<tr><td class="box"></td><td>${renderFilm(film)}</td>
<td class="number"><strong>${quantity}</strong></td><td>${shares.join(', ')}</td></tr>`,
  );
  const count = picked.reduce((sum, { quantity }) => sum + quantity, 0);
  return html`<section class="sheet">
${renderHead('Pick list', html`<p>${orders.length} orders · ${picked.length} films · ${count} copies · ${formatTime(new Date().toISOString())}</p>`)}
<table><thead><tr><th></th><th>Film</th><th class="number">Copies</th><th>Orders</th></tr></thead>
<tbody>${rows}</tbody></table>
</section>`;
}

function addUpOpen(orders: readonly OrderSheet[]): Map<number, PickedFilm> {
  const films = new Map<number, PickedFilm>();
  for (const order of orders)
    for (const line of order.lines) {
      const { movieId, open = 0 } = line;
      if (open <= 0) continue;
      const film = films.get(movieId) ?? { film: line, quantity: 0, orders: [] };
      film.quantity += open;
      film.orders.push(`${open} for ${order.id}`);
      films.set(movieId, film);
    }
  return films;
}
