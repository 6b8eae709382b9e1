import { styled } from '@adminjs/design-system/styled-components';
import React, { useId } from 'react';
import { DataTable } from '../action/page-styles.ts';
import { FieldError } from '../form/field-styles.ts';
import { token } from '../tokens.ts';
import { type BasketLine, describeLine, quantityOf } from './basket.ts';
import { showMoney, sumPrices } from './money.ts';
import { QuantityField } from './quantity-field.tsx';

export interface BasketTableProps {
  readonly basket: readonly BasketLine[];
  onChange(basket: readonly BasketLine[]): void;
  /** Called when Enter ends a quantity. */
  onDone(): void;
}

/** The films in the basket with their quantities. */
export function BasketTable({ basket, onChange, onDone }: BasketTableProps): React.ReactElement {
  if (basket.length === 0) return <Empty>Nothing in the basket yet.</Empty>;
  const replace = (changed: BasketLine) =>
    onChange(basket.map((line) => (line.film.movieId === changed.film.movieId ? changed : line)));
  const remove = (gone: BasketLine) => onChange(basket.filter((line) => line !== gone));
  return (
    <Basket>
      <thead>
        <tr>
          <th scope="col">Film</th>
          <th scope="col" className="number">
            Price
          </th>
          <th scope="col" className="number">
            Quantity
          </th>
          <th scope="col" className="number">
            Total
          </th>
          <th aria-label="Take out" />
        </tr>
      </thead>
      <tbody>
        {basket.map((line) => (
          <BasketRow
            key={line.film.movieId}
            line={line}
            onChange={replace}
            onRemove={() => remove(line)}
            onDone={onDone}
          />
        ))}
      </tbody>
    </Basket>
  );
}

interface BasketRowProps {
  readonly line: BasketLine;
  onChange(line: BasketLine): void;
  onRemove(): void;
  onDone(): void;
}

function BasketRow({ line, onChange, onRemove, onDone }: BasketRowProps): React.ReactElement {
  const id = useId();
  const { film, typed } = line;
  const error = describeLine(line);
  const pressKey = (event: React.KeyboardEvent) => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    onDone();
  };
  return (
    <tr>
      <td>
        {film.title} <small>{film.releaseYear}</small>
        {error ? <FieldError id={id}>{error}</FieldError> : null}
      </td>
      <td className="number">{showMoney(film.price)}</td>
      <td className="number">
        <QuantityField
          label={`Quantity of ${film.title}`}
          least={1}
          value={typed}
          invalid={error !== null}
          describedBy={id}
          onChange={(value) => onChange({ film, typed: value })}
          onKeyDown={pressKey}
        />
      </td>
      <td className="number">
        {showMoney(sumPrices([{ price: film.price, quantity: quantityOf(line) ?? 0 }]))}
      </td>
      <td className="number">
        <Remove type="button" aria-label={`Take ${film.title} out`} title="Take out" onClick={onRemove}>
          ×
        </Remove>
      </td>
    </tr>
  );
}

const Basket = styled(DataTable)`
  margin-top: 16px;

  & td {
    vertical-align: middle;
  }
`;

const Empty = styled.p`
  margin: 0;
  padding: 28px 0 12px;
  text-align: center;
  color: ${token.muted};
`;

const Remove = styled.button`
  width: 28px;
  height: 28px;
  padding: 0;
  font-size: 18px;
  line-height: 1;
  color: ${token.muted};
  background: none;
  border: 0;
  border-radius: 4px;
  cursor: pointer;

  &:hover {
    color: ${token.danger};
    background: ${token.hover};
  }
`;
