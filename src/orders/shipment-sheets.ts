import type { ReadContext } from '../resources/panel-context.ts';
import { findShipments, type ShipmentView } from './find-shipments.ts';
import { findOrderSheets, type OrderSheet } from './order-sheets.ts';

/** A shipment and the order that it belongs to, where that may be seen. */
export interface ShipmentSheet {
  readonly shipment: ShipmentView;
  readonly order?: OrderSheet;
}

/** Reads shipments and their orders, by as many statements as one; in the order of the ids. */
export async function findShipmentSheets(
  context: ReadContext,
  shipmentIds: readonly string[],
): Promise<ShipmentSheet[]> {
  const found = new Map(
    (await findShipments(context, { id: shipmentIds })).map((shipment) => [String(shipment.id), shipment]),
  );
  const orderIds = [...found.values()].flatMap(({ orderId }) => orderId ?? []);
  const orders = new Map(
    (await findOrderSheets(context, orderIds)).map((order) => [order.id, order] as const),
  );
  return [...new Set(shipmentIds)]
    .flatMap((id) => found.get(id) ?? [])
    .map((shipment) => ({ shipment, order: orders.get(shipment.orderId ?? 0) }));
}
