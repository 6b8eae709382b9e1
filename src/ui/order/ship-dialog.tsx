import React, { useState } from 'react';
import { ActionDialog } from '../action/action-dialog.tsx';
import { DataTable } from '../action/page-styles.ts';
import type { StepDialogProps } from '../action/use-steps.tsx';
import type { OrderView } from './order-view.ts';
import { parseQuantities, type TypedQuantities } from './quantity.ts';
import { QuantityField } from './quantity-field.tsx';

/** Ships an order: all that is open, unless less of a line is asked for. */
export function ShipDialog({
  data,
  ...form
}: StepDialogProps & { readonly data: OrderView }): React.ReactElement {
  const [typed, setTyped] = useState<TypedQuantities>({});
  const lines = data.lines.flatMap(({ open = 0, ...line }) => (open > 0 ? [{ ...line, open }] : []));
  const shown = Object.fromEntries(
    lines.map(({ movieId, open }) => [movieId, typed[movieId] ?? String(open)]),
  );
  const parsed = parseQuantities(
    shown,
    lines.map(({ movieId, open }) => ({ movieId, most: open })),
  );
  const chosen = parsed?.filter(({ quantity }) => quantity > 0) ?? [];
  const isAll = lines.every(({ movieId, open }) => shown[movieId] === String(open));
  const hint = !parsed
    ? 'A quantity is more than what is open.'
    : chosen.length === 0
      ? 'Ship at least one copy.'
      : null;
  return (
    <ActionDialog
      {...form}
      isWide
      hint={hint}
      extra={isAll ? {} : { lines: chosen }}
      renderExtra={() => (
        <DataTable>
          <thead>
            <tr>
              <th scope="col">Film</th>
              <th scope="col" className="number">
                Open
              </th>
              <th scope="col" className="number">
                Ship now
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ movieId, title, releaseYear, open }) => (
              <tr key={movieId}>
                <td>
                  {title} <small>{releaseYear}</small>
                </td>
                <td className="number" data-label="Open">
                  {open}
                </td>
                <td className="number">
                  <QuantityField
                    label={`Ship now of ${title}`}
                    most={open}
                    value={shown[movieId] ?? ''}
                    onChange={(value) => setTyped({ ...typed, [movieId]: value })}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </DataTable>
      )}
    />
  );
}
