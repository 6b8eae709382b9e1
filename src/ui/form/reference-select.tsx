import React, { useEffect, useId, useState } from 'react';
import type { ReferenceDisplay } from '../column-display.ts';
import { TextBox } from './field-styles.ts';
import {
  ClearButton,
  Combobox,
  Listbox,
  Option,
  OptionValue,
  SearchState,
} from './reference-select-styles.ts';
import { MAX_CHOICES, type ReferenceChoice } from './search-references.ts';
import { type ReferenceSearch, useReferenceSearch, useReferenceTitle } from './use-reference-search.ts';

export interface ReferenceSelectProps {
  readonly id: string;
  readonly name?: string;
  readonly reference: ReferenceDisplay;
  /** What the foreign key stores. */
  readonly value: string | null;
  /** The title of the row it points at, where that is known. */
  readonly title?: string | null;
  /** Whether the choice can be taken back. */
  readonly clearable: boolean;
  readonly invalid?: boolean;
  readonly required?: boolean;
  readonly describedBy?: string;
  readonly label?: string;
  readonly placeholder?: string;
  onChange(value: string | null, choice: ReferenceChoice | null): void;
}

/** A row of another table, found by typing a part of its title or its key. Without leave to search it is fixed. */
export function ReferenceSelect(props: ReferenceSelectProps): React.ReactElement {
  const { reference, value, clearable, onChange } = props;
  const { title, isSought } = useReferenceTitle(reference, value, props.title ?? null);
  const select = useSelecting(props);
  const listId = useId();
  const optionId = (index: number) => `${listId}-${index}`;
  const shown = select.isOpen ? select.search.choices : [];
  return (
    <Combobox onBlur={select.blur}>
      <TextBox
        id={props.id}
        name={props.name}
        role="combobox"
        aria-label={props.label}
        aria-expanded={select.isOpen}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={shown[select.active] ? optionId(select.active) : undefined}
        aria-invalid={props.invalid}
        aria-required={props.required}
        aria-describedby={props.describedBy}
        autoComplete="off"
        spellCheck={false}
        disabled={!reference.searchable}
        placeholder={isSought ? 'Loading…' : (props.placeholder ?? 'Type to search')}
        value={select.text ?? title}
        onChange={({ target }: React.ChangeEvent<HTMLInputElement>) => select.type(target.value)}
        onFocus={({ target }: React.FocusEvent<HTMLInputElement>) => target.select()}
        onClick={select.open}
        onKeyDown={select.pressKey}
      />
      {clearable && value !== null && reference.searchable ? (
        <ClearButton type="button" aria-label="Clear" title="Clear" onClick={() => onChange(null, null)}>
          ×
        </ClearButton>
      ) : null}
      {select.isOpen ? (
        <Listbox>
          <div id={listId} role="listbox" aria-label={props.label ?? 'Choices'}>
            {shown.map((choice, index) => (
              <Choice
                key={choice.value}
                id={optionId(index)}
                choice={choice}
                isActive={index === select.active}
                isChosen={choice.value === value}
                onPick={() => select.pick(choice)}
              />
            ))}
          </div>
          <SearchState role="status">{describeSearch(select.search, select.text)}</SearchState>
        </Listbox>
      ) : null}
    </Combobox>
  );
}

/** The state of typing and choosing. `text` is null while the input shows the chosen row. */
function useSelecting({ reference, value, onChange }: ReferenceSelectProps) {
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const search = useReferenceSearch(reference, isOpen ? (text ?? '') : null);
  const { choices } = search;
  useEffect(
    () => setActive(Math.max(0, text ? 0 : choices.findIndex((choice) => choice.value === value))),
    [choices],
  );
  const close = () => {
    setOpen(false);
    setText(null);
  };
  const open = () => setOpen(reference.searchable);
  const pick = (choice: ReferenceChoice) => {
    onChange(choice.value, choice);
    close();
  };
  const move = (step: number) => {
    if (!isOpen) return open();
    if (choices.length > 0) setActive((active + step + choices.length) % choices.length);
  };
  const pressKey = (event: React.KeyboardEvent) => {
    const choice = choices[active];
    const isChoosing = isOpen && !event.ctrlKey && !event.metaKey;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') move(event.key === 'ArrowDown' ? 1 : -1);
    else if (event.key === 'Enter' && isChoosing) {
      if (choice && search.state === 'found') pick(choice);
    } else if (event.key === 'Escape' && isOpen) close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const type = (typed: string) => {
    setText(typed);
    open();
  };
  const blur = (event: React.FocusEvent<HTMLElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget)) close();
  };
  return { isOpen, text, active, search, open, pick, pressKey, type, blur };
}

function describeSearch({ state, choices }: ReferenceSearch, text: string | null): string {
  if (state === 'failed') return 'The search failed. Type again to retry.';
  if (state === 'searching') return 'Searching…';
  if (choices.length === 0)
    return text ? `Nothing is called “${text.trim()}”` : 'There is nothing to choose from yet';
  if (choices.length >= MAX_CHOICES) return `The first ${MAX_CHOICES}: type more to narrow them down`;
  return choices.length === 1 ? '1 choice' : `${choices.length} choices`;
}

function Choice({
  id,
  choice,
  isActive,
  isChosen,
  onPick,
}: {
  id: string;
  choice: ReferenceChoice;
  isActive: boolean;
  isChosen: boolean;
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
      aria-selected={isChosen}
      className={isActive ? 'active' : undefined}
      // The input keeps the keyboard.
      onMouseDown={(event: React.MouseEvent) => event.preventDefault()}
      onClick={onPick}
    >
      {choice.title}
      <OptionValue>{choice.value}</OptionValue>
    </Option>
  );
}
