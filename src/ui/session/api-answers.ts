import { ApiClient } from 'adminjs';
import { tellSignedOut } from './signed-out.ts';

type Call = (this: ApiClient, ...parameters: never[]) => Promise<unknown>;

const CALLS = ['resourceAction', 'recordAction', 'bulkAction', 'getDashboard', 'getPage'] as const;

/**
 * Mends how every ApiClient takes answers of 4xx; AdminJS's own components each have one, made at their start. An
 * action's no is an answer like its yes, with the notice to show; and every 401 is told.
 */
export function watchApiClients(): void {
  const calls: Record<string, Call> = {};
  for (const name of CALLS) {
    const call: Call = ApiClient.prototype[name];
    calls[name] = async function (...parameters) {
      try {
        return await call.apply(this, parameters);
      } catch (error) {
        const { response } = error as { response?: { status: number; data?: object } };
        if (response?.status === 401) tellSignedOut();
        if (isReading(name, parameters[0]) && isMissingRow(response?.data))
          return { ...response, data: { record: null } };
        if (response && isActionAnswer(response.data)) return response;
        throw error;
      }
    };
  }
  Object.assign(ApiClient.prototype, calls);
}

function isReading(name: string, parameters: { data?: unknown } | undefined): boolean {
  return name === 'recordAction' && parameters?.data === undefined;
}

/** Of what is read, the page says itself that it is not there. */
function isMissingRow(data: object | undefined): boolean {
  return (data as { code?: string } | undefined)?.code === 'gone';
}

function isActionAnswer(data: unknown): boolean {
  return typeof data === 'object' && data !== null && ('notice' in data || 'refusal' in data);
}
