import { textSchema } from './command-input.ts';
import { defineOrderCommand } from './define-order-command.ts';

/** Writes a note of up to 2,000 characters into an order's timeline; possible in every state. */
export const addNote = defineOrderCommand(
  { name: 'add_note', action: 'order_noted', shape: { note: textSchema(2_000) } },
  async ({ order, input: { note } }) => ({ ok: true, status: order.status, details: { note } }),
);
