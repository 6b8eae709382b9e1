import { z } from 'zod';
import type {
  BulkAction,
  PrintDocument,
  Queue,
  RecordAction,
  RecordPage,
  TablePage,
} from './define-action.ts';

const NAME = /^[A-Za-z][A-Za-z0-9_]*$/;

// The code that a file hands over cannot be looked into; what can be seen from outside is that its functions are there.
function handed<T>(functions: readonly (keyof T & string)[], texts: readonly (keyof T & string)[]) {
  const isFitting = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return false;
    const part = value as Record<string, unknown>;
    const isNamed = !texts.includes('name' as keyof T & string) || NAME.test(String(part.name));
    return (
      isNamed &&
      functions.every((key) => typeof part[key] === 'function') &&
      texts.every((key) => typeof part[key] === 'string')
    );
  };
  const parts = [...texts, ...functions.map((key) => `${key}()`)].join(', ');
  return z.custom<T>(isFitting, `an object with ${parts}`);
}

/** The shape of what a resource file hands over beyond the schema, by key. */
export const handedSchemas = {
  recordActions: z.array(handed<RecordAction>(['run'], ['name', 'label']), 'a list of actions').optional(),
  bulkActions: z
    .array(handed<BulkAction>(['preview', 'run'], ['name', 'label']), 'a list of actions')
    .optional(),
  pages: z.array(handed<TablePage>(['run'], ['name', 'label', 'component']), 'a list of pages').optional(),
  recordPage: handed<RecordPage>(['load'], ['component']).optional(),
  documents: z.array(handed<PrintDocument>(['render'], ['name', 'label']), 'a list of documents').optional(),
  queues: z.array(handed<Queue>(['filters'], ['name', 'label']), 'a list of queues').optional(),
};
