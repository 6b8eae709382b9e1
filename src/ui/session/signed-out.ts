import { ApiClient } from 'adminjs';

const SIGNED_OUT = 'gorak:signed-out';

/** Tells the page that the server knows the session no more. For answers that come by another way than ApiClient. */
export function tellSignedOut(): void {
  window.dispatchEvent(new Event(SIGNED_OUT));
}

/** Calls `listener` whenever that is told; returns the way to end it. */
export function onSignedOut(listener: () => void): () => void {
  window.addEventListener(SIGNED_OUT, listener);
  return () => window.removeEventListener(SIGNED_OUT, listener);
}

type Call = (this: ApiClient, ...parameters: never[]) => Promise<unknown>;

const CALLS = ['resourceAction', 'recordAction', 'bulkAction', 'getDashboard', 'getPage'] as const;

/** Tells of every 401 that any ApiClient is answered; AdminJS's own components each have one, made at their start. */
export function watchApiClients(): void {
  const calls: Record<string, Call> = {};
  for (const name of CALLS) {
    const call: Call = ApiClient.prototype[name];
    calls[name] = async function (...parameters) {
      try {
        return await call.apply(this, parameters);
      } catch (error) {
        const { response } = error as { response?: { status?: number } };
        if (response?.status === 401) tellSignedOut();
        throw error;
      }
    };
  }
  Object.assign(ApiClient.prototype, calls);
}
