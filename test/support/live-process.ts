import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('live-program.ts', import.meta.url));

/** The live changes of a database in a process of their own, see live-program.ts. */
export interface LiveProcess {
  readonly port: number;
  /** Ends it by this signal and returns when it is gone. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

/** Returns when clients are served. */
export async function startLiveProcess(databaseUrl: string): Promise<LiveProcess> {
  const child = fork(PROGRAM, [databaseUrl], { execArgv: ['--import', 'tsx'] });
  const ended = once(child, 'close');
  const port = await Promise.race([
    once(child, 'message').then(([message]) => Number(message)),
    ended.then(([code]) => Promise.reject(new Error(`The live process ended by ${code}.`))),
  ]);
  return {
    port,
    end: async (signal) => {
      child.kill(signal);
      await ended;
    },
  };
}
