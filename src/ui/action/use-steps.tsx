import { type ActionJSON, useNotice } from 'adminjs';
import React, { useState } from 'react';
import { ActionDialog, type ActionDialogProps } from './action-dialog.tsx';
import type { ActionOutcome } from './post-action.ts';
import type { RecordPageState } from './use-record-page.ts';

/** What the dialog of a step is given. */
export type StepDialogProps = Pick<
  ActionDialogProps,
  'action' | 'recordId' | 'subject' | 'onOutcome' | 'onCancel'
>;

/** A dialog of a step's own, on the data of the page. */
export type StepDialog<T> = (props: StepDialogProps & { readonly data: T }) => React.ReactElement;

export interface Steps {
  readonly dialog: React.ReactElement | null;
  /** Why a step that was offered was not taken; stays until the next step. */
  readonly refusal: string | null;
  open(action: ActionJSON): void;
}

/**
 * The steps of a row's page: opens the dialog of one, shows the page afresh after it, and says a refusal. A step that
 * somebody else has made impossible meanwhile closes its dialog, and the page tells why.
 */
export function useSteps<T>(
  page: RecordPageState<T>,
  subject: string,
  dialogs: Readonly<Record<string, StepDialog<T>>> = {},
): Steps {
  const [action, setAction] = useState<ActionJSON | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const addNotice = useNotice();
  const close = () => setAction(null);
  const finish = async (outcome: ActionOutcome) => {
    const record = await page.reload();
    if (outcome.ok) {
      close();
      return addNotice({ message: outcome.message, type: 'success' });
    }
    const isOffered = record?.recordActions.some(({ name }) => name === action?.name);
    if (record && !isOffered) {
      close();
      setRefusal(outcome.message);
    }
  };
  const open = (chosen: ActionJSON) => {
    setRefusal(null);
    setAction(chosen);
  };
  const Own = action && dialogs[action.name];
  const form = action && { action, recordId: page.record.id, subject, onOutcome: finish, onCancel: close };
  const isOwn = Own && form && page.data !== null;
  const dialog = isOwn ? <Own {...form} data={page.data as T} /> : form ? <ActionDialog {...form} /> : null;
  return { dialog, refusal, open };
}
