import { styled } from '@adminjs/design-system/styled-components';
import { type ActionJSON, type RecordJSON, ViewHelpers } from 'adminjs';
import React, { useEffect, useRef, useState } from 'react';
import { MoreHorizontal } from 'react-feather';
import { Link } from 'react-router-dom';
import { displayOfAction, isOneClick, isStep } from '../action/action-display.ts';
import { useRowStep } from '../action/use-row-step.ts';
import { token } from '../tokens.ts';

export interface RowMenuProps {
  readonly resourceId: string;
  readonly record: RecordJSON;
  /** Translates an action's name. */
  labelOf(action: ActionJSON): string;
  onDelete(record: RecordJSON): void;
}

/** What can be done with a row of the list, behind one small button. */
export function RowMenu({ resourceId, record, labelOf, onDelete }: RowMenuProps): React.ReactElement | null {
  const isLast = ({ name }: ActionJSON) => Number(name === 'delete');
  const actions = record.recordActions
    .filter(({ name }) => name !== 'show')
    .sort((left, right) => isLast(left) - isLast(right));
  const [place, setPlace] = useState<React.CSSProperties | null>(null);
  const root = useRef<HTMLDivElement>(null);
  const takeStep = useRowStep();
  const isOpen = place !== null;
  useCloseOutside(root, isOpen, () => setPlace(null));
  if (actions.length === 0) return null;
  const toggle = ({ currentTarget }: React.MouseEvent<HTMLElement>) => {
    setPlace(isOpen ? null : placeBeside(currentTarget, actions.length));
  };
  const remove = () => {
    setPlace(null);
    onDelete(record);
  };
  const take = (action: ActionJSON) => {
    setPlace(null);
    takeStep(action, record.id);
  };
  const href = ({ name }: ActionJSON) =>
    new ViewHelpers().recordActionUrl({ resourceId, recordId: record.id, actionName: name });
  return (
    <Root ref={root}>
      <button type="button" aria-label={`Actions: ${record.title}`} aria-expanded={isOpen} onClick={toggle}>
        <MoreHorizontal size={18} aria-hidden />
      </button>
      {place ? (
        <ul style={place}>
          {actions.map((action) => (
            <li key={action.name}>
              {action.name === 'delete' ? (
                <button type="button" className="danger" onClick={remove}>
                  Delete
                </button>
              ) : isStep(action) && isOneClick(displayOfAction(action)) ? (
                <button type="button" onClick={() => take(action)}>
                  {labelOf(action)}
                </button>
              ) : (
                <Link to={href(action)}>{labelOf(action)}</Link>
              )}
            </li>
          ))}
        </ul>
      ) : null}
    </Root>
  );
}

const ITEM_HEIGHT_PX = 34;

/** Below the button, or above it where the window ends too soon. */
function placeBeside(button: HTMLElement, items: number): React.CSSProperties {
  const { top, bottom, right } = button.getBoundingClientRect();
  const window = document.documentElement;
  const fromRight = window.clientWidth - right;
  const isTooLow = bottom + items * ITEM_HEIGHT_PX + 20 > window.clientHeight;
  return isTooLow
    ? { bottom: window.clientHeight - top + 4, right: fromRight }
    : { top: bottom + 4, right: fromRight };
}

/** Closes what is open at Escape, at a press or focus elsewhere, and when the page moves under it. */
function useCloseOutside(
  root: React.RefObject<HTMLElement | null>,
  isOpen: boolean,
  close: () => void,
): void {
  useEffect(() => {
    if (!isOpen) return;
    const leave = ({ target }: Event) => {
      if (!root.current?.contains(target as Node)) close();
    };
    const pressKey = ({ key }: KeyboardEvent) => {
      if (key !== 'Escape') return;
      root.current?.querySelector('button')?.focus();
      close();
    };
    const listening = new AbortController();
    const options = { capture: true, signal: listening.signal };
    for (const type of ['pointerdown', 'focusin', 'scroll']) document.addEventListener(type, leave, options);
    document.addEventListener('keydown', pressKey, options);
    return () => listening.abort();
  }, [isOpen]);
}

const Root = styled.div`
  display: inline-block;

  & > button {
    display: inline-flex;
    padding: 4px 6px;
    color: ${token.muted};
    background: none;
    border: 0;
    border-radius: 6px;
    cursor: pointer;
  }
  & > button:hover,
  & > button[aria-expanded='true'] {
    color: ${token.ink};
    background: ${token.line};
  }
  & ul {
    position: fixed;
    z-index: 30;
    min-width: 160px;
    margin: 0;
    padding: 4px;
    list-style: none;
    background: ${token.surface};
    border: 1px solid ${token.line};
    border-radius: ${token.radius};
    box-shadow: ${token.shadow};
  }
  & li > * {
    display: block;
    box-sizing: border-box;
    width: 100%;
    padding: 7px 12px;
    font: inherit;
    font-size: 14px;
    line-height: 20px;
    color: ${token.ink};
    text-align: left;
    text-decoration: none;
    background: none;
    border: 0;
    border-radius: 6px;
    cursor: pointer;
  }
  & li > *:hover {
    background: ${token.hover};
  }
  & li > .danger {
    color: ${token.danger};
  }
`;
