import React, { useState } from 'react';
import { ActionDialog } from '../action/action-dialog.tsx';
import { DataTable } from '../action/page-styles.ts';
import type { StepDialogProps } from '../action/use-steps.tsx';
import { SelectBox } from '../form/field-styles.ts';
import type { OrderLineView, OrderView } from './order-view.ts';
import { parseQuantities, type TypedQuantities } from './quantity.ts';
import { QuantityField } from './quantity-field.tsx';

type Disposition = 'restock' | 'write_off';

const returnable = ({ shipped = 0, returned = 0 }: OrderLineView) => shipped - returned;

/** Takes shipped films back, each to the shelf or written off. */
export function TakeBackDialog({
  data,
  ...form
}: StepDialogProps & { readonly data: OrderView }): React.ReactElement {
  const [typed, setTyped] = useState<TypedQuantities>({});
  const [fates, setFates] = useState<Readonly<Record<number, Disposition>>>({});
  const lines = data.lines.filter((line) => returnable(line) > 0);
  const shown = Object.fromEntries(lines.map(({ movieId }) => [movieId, typed[movieId] ?? '0']));
  const parsed = parseQuantities(
    shown,
    lines.map((line) => ({ movieId: line.movieId, most: returnable(line) })),
  );
  const chosen = (parsed ?? [])
    .filter(({ quantity }) => quantity > 0)
    .map((line) => ({ ...line, disposition: fates[line.movieId] ?? 'restock' }));
  const hint = !parsed
    ? 'A quantity is more than what the customer has.'
    : chosen.length === 0
      ? 'Say how many come back.'
      : null;
  const row = (line: OrderLineView) => (
    <tr key={line.movieId}>
      <td>
        {line.title} <small>{line.releaseYear}</small>
      </td>
      <td className="number" data-label="With the customer">
        {returnable(line)}
      </td>
      <td className="number">
        <QuantityField
          label={`Comes back of ${line.title}`}
          most={returnable(line)}
          value={shown[line.movieId] ?? ''}
          onChange={(value) => setTyped({ ...typed, [line.movieId]: value })}
        />
      </td>
      <td>
        <SelectBox
          aria-label={`What becomes of ${line.title}`}
          value={fates[line.movieId] ?? 'restock'}
          onChange={(event: React.ChangeEvent<HTMLSelectElement>) =>
            setFates({ ...fates, [line.movieId]: event.target.value as Disposition })
          }
        >
          <option value="restock">Back to the shelf</option>
          <option value="write_off">Write off</option>
        </SelectBox>
      </td>
    </tr>
  );
  return (
    <ActionDialog
      {...form}
      isWide
      hint={hint}
      extra={{ lines: chosen }}
      renderExtra={() => (
        <DataTable>
          <thead>
            <tr>
              <th scope="col">Film</th>
              <th scope="col" className="number">
                With the customer
              </th>
              <th scope="col" className="number">
                Comes back
              </th>
              <th scope="col">Then</th>
            </tr>
          </thead>
          <tbody>{lines.map(row)}</tbody>
        </DataTable>
      )}
    />
  );
}
