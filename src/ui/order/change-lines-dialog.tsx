import React, { useState } from 'react';
import { ActionDialog } from '../action/action-dialog.tsx';
import { DataTable } from '../action/page-styles.ts';
import type { StepDialogProps } from '../action/use-steps.tsx';
import { FilmPicker } from './film-picker.tsx';
import { showMoney } from './money.ts';
import type { OrderView } from './order-view.ts';
import { parseQuantities, type TypedQuantities } from './quantity.ts';
import { QuantityField } from './quantity-field.tsx';
import type { FilmForSale } from './search-films.ts';

const MOST_COPIES = 9_999;

/** Changes the quantities of an order's films before packing, and adds others; 0 takes a film off. */
export function ChangeLinesDialog({
  data,
  ...form
}: StepDialogProps & { readonly data: OrderView }): React.ReactElement {
  const [typed, setTyped] = useState<TypedQuantities>({});
  const [added, setAdded] = useState<readonly FilmForSale[]>([]);
  const lines = [
    ...data.lines.map((line) => ({ ...line, price: line.unitPrice, before: line.open ?? 0 })),
    ...added.map((film) => ({ ...film, before: 0 })),
  ];
  const shown = Object.fromEntries(
    lines.map(({ movieId, before }) => [movieId, typed[movieId] ?? String(before)]),
  );
  const parsed = parseQuantities(
    shown,
    lines.map(({ movieId }) => ({ movieId, most: MOST_COPIES })),
  );
  const before = new Map(lines.map((line) => [line.movieId, line.before]));
  const changed = (parsed ?? []).filter(({ movieId, quantity }) => quantity !== before.get(movieId));
  const hint = !parsed
    ? 'A quantity is not a whole number.'
    : changed.length === 0
      ? 'Nothing is changed yet.'
      : null;
  const add = (film: FilmForSale) => {
    if (!before.has(film.movieId)) setAdded([...added, film]);
    setTyped({ ...typed, [film.movieId]: String(Number(shown[film.movieId] ?? 0) + 1) });
  };
  return (
    <ActionDialog
      {...form}
      isWide
      hint={hint}
      extra={{ lines: changed }}
      renderExtra={() => (
        <>
          <DataTable>
            <thead>
              <tr>
                <th scope="col">Film</th>
                <th scope="col" className="number">
                  Unit price
                </th>
                <th scope="col" className="number">
                  Available
                </th>
                <th scope="col" className="number">
                  Quantity
                </th>
              </tr>
            </thead>
            <tbody>
              {lines.map(({ movieId, title, releaseYear, price, available }) => (
                <tr key={movieId}>
                  <td>
                    {title} <small>{releaseYear}</small>
                  </td>
                  <td className="number">{showMoney(price)}</td>
                  <td className="number" data-label="Available">
                    {available ?? '–'}
                  </td>
                  <td className="number">
                    <QuantityField
                      label={`Quantity of ${title}`}
                      value={shown[movieId] ?? ''}
                      onChange={(value) => setTyped({ ...typed, [movieId]: value })}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </DataTable>
          <FilmPicker label="Add a film" onPick={add} />
        </>
      )}
    />
  );
}
