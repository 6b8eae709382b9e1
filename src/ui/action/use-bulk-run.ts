import { useRef, useState } from 'react';
import { type BulkTask, previewBulk, runBulk } from './bulk-run.ts';
import type { ActionRefusal, BulkOutcome, BulkResult } from './post-action.ts';

type Results = readonly BulkResult[] | null;

export interface BulkState {
  /** What would happen; null before it was asked for. */
  readonly preview: Results;
  /** What has happened so far; null while nothing runs. */
  readonly progress: Results;
  /** What happened, once all is done. */
  readonly finished: Results;
  readonly refusal: ActionRefusal | null;
  readonly isBusy: boolean;
  look(): Promise<void>;
  run(): Promise<void>;
  /** Forgets the preview, as the form was changed. */
  reset(): void;
}

/** The way of a bulk action from preview to results. */
export function useBulkRun(task: BulkTask): BulkState {
  const [preview, setPreview] = useState<Results>(null);
  const [progress, setProgress] = useState<Results>(null);
  const [finished, setFinished] = useState<Results>(null);
  const [refusal, setRefusal] = useState<ActionRefusal | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isPosting = useRef(false);
  const once = async (post: () => Promise<BulkOutcome>, show: (results: Results) => void) => {
    if (isPosting.current) return;
    isPosting.current = true;
    setBusy(true);
    const outcome = await post();
    isPosting.current = false;
    setBusy(false);
    setProgress(null);
    setRefusal(outcome.ok ? null : outcome);
    if (outcome.ok) show(outcome.results);
  };
  const reset = () => {
    setPreview(null);
    setRefusal(null);
  };
  const look = () => once(() => previewBulk(task), setPreview);
  const run = () => once(() => runBulk(task, setProgress), setFinished);
  return { preview, progress, finished, refusal, isBusy, look, run, reset };
}
