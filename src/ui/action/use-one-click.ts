import type { ActionJSON } from 'adminjs';
import { useRef } from 'react';
import { displayOfAction } from './action-display.ts';
import { createIdempotencyKey } from './idempotency-key.ts';
import { type ActionOpening, type ActionOutcome, loadOpening, postRecordAction } from './post-action.ts';

/** What became of a click: the step was taken or refused, or there is something to be read first. */
export type Click =
  | { readonly outcome: ActionOutcome; readonly opening: null }
  | { readonly outcome: null; readonly opening: ActionOpening };

const NO_ANSWER = 'no_answer';

/**
 * Takes a step that has nothing to fill in, at once; null while the click before is under way. Clicking again where no
 * answer came bears the same key, so that the step takes effect once.
 */
export function useOneClick(): (action: ActionJSON, recordId: string) => Promise<Click | null> {
  const keys = useRef(new Map<string, string>());
  const isBusy = useRef(false);
  return async (action, recordId) => {
    if (isBusy.current) return null;
    isBusy.current = true;
    try {
      const { resourceId, name } = action;
      const opening = displayOfAction(action).opens ? await loadOpening(resourceId, recordId, name) : {};
      if (opening.warning) return { opening, outcome: null };
      const step = `${name} ${recordId}`;
      const idempotencyKey = keys.current.get(step) ?? createIdempotencyKey();
      keys.current.set(step, idempotencyKey);
      const outcome = await postRecordAction(resourceId, recordId, name, { idempotencyKey });
      if (outcome.ok || outcome.code !== NO_ANSWER) keys.current.delete(step);
      return { outcome, opening: null };
    } finally {
      isBusy.current = false;
    }
  };
}
