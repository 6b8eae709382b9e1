import { type Refusal, refuse } from '../errors.ts';
import type { ReadContext } from '../resources/panel-context.ts';
import { seesAll } from './sees-all.ts';

/** An answer in which every refusal that quotes a column which may not be read says its plain message instead. */
export function withholdQuoted<T>(answer: T, sees: ReadContext['sees']): T {
  if (Array.isArray(answer)) return answer.map((item) => withholdQuoted(item, sees)) as T;
  if (!isPlainObject(answer)) return answer;
  const { quotes, ...rest } = answer as Partial<Refusal> & object;
  if (quotes && !seesAll(sees, quotes.columns))
    return { ...pickNumbers(rest), ...refuse(rest.code ?? '', quotes.plain) } as T;
  return Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [name, withholdQuoted(value, sees)]),
  ) as T;
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** What tells which row a refusal is about. */
function pickNumbers(refusal: object): object {
  return Object.fromEntries(Object.entries(refusal).filter(([, value]) => typeof value === 'number'));
}
