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

/** A step whose dialog is open. */
interface OpenStep<T> {
  readonly action: ActionJSON;
  /** What the page showed when it was opened: it must not change under the hands of who fills it in. */
  readonly data: T | null;
  /** Whether it was refused once: from then on it shows what is. */
  readonly isRefused: boolean;
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
  const [step, setStep] = useState<OpenStep<T> | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const addNotice = useNotice();
  const close = () => setStep(null);
  const finish = async (outcome: ActionOutcome) => {
    if (outcome.ok) {
      close();
      addNotice({ message: outcome.message, type: 'success' });
    }
    const record = await page.reload();
    if (outcome.ok) return;
    const isOffered = record?.recordActions.some(({ name }) => name === step?.action.name);
    if (record && !isOffered) {
      close();
      setRefusal(outcome.message);
    } else setStep((open) => open && { ...open, isRefused: true });
  };
  const open = (action: ActionJSON) => {
    setRefusal(null);
    setStep({ action, data: page.data, isRefused: false });
  };
  const Own = step && dialogs[step.action.name];
  const form = step && {
    action: step.action,
    recordId: page.record.id,
    subject,
    onOutcome: finish,
    onCancel: close,
  };
  const data = step?.isRefused ? page.data : (step?.data ?? page.data);
  const isOwn = Own && form && data !== null;
  const dialog = isOwn ? <Own {...form} data={data as T} /> : form ? <ActionDialog {...form} /> : null;
  return { dialog, refusal, open };
}
