import { styled } from '@adminjs/design-system/styled-components';
import React, { useEffect, useId, useRef } from 'react';
import { NARROW, token } from '../tokens.ts';
import { displayOfAction } from './action-display.ts';
import { ActionFormBody, type ActionFormProps } from './action-form-body.tsx';

export interface ActionDialogProps extends ActionFormProps {
  /** What the step is taken with: 'Order 12'. */
  readonly subject: string;
  readonly isWide?: boolean;
}

/** A step's form as a dialog above the page. */
export function ActionDialog({ subject, isWide = false, ...form }: ActionDialogProps): React.ReactElement {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    element?.querySelector<HTMLElement>('input, textarea, select, [type=submit]')?.focus();
    return () => element?.close();
  }, []);
  const cancel = (event: React.SyntheticEvent) => {
    event.preventDefault();
    form.onCancel();
  };
  return (
    <Dialog ref={dialog} className={isWide ? 'wide' : undefined} aria-labelledby={titleId} onCancel={cancel}>
      <h2 id={titleId}>
        {displayOfAction(form.action).label} <small>{subject}</small>
      </h2>
      <ActionFormBody {...form} />
    </Dialog>
  );
}

const Dialog = styled.dialog`
  box-sizing: border-box;
  width: 480px;
  max-width: calc(100vw - 24px);
  max-height: calc(100vh - 48px);
  padding: 24px;
  color: ${token.ink};
  background: ${token.surface};
  border: 0;
  border-radius: 12px;
  box-shadow: ${token.shadow};

  &.wide {
    width: 720px;
  }
  &::backdrop {
    background: rgb(20 18 42 / 45%);
  }
  & h2 {
    margin: 0 0 16px;
    font-size: 18px;
    font-weight: 600;
    line-height: 24px;
  }
  & h2 small {
    font-size: 14px;
    font-weight: 400;
    color: ${token.muted};
  }
  ${NARROW} {
    padding: 16px;
  }
`;
