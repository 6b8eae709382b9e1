import { Agent, get } from 'node:http';

const INTERVAL_MS = 50;

/** Asks `/healthz` again and again on a connection of its own, to see how long others keep the program from answering. */
export interface HealthWatch {
  /** The longest that an answer took, or an unanswered question has waited, since this was last called; in ms. */
  take(): number;
  stop(): void;
}

export function watchHealth(port: number, intervalMs = INTERVAL_MS): HealthWatch {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let slowestMs = 0;
  let askedAtMs: number | null = null;
  const ask = () => {
    if (askedAtMs !== null) return;
    const startedAtMs = performance.now();
    askedAtMs = startedAtMs;
    const end = () => {
      slowestMs = Math.max(slowestMs, performance.now() - startedAtMs);
      askedAtMs = null;
    };
    get({ port, host: '127.0.0.1', path: '/healthz', agent }, (response) =>
      response.resume().on('close', end),
    ).on('error', () => {
      askedAtMs = null;
    });
  };
  const timer = setInterval(ask, intervalMs);
  ask();
  return {
    take: () => {
      const waitedMs = askedAtMs === null ? 0 : performance.now() - askedAtMs;
      const taken = Math.max(slowestMs, waitedMs);
      slowestMs = 0;
      return taken;
    },
    stop: () => {
      clearInterval(timer);
      agent.destroy();
    },
  };
}
