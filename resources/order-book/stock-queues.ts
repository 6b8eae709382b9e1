import type { Queue } from '../../src/resources/define-action.ts';

/** The films of which no more are available than their threshold says. */
export const stockQueues: readonly Queue[] = [
  { name: 'low_stock', label: 'Low stock', tone: 'warning', filters: async () => ({ low_stock: 'true' }) },
];
