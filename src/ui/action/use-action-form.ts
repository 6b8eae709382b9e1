import { useRef, useState } from 'react';
import type { ActionValues } from './action-fields.tsx';
import { createIdempotencyKey } from './idempotency-key.ts';
import type { ActionOutcome, ActionRefusal } from './post-action.ts';

export interface ActionFormState {
  readonly values: ActionValues;
  readonly refusal: ActionRefusal | null;
  readonly isBusy: boolean;
  change(name: string, value: string): void;
  /** Takes the refusal away, once what it was about is changed. */
  dismiss(): void;
  /** Sends the form; a second call while the first is under way does nothing. */
  submit(extra?: Readonly<Record<string, unknown>>): Promise<ActionOutcome | null>;
}

/** What an action's form holds, `initial` until something else is typed. Every try to send it bears the same key, so that it takes effect once. */
export function useActionForm(
  post: (input: Readonly<Record<string, unknown>>) => Promise<ActionOutcome>,
  initial: ActionValues = {},
): ActionFormState {
  const [typed, setValues] = useState<ActionValues>({});
  const values = { ...initial, ...typed };
  const [refusal, setRefusal] = useState<ActionRefusal | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isPosting = useRef(false);
  const [idempotencyKey] = useState(createIdempotencyKey);
  const dismiss = () => setRefusal(null);
  const change = (name: string, value: string) => {
    setValues((held) => ({ ...held, [name]: value }));
    dismiss();
  };
  const submit = async (extra: Readonly<Record<string, unknown>> = {}) => {
    if (isPosting.current) return null;
    isPosting.current = true;
    setBusy(true);
    const outcome = await post({ ...values, ...extra, idempotencyKey });
    isPosting.current = false;
    setBusy(false);
    setRefusal(outcome.ok ? null : outcome);
    return outcome;
  };
  return { values, refusal, isBusy, change, dismiss, submit };
}
