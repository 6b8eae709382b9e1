import { defineResource } from '../src/resources/define.ts';

// The order book's memory of idempotency keys and answers: of no use to people.
export default defineResource({
  table: 'order_commands',
  navigation: false,
  can: {},
});
