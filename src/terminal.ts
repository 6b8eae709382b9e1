import { SingleBar } from 'cli-progress';
import { ProblemsError } from './errors.ts';
import { DEMO_ACCOUNTS, type GeneratedPassword } from './http/demo-accounts.ts';

/** What a person at the terminal is told: results on stdout, everything else on stderr. */
export interface Terminal {
  /** One line with the seconds since the start. */
  tellStep(step: string): void;
  /** Moves a progress bar, or tells each tenth where stderr is no terminal. */
  tellCount(what: string, done: number, total: number): void;
  tellResult(line: string): void;
  /** Problems as they are, a fault with its stack. */
  tellError(error: unknown): void;
}

/** Creates the {@link Terminal} of this process. */
export function createTerminal(): Terminal {
  const startedAt = performance.now();
  const tellCount = createCounter();
  const seconds = () => ((performance.now() - startedAt) / 1000).toFixed(1).padStart(6);
  return {
    tellStep: (step) => console.error(`${seconds()} s  ${step}`),
    tellCount,
    tellResult: (line) => console.log(line),
    tellError: (error) => console.error(error instanceof ProblemsError ? `\n${error.message}\n` : error),
  };
}

function createCounter(): Terminal['tellCount'] {
  let bar: SingleBar | undefined;
  return (what, done, total) => {
    if (!bar) {
      bar = new SingleBar({
        format: `          ${what} {bar} {value}/{total}`,
        noTTYOutput: true,
        notTTYSchedule: 1000,
        hideCursor: null,
      });
      bar.start(total, 0);
    }
    bar.update(done);
    if (done < total) return;
    bar.stop();
    bar = undefined;
  };
}

/** A line for each password that was generated just now. */
export function describePasswords(generated: readonly GeneratedPassword[]): string[] {
  return generated.map(({ email, password }) => `account ${email}, password: ${password}`);
}

/** The demo accounts on one line, which says where their passwords were told. */
export function describeAccounts(generated: readonly GeneratedPassword[]): string {
  const emails = DEMO_ACCOUNTS.map(({ email }) => email).join(', ');
  return generated.length > 0
    ? `accounts: ${emails}, passwords: above, told this once`
    : `accounts: ${emails}, password: as set before (SEED_PASSWORD, or printed once at the first start)`;
}
