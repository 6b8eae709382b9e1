import { SingleBar } from 'cli-progress';
import { ProblemsError } from './errors.ts';
import { DEMO_ACCOUNTS, type NewAccount } from './http/demo-accounts.ts';

/** A person who waits is told after so long that it goes on. */
const PATIENCE_MS = 5_000;

/** What a person at the terminal is told: results on stdout, everything else on stderr. */
export interface Terminal {
  /** What is being done from now on: a line with the seconds since the start, and another one while it lasts. */
  tellStep(step: string): void;
  /** Something to know: one line with the seconds since the start. */
  tellNotice(notice: string): void;
  /** Moves a progress bar, or tells each tenth where stderr is no terminal. */
  tellCount(what: string, done: number, total: number): void;
  tellResult(line: string): void;
  /** Problems as they are, a fault with its stack. */
  tellError(error: unknown): void;
}

/** Creates the {@link Terminal} of this process. */
export function createTerminal(): Terminal {
  const startedAt = performance.now();
  const count = createCounter();
  const seconds = () => ((performance.now() - startedAt) / 1000).toFixed(1).padStart(6);
  const tellLine = (line: string) => console.error(`${seconds()} s  ${line}`);
  let patience: NodeJS.Timeout | undefined;
  const endStep = () => clearInterval(patience);
  return {
    tellStep: (step) => {
      endStep();
      tellLine(step);
      patience = setInterval(() => tellLine(`still: ${step}`), PATIENCE_MS).unref();
    },
    tellNotice: (notice) => {
      endStep();
      tellLine(notice);
    },
    tellCount: (what, done, total) => {
      endStep();
      count(what, done, total);
    },
    tellResult: (line) => {
      endStep();
      console.log(line);
    },
    tellError: (error) => {
      endStep();
      console.error(error instanceof ProblemsError ? `\n${error.message}\n` : error);
    },
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
export function describePasswords(newAccounts: readonly NewAccount[]): string[] {
  return newAccounts.flatMap(({ email, generatedPassword }) =>
    generatedPassword === null ? [] : [`account ${email}, password: ${generatedPassword}`],
  );
}

/** The demo accounts on one line, which says where their passwords were told. */
export function describeAccounts(newAccounts: readonly NewAccount[]): string {
  const emails = DEMO_ACCOUNTS.map(({ email }) => email).join(', ');
  if (newAccounts.some(({ generatedPassword }) => generatedPassword !== null))
    return `accounts: ${emails}, passwords: above, told this once`;
  if (newAccounts.length > 0) return `accounts: ${emails}, password: that of SEED_PASSWORD`;
  return `accounts: ${emails}, password: as set before (SEED_PASSWORD, or printed once at the first start)`;
}
