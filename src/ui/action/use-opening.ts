import type { ActionJSON } from 'adminjs';
import { useEffect, useState } from 'react';
import { displayOfAction } from './action-display.ts';
import { type ActionOpening, loadOpening } from './post-action.ts';

/** What a step's form opens with; null until it is known, where there is something to ask for. */
export function useOpening(
  action: ActionJSON,
  recordId: string,
  known: ActionOpening | null = null,
): ActionOpening | null {
  const asks = known === null && displayOfAction(action).opens;
  const [opening, setOpening] = useState<ActionOpening | null>(asks ? null : (known ?? {}));
  useEffect(() => {
    if (!asks) return;
    let isOpen = true;
    loadOpening(action.resourceId, recordId, action.name).then((loaded) => isOpen && setOpening(loaded));
    return () => {
      isOpen = false;
    };
  }, []);
  return opening;
}
