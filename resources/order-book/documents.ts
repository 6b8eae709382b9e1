import { setImmediate } from 'node:timers/promises';
import type { Html } from '../../src/http/html.ts';
import { findOrderSheets } from '../../src/orders/order-sheets.ts';
import { findShipmentSheets } from '../../src/orders/shipment-sheets.ts';
import type { PrintDocument } from '../../src/resources/define-action.ts';
import { renderOpenSlip, renderSlip } from './packing-slip.ts';
import { renderPage } from './paper.ts';
import { renderPickList } from './pick-list.ts';

const PACKING_SLIP = { name: 'packing_slip', label: 'Packing slip', can: true } as const;

/** A slip for each parcel of the orders that has left, and one for what is still to be packed. */
const orderSlips: PrintDocument = {
  ...PACKING_SLIP,
  render: async (context, ids) => {
    const sheets: Html[] = [];
    for (const order of await findOrderSheets(context, ids)) {
      for (const shipment of order.shipments) sheets.push(renderSlip({ shipment, order }));
      sheets.push(...renderOpenSlip(order));
      await breathe();
    }
    return renderPage('Packing slips', sheets);
  },
};

/** The slips of parcels as they left. */
const shipmentSlips: PrintDocument = {
  ...PACKING_SLIP,
  render: async (context, ids) => {
    const sheets: Html[] = [];
    for (const sheet of await findShipmentSheets(context, ids)) {
      sheets.push(renderSlip(sheet));
      await breathe();
    }
    return renderPage('Packing slips', sheets);
  },
};

/** What to fetch from the shelves for all of the orders, a line a film. */
const pickList: PrintDocument = {
  name: 'pick_list',
  label: 'Pick list',
  can: true,
  render: async (context, ids) =>
    renderPage('Pick list', [renderPickList(await findOrderSheets(context, ids))]),
};

/** Hundreds of sheets must not keep everybody else waiting. */
const breathe = () => setImmediate();

/** The papers of orders. */
export const orderDocuments: readonly PrintDocument[] = [orderSlips, pickList];

/** The papers of shipments. */
export const shipmentDocuments: readonly PrintDocument[] = [shipmentSlips];
