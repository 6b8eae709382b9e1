import { styled } from '@adminjs/design-system/styled-components';
import { type RecordJSON, useNotice } from 'adminjs';
import React, { useEffect, useId, useRef, useState } from 'react';
import { postRecordAction } from '../action/post-action.ts';
import { PlainButton } from '../button.ts';
import { tint, token } from '../tokens.ts';

export interface DeleteDialogProps {
  readonly resourceId: string;
  readonly record: RecordJSON;
  onDeleted(): void;
  onCancel(): void;
}

/** Asks before a row is deleted, names it, and tells why where that is refused. */
export function DeleteDialog({
  resourceId,
  record,
  onDeleted,
  onCancel,
}: DeleteDialogProps): React.ReactElement {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const addNotice = useNotice();
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  const remove = async () => {
    setBusy(true);
    const outcome = await postRecordAction(resourceId, record.id, 'delete', {});
    setBusy(false);
    if (!outcome.ok) return setRefusal(outcome.message);
    addNotice({ message: outcome.message, type: 'success' });
    onDeleted();
  };
  const cancel = (event: React.SyntheticEvent) => {
    event.preventDefault();
    onCancel();
  };
  return (
    <Dialog ref={dialog} aria-labelledby={titleId} onCancel={cancel}>
      <h2 id={titleId}>Delete “{record.title}”?</h2>
      <p>This cannot be undone.</p>
      {refusal ? <Refusal role="alert">{refusal}</Refusal> : null}
      <div>
        <PlainButton type="button" onClick={onCancel}>
          Cancel
        </PlainButton>
        <PlainButton type="button" className="danger primary" disabled={isBusy} onClick={remove}>
          {isBusy ? 'Deleting…' : 'Delete'}
        </PlainButton>
      </div>
    </Dialog>
  );
}

const Dialog = styled.dialog`
  box-sizing: border-box;
  width: 440px;
  max-width: calc(100vw - 24px);
  padding: 24px;
  font-size: 14px;
  line-height: 20px;
  color: ${token.ink};
  background: ${token.surface};
  border: 0;
  border-radius: 12px;
  box-shadow: ${token.shadow};

  &::backdrop {
    background: rgb(20 18 42 / 45%);
  }
  & h2 {
    margin: 0 0 8px;
    font-size: 18px;
    font-weight: 600;
    line-height: 24px;
    overflow-wrap: anywhere;
  }
  & > p {
    margin: 0 0 20px;
  }
  & > div:last-child {
    display: flex;
    gap: 8px;
    justify-content: flex-end;
  }
`;

/** Why something was not done. */
export const Refusal = styled.div`
  margin: 0 0 16px;
  padding: 10px 14px;
  font-size: 14px;
  line-height: 20px;
  color: ${token.danger};
  background: ${tint(token.danger, 8)};
  border-radius: ${token.radius};
  overflow-wrap: anywhere;
`;
