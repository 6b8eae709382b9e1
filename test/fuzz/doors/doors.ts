import type { Survey, SurveyedAction } from './survey.ts';

/** One way to ask the program something over HTTP. */
export interface Door {
  /** Such as `POST /admin/api/resources/orders/records/:recordId/ship`. */
  readonly name: string;
  readonly method: string;
  /** The address, with `:name` for one part and `*name` for the rest. */
  readonly pattern: string;
  /** The action of AdminJS behind it. */
  readonly action: SurveyedAction | null;
}

const EVERY_METHOD = ['GET', 'POST', 'PUT', 'DELETE'];

/** Everything that can be asked of the program, as the survey found it; throws where a router was never reached. */
export function findDoors(survey: Survey): Door[] {
  const doors = new Map<string, Door>();
  const add = (method: string, pattern: string, action: SurveyedAction | null) => {
    const name = `${method} ${pattern}`;
    doors.set(name, { name, method, pattern, action });
  };
  for (const { base, path, methods: all } of survey.routes) {
    // Express answers HEAD wherever it answers GET; any request may come with another method, besides.
    const methods = all.filter((method) => method !== 'HEAD');
    if (base === null) throw new Error(`nothing came to the router of ${path}: its address is not known`);
    for (const method of methods.includes('*') ? EVERY_METHOD : methods)
      for (const { pattern, action } of spellOut(`${base}${path}`.replace(/(.)\/$/, '$1'), survey))
        add(method, pattern, action);
  }
  for (const address of findMounts(survey)) add('GET', `${address}/*rest`.replace('//', '/'), null);
  return [...doors.values()];
}

/** Every address below which something is mounted, the root included. */
export function findMounts({ mounts }: Survey): string[] {
  const addresses = mounts.map(({ base, path }) => `${base}${path}`);
  return [...new Set(['/', ...addresses])];
}

const TYPES = { actions: 'resource', records: 'record', bulk: 'bulk' } as const;

/** A pattern of AdminJS's for any table and action, as one for each action that there is. */
function spellOut(pattern: string, { actions }: Survey): Pick<Door, 'pattern' | 'action'>[] {
  const found = /\/(actions|records\/:recordId|bulk)\/:action/.exec(pattern)?.[1]?.split('/')[0];
  const type = found && TYPES[found as keyof typeof TYPES];
  const fitting = type ? actions.filter((action) => action.type === type) : findListActions(pattern, actions);
  if (fitting.length === 0) return [{ pattern, action: null }];
  return fitting.map((action) => ({
    action,
    pattern: pattern.replace(':resourceId', action.resource).replace(/:action(?=\/|$)/, action.name),
  }));
}

/** `/resources/:resourceId` and `/resources/:resourceId/search` are of the table's list and search. */
function findListActions(pattern: string, actions: readonly SurveyedAction[]): readonly SurveyedAction[] {
  if (!pattern.includes(':resourceId')) return [];
  const name = pattern.includes('/search') ? 'search' : 'list';
  return actions.filter((action) => action.name === name);
}
