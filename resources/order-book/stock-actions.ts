import { countStock, receiveStock, writeOffStock } from '../../src/orders/adjust-stock.ts';
import type { ActionField, RecordAction } from '../../src/resources/define-action.ts';
import type { Work } from '../../src/resources/panel-context.ts';

type Command = Work<never, Extract<Awaited<ReturnType<typeof receiveStock>>, { ok: true }>>;

const quantity = (name: string, label: string): ActionField => ({
  name,
  label,
  kind: 'integer',
  required: true,
});
const reason: ActionField = { name: 'reason', label: 'Reason', kind: 'text', required: true };

function stockAction(look: Omit<RecordAction, 'run' | 'can'>, command: Command): RecordAction {
  return {
    can: true,
    ...look,
    run: async (context, id, input) => {
      const answer = await context.run(command, { ...input, movieId: id } as never);
      if (!answer.ok) return answer;
      const now = `Now ${answer.stock} on the shelf, ${answer.available} of them available.`;
      return {
        ok: true,
        message: context.sees('movies', 'stock', 'available') ? now : 'The stock is changed.',
      };
    },
  };
}

/** How a film's stock is changed: always with a reason, never by editing the number. */
export const stockActions: readonly RecordAction[] = [
  stockAction(
    {
      name: 'receive',
      label: 'Receive stock',
      icon: 'PlusCircle',
      tone: 'primary',
      fields: [quantity('quantity', 'Copies'), reason],
    },
    receiveStock as Command,
  ),
  stockAction(
    {
      name: 'count',
      label: 'Correct the count',
      icon: 'CheckSquare',
      fields: [quantity('counted', 'Counted on the shelf'), reason],
    },
    countStock as Command,
  ),
  stockAction(
    {
      name: 'writeOff',
      label: 'Write off',
      icon: 'MinusCircle',
      tone: 'danger',
      fields: [quantity('quantity', 'Copies'), reason],
    },
    writeOffStock as Command,
  ),
];
