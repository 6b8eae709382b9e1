import { type ActionProps, useNotice } from 'adminjs';
import React, { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { displayOfAction } from '../action/action-display.ts';
import { PageHead } from '../action/page-head.tsx';
import { Card, Columns, Facts, Page } from '../action/page-styles.ts';
import { postPage } from '../action/post-action.ts';
import { useActionForm } from '../action/use-action-form.ts';
import { PlainButton } from '../button.ts';
import { FormNotice } from '../form/record-form-styles.ts';
import { useLeaveGuard } from '../form/use-leave-guard.ts';
import { useSaveShortcut } from '../form/use-save-shortcut.ts';
import { addFilm, type BasketLine, quantityOf } from './basket.ts';
import { BasketTable } from './basket-table.tsx';
import { CustomerPicker } from './customer-picker.tsx';
import { FilmPicker } from './film-picker.tsx';
import { showMoney, sumPrices } from './money.ts';
import type { FilmForSale } from './search-films.ts';

/** The counter of the shop: a customer, films, quantities, and the order is placed. All of it by keyboard, too. */
export default function PlaceOrder({ resource, action }: ActionProps): React.ReactElement {
  const [customerId, setCustomerId] = useState<string | null>(null);
  const [basket, setBasket] = useState<readonly BasketLine[]>([]);
  const form = useRef<HTMLFormElement>(null);
  const filmInput = useRef<HTMLInputElement>(null);
  const navigate = useNavigate();
  const addNotice = useNotice();
  const { refusal, isBusy, submit, dismiss } = useActionForm((input) =>
    postPage(resource.id, action.name, input),
  );
  const allowLeave = useLeaveGuard(basket.length > 0);
  useSaveShortcut(form);
  const lines = basket.map((line) => ({ movieId: line.film.movieId, quantity: quantityOf(line) }));
  const hint = findMissing(customerId, lines);

  const change = (changed: readonly BasketLine[]) => {
    setBasket(changed);
    dismiss();
  };
  const pickFilm = (film: FilmForSale) => change(addFilm(basket, film));
  const place = async (event: React.FormEvent) => {
    event.preventDefault();
    const outcome = hint ? null : await submit({ customerId, lines });
    if (!outcome) return;
    if (!outcome.ok) {
      const known = new Map(outcome.shortages?.map(({ movieId, available }) => [movieId, available]));
      const renew = ({ film, typed }: BasketLine) => ({
        film: { ...film, available: known.get(film.movieId) ?? film.available },
        typed,
      });
      return setBasket(basket.map(renew));
    }
    allowLeave();
    addNotice({ message: outcome.message, type: 'success' });
    if (outcome.redirectUrl) navigate(outcome.redirectUrl);
  };
  return (
    <Page as="form" ref={form} noValidate onSubmit={place} aria-busy={isBusy}>
      <PageHead resource={resource} title={displayOfAction(action).label} />
      <div role="alert">{refusal ? <FormNotice className="error">{refusal.message}</FormNotice> : null}</div>
      <Columns>
        <div>
          <Card aria-label="Films">
            <h2>Films</h2>
            <FilmPicker label="Find a film" inputRef={filmInput} onPick={pickFilm} />
            <BasketTable basket={basket} onChange={change} onDone={() => filmInput.current?.focus()} />
          </Card>
        </div>
        <div>
          <Card aria-label="Customer">
            <h2>Customer</h2>
            <CustomerPicker value={customerId} onChange={setCustomerId} />
          </Card>
          <Card aria-label="Total">
            <TotalFacts basket={basket} />
            <PlainButton type="submit" className="primary" disabled={isBusy || hint !== null}>
              {isBusy ? 'Placing…' : 'Place the order'}
            </PlainButton>
            <p role="status">{hint ?? 'Ctrl+Enter places it'}</p>
          </Card>
        </div>
      </Columns>
    </Page>
  );
}

function TotalFacts({ basket }: { basket: readonly BasketLine[] }): React.ReactElement {
  const lines = basket.map((line) => ({ price: line.film.price, quantity: quantityOf(line) ?? 0 }));
  const copies = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  return (
    <Facts className="money">
      <dt>Films</dt>
      <dd>{basket.length}</dd>
      <dt>Copies</dt>
      <dd>{copies}</dd>
      <dt className="total">Total</dt>
      <dd className="total">
        <output aria-label="Total">{showMoney(sumPrices(lines))}</output>
      </dd>
    </Facts>
  );
}

function findMissing(
  customerId: string | null,
  lines: readonly { quantity: number | null }[],
): string | null {
  if (lines.length === 0) return 'Find a film first.';
  if (lines.some(({ quantity }) => quantity === null)) return 'A quantity is missing.';
  return customerId === null ? 'Choose the customer.' : null;
}
