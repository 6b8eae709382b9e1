import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The program as a process of its own. */
export interface Program {
  readonly process: ChildProcess;
  /** What it has printed so far, on stdout and on stderr. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves with the `ready` line; rejects with what was printed if the program ends before. */
  readonly ready: Promise<string>;
  /** Resolves as soon as stderr has told this. */
  told(pattern: RegExp): Promise<void>;
  /** Resolves with the exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Starts the compiled program with these arguments, and these settings alone. PORT is a free one when not told. */
export function startProgram(args: readonly string[], settings: Record<string, string>): Program {
  const child = spawn(process.execPath, ['dist/main.js', ...args], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, PORT: '0', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed = { stdout: '', stderr: '' };
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals);
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed.stdout += text;
      const line = /^ready .*$/m.exec(printed.stdout)?.[0];
      if (line) resolve(line);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      printed.stderr += text;
    });
    void ended.then((how) => reject(new Error(`ended by ${how}\n${printed.stdout}\n${printed.stderr}`)));
  });
  // A program that is meant to fail is never asked whether it is ready.
  ready.catch(() => undefined);
  const told = async (pattern: RegExp) => {
    while (!pattern.test(printed.stderr)) await once(child.stderr, 'data');
  };
  return { process: child, stdout: () => printed.stdout, stderr: () => printed.stderr, ready, told, ended };
}

/** Runs the compiled program to its end. */
export async function runProgram(args: readonly string[], settings: Record<string, string>) {
  const program = startProgram(args, settings);
  const exitCode = await program.ended;
  return { exitCode, stdout: program.stdout(), stderr: program.stderr() };
}
