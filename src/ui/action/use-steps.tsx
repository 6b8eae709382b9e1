import { type ActionJSON, useNotice } from 'adminjs';
import React, { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { ActionDialog, type ActionDialogProps } from './action-dialog.tsx';
import { displayOfAction, isOneClick } from './action-display.ts';
import type { ActionOpening, ActionOutcome } from './post-action.ts';
import { useOneClick } from './use-one-click.ts';
import type { RecordPageState } from './use-record-page.ts';

/** What names a step in the address of a row's page. */
export const STEP_PARAM = 'step';

/** What the dialog of a step is given. */
export type StepDialogProps = Pick<
  ActionDialogProps,
  'action' | 'recordId' | 'subject' | 'opening' | 'onOutcome' | 'onCancel'
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
  readonly opening: ActionOpening | null;
  /** Whether it was refused once: from then on it shows what is. */
  readonly isRefused: boolean;
}

/**
 * The steps of a row's page: opens the dialog of one, or takes it where nothing is to be filled in or read, shows the page
 * afresh after it, and says a refusal. A step that somebody else has made impossible meanwhile closes its dialog, and the
 * page tells why. The address can name the step to open at first (`?step=changeLines`).
 */
export function useSteps<T>(
  page: RecordPageState<T>,
  subject: string,
  dialogs: Readonly<Record<string, StepDialog<T>>> = {},
): Steps {
  const [step, setStep] = useState<OpenStep<T> | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const addNotice = useNotice();
  const click = useOneClick();
  const close = () => setStep(null);
  // Opened before the page was read: what is read first is what it shows.
  if (step?.data === null && page.data !== null) setStep({ ...step, data: page.data });
  const finish = async (action: ActionJSON, outcome: ActionOutcome) => {
    if (outcome.ok) {
      close();
      addNotice({ message: outcome.message, type: 'success' });
    }
    const record = await page.reload();
    if (outcome.ok) return;
    const isOffered = record?.recordActions.some(({ name }) => name === action.name);
    if (record && isOffered && !isOneClick(displayOfAction(action)))
      return setStep((open) => open && { ...open, isRefused: true });
    close();
    setRefusal(outcome.message);
  };
  const show = (action: ActionJSON, opening: ActionOpening | null) =>
    setStep({ action, data: page.data, opening, isRefused: false });
  const open = async (action: ActionJSON) => {
    setRefusal(null);
    if (!isOneClick(displayOfAction(action))) return show(action, null);
    const taken = await click(action, page.record.id);
    if (taken?.opening) show(action, taken.opening);
    else if (taken) await finish(action, taken.outcome);
  };
  useOpenAtFirst(page, (action) => show(action, null));
  const Own = step && dialogs[step.action.name];
  const form = step && {
    action: step.action,
    recordId: page.record.id,
    subject,
    opening: step.opening,
    onOutcome: (outcome: ActionOutcome) => finish(step.action, outcome),
    onCancel: close,
  };
  const data = step?.isRefused ? page.data : (step?.data ?? page.data);
  const isOwn = Own && form && data !== null;
  const dialog = isOwn ? <Own {...form} data={data as T} /> : form ? <ActionDialog {...form} /> : null;
  return { dialog, refusal, open };
}

/** Opens the step that the address names, once the page is read, and takes it out of the address. */
function useOpenAtFirst<T>({ record, data }: RecordPageState<T>, open: (action: ActionJSON) => void): void {
  const [params, setParams] = useSearchParams();
  const wanted = params.get(STEP_PARAM);
  useEffect(() => {
    if (wanted === null || data === null) return;
    const action = record.recordActions.find(({ name, custom }) => name === wanted && custom?.formOnPage);
    if (action) open(action);
    const rest = new URLSearchParams(params);
    rest.delete(STEP_PARAM);
    setParams(rest, { replace: true });
  }, [wanted, data]);
}
