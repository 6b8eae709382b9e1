import { findStockMovements } from '../../src/orders/find-films.ts';
import { findPriceChanges } from '../../src/orders/find-price-changes.ts';
import type { RecordPage } from '../../src/resources/define-action.ts';

/** A film's page: its own columns, and the movements of its stock, newest first, and the changes of its price. */
export const filmPage: RecordPage = {
  component: 'FilmPage',
  load: async (context, id) => {
    const [movements, priceChanges] = await Promise.all([
      findStockMovements(context, id),
      findPriceChanges(context, [id]),
    ]);
    return { movements, priceChanges };
  },
};
