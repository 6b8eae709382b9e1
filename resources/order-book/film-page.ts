import { findStockMovements } from '../../src/orders/find-films.ts';
import type { RecordPage } from '../../src/resources/define-action.ts';

/** A film's page: its own columns, and the movements of its stock, newest first. */
export const filmPage: RecordPage = {
  component: 'FilmPage',
  load: async (context, id) => ({ movements: await findStockMovements(context, id) }),
};
