import { styled } from '@adminjs/design-system/styled-components';
import React, { useEffect, useId, useState } from 'react';
import { Label, TextBox } from '../form/field-styles.ts';
import { Combobox, Listbox, Option, SearchState } from '../form/reference-select-styles.ts';
import { formatMoney } from '../format.ts';
import { token } from '../tokens.ts';
import type { FilmForSale } from './search-films.ts';
import { type FilmSearch, useFilmSearch } from './use-film-search.ts';

export interface FilmPickerProps {
  readonly label: string;
  readonly inputRef?: React.Ref<HTMLInputElement>;
  onPick(film: FilmForSale): void;
}

/** Finds a film by typing: with price and what is available now. Enter takes it, and the next can be typed. */
export function FilmPicker({ label, inputRef, onPick }: FilmPickerProps): React.ReactElement {
  const id = useId();
  const picking = usePicking(onPick);
  const { isOpen, text, active, search } = picking;
  const optionId = (index: number) => `${id}-${index}`;
  return (
    <div>
      <Label htmlFor={id}>{label}</Label>
      <Combobox onBlur={picking.blur}>
        <TextBox
          id={id}
          ref={inputRef}
          role="combobox"
          aria-expanded={isOpen}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={isOpen && search.films[active] ? optionId(active) : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder="Type a title, Enter adds it"
          value={text}
          onChange={(event: React.ChangeEvent<HTMLInputElement>) => picking.type(event.target.value)}
          onClick={picking.open}
          onKeyDown={picking.pressKey}
        />
        {isOpen ? (
          <Listbox>
            <div id={`${id}-list`} role="listbox" aria-label={label}>
              {search.films.map((film, index) => (
                <FilmOption
                  key={film.movieId}
                  id={optionId(index)}
                  film={film}
                  isActive={index === active}
                  onPick={() => picking.pick(film)}
                />
              ))}
            </div>
            <SearchState role="status">{describeSearch(search, text)}</SearchState>
          </Listbox>
        ) : null}
      </Combobox>
    </div>
  );
}

function usePicking(onPick: (film: FilmForSale) => void) {
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const [isAwaited, setAwaited] = useState(false);
  const search = useFilmSearch(isOpen ? text : null);
  const { films, state } = search;
  const open = () => setOpen(true);
  const close = () => setOpen(false);
  const type = (typed: string) => {
    setText(typed);
    setAwaited(false);
    open();
  };
  const pick = (film: FilmForSale) => {
    setText('');
    close();
    onPick(film);
  };
  useEffect(() => {
    setActive(0);
    // Enter came before the answer: the best match is taken as soon as it is there.
    if (isAwaited && state === 'found' && films[0]) pick(films[0]);
    if (state !== 'searching') setAwaited(false);
  }, [films, state]);
  const move = (step: number) => {
    if (!isOpen) return open();
    if (films.length > 0) setActive((active + step + films.length) % films.length);
  };
  const pressKey = (event: React.KeyboardEvent) => {
    const film = films[active];
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') move(event.key === 'ArrowDown' ? 1 : -1);
    else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      if (isOpen && state === 'searching') setAwaited(text.trim() !== '');
      else if (isOpen && film && state === 'found') pick(film);
    } else if (event.key === 'Escape' && isOpen) close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const blur = (event: React.FocusEvent<HTMLElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget)) close();
  };
  return { isOpen, text, active, search, open, type, pick, pressKey, blur };
}

function FilmOption({
  id,
  film,
  isActive,
  onPick,
}: {
  id: string;
  film: FilmForSale;
  isActive: boolean;
  onPick(): void;
}): React.ReactElement {
  const showActive = (element: HTMLElement | null) => {
    if (isActive) element?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <Option
      id={id}
      ref={showActive}
      role="option"
      aria-selected={isActive}
      className={isActive ? 'active' : undefined}
      // The input keeps the keyboard.
      onMouseDown={(event: React.MouseEvent) => event.preventDefault()}
      onClick={onPick}
    >
      <span>
        {film.title} <Small>{film.releaseYear}</Small>
      </span>
      <Figures>
        {film.available === undefined ? null : (
          <span className={film.available > 0 ? undefined : 'none'}>
            {film.available > 0 ? `${film.available} available` : 'sold out'}
          </span>
        )}
        <span>{film.price === undefined ? null : formatMoney(film.price)}</span>
      </Figures>
    </Option>
  );
}

function describeSearch({ state, films }: FilmSearch, text: string): string {
  if (state === 'failed') return 'The search failed. Type again to retry.';
  if (state === 'searching') return 'Searching…';
  if (films.length === 0) return `No film is called “${text.trim()}”`;
  return films.length === 1 ? '1 film' : `${films.length} films`;
}

const Small = styled.small`
  color: ${token.muted};
`;

const Figures = styled.span`
  display: flex;
  flex-shrink: 0;
  gap: 14px;
  font-size: 13px;
  font-weight: 400;
  font-variant-numeric: tabular-nums;
  color: ${token.muted};

  & .none {
    font-weight: 600;
    color: ${token.danger};
  }
`;
