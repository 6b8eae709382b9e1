import { type BulkOutcome, type BulkResult, postBulkAction } from './post-action.ts';

const RUN_CHUNK = 10;
const PREVIEW_CHUNK = 100;

export interface BulkTask {
  readonly resourceId: string;
  readonly actionName: string;
  readonly recordIds: readonly string[];
  readonly input: Readonly<Record<string, unknown>>;
}

/** What would become of each row, or a refusal of the input itself. */
export function previewBulk(task: BulkTask): Promise<BulkOutcome> {
  return inChunks(task, 'preview', PREVIEW_CHUNK, () => {});
}

/** Takes the step with each row, a few at a time. Rows of a chunk that got no answer are told as failed; the others go on. */
export function runBulk(
  task: BulkTask,
  onProgress: (results: readonly BulkResult[]) => void,
): Promise<BulkOutcome> {
  return inChunks(task, 'run', RUN_CHUNK, onProgress);
}

async function inChunks(
  { resourceId, actionName, recordIds, input }: BulkTask,
  mode: 'preview' | 'run',
  size: number,
  onProgress: (results: readonly BulkResult[]) => void,
): Promise<BulkOutcome> {
  const results: BulkResult[] = [];
  for (let start = 0; start < recordIds.length; start += size) {
    const ids = recordIds.slice(start, start + size);
    const outcome = await postBulkAction(resourceId, actionName, ids, mode, input);
    // What is wrong with the input is wrong for every row: nothing has been done with any.
    if (!outcome.ok && outcome.code === 'bad_input' && start === 0) return outcome;
    const told = new Map((outcome.ok ? outcome.results : []).map((result) => [result.id, result]));
    const missing = outcome.ok ? 'This row is not there any more.' : outcome.message;
    results.push(...ids.map((id) => told.get(id) ?? { id, ok: false, message: missing }));
    onProgress([...results]);
  }
  return { ok: true, results };
}

/** Results of one kind, with the ids of their rows. */
export interface ResultGroup {
  readonly ok: boolean;
  readonly message: string;
  readonly ids: readonly string[];
}

/** Puts results of the same message together, those that are refused first; messages that name the row lose its name. */
export function groupResults(results: readonly BulkResult[]): ResultGroup[] {
  const groups = new Map<string, { ok: boolean; message: string; ids: string[] }>();
  for (const { id, ok, message } of results) {
    const bare = message.replace(new RegExp(`^\\S+ ${id} `), '');
    const key = `${ok} ${bare}`;
    const group = groups.get(key) ?? {
      ok,
      message: `${bare.charAt(0).toUpperCase()}${bare.slice(1)}`,
      ids: [],
    };
    group.ids.push(id);
    groups.set(key, group);
  }
  return [...groups.values()].sort((left, right) => Number(left.ok) - Number(right.ok));
}
