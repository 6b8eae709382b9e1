import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ProgramMessage, ProgramQuestion } from './program.ts';
import type { Survey } from './survey.ts';
import { PUBLIC_URL, straightTo, throughProxy, type Way } from './way.ts';

const PROGRAM = fileURLToPath(new URL('program.ts', import.meta.url));
const RESOURCES = [resolve('resources'), fileURLToPath(new URL('resources', import.meta.url))];

/** The program that is fuzzed: a process that may hang or die, and is then started again on the same database. */
export interface Target {
  readonly way: Way;
  readonly isRunning: boolean;
  /** What was logged as a fault, or ended the process, since this was last asked. */
  takeFaults(): string[];
  survey(): Promise<Survey>;
  /** CPU time that the process has used so far. */
  cpuMs(): Promise<number>;
  /** Kills it, if it runs, and starts another. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface TargetOptions {
  /** Adds the doors of planted.ts. */
  readonly isPlanted?: boolean;
  /** Below a path, reached by https through a proxy. */
  readonly isBehindProxy?: boolean;
}

/** Starts the panel on a filled database. */
export async function startTarget(
  url: string,
  { isPlanted = false, isBehindProxy = false }: TargetOptions,
): Promise<Target> {
  const dir = await mkdtemp(join(tmpdir(), 'fuzz-doors-'));
  const publicUrl = isBehindProxy ? PUBLIC_URL : '';
  const args = [url, await linkResources(dir), dir, publicUrl, ...(isPlanted ? ['planted'] : [])];
  const faults: string[] = [];
  let running = await startProcess(args, faults);
  return {
    get way() {
      return isBehindProxy ? throughProxy(running.port) : straightTo(running.port);
    },
    get isRunning() {
      return isAlive(running.child);
    },
    takeFaults: () => faults.splice(0),
    survey: async () => {
      const answer = await ask(running.child, 'survey');
      if (answer.told !== 'survey') throw new Error(`not a survey: ${answer.told}`);
      return answer.survey;
    },
    cpuMs: async () => {
      const answer = await ask(running.child, 'cpu');
      return answer.told === 'cpu' ? answer.cpuMs : 0;
    },
    restart: async () => {
      await endProcess(running.child, 'SIGKILL');
      running = await startProcess(args, faults);
    },
    stop: async () => {
      await endProcess(running.child, 'SIGTERM');
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** The store's own resource files, so that a new one is fuzzed unasked, with those of the tables that hold canaries. */
async function linkResources(dir: string): Promise<string> {
  for (const folder of RESOURCES)
    for (const name of await readdir(folder))
      if (name.endsWith('.ts')) await symlink(join(folder, name), join(dir, name));
  return dir;
}

async function startProcess(args: readonly string[], faults: string[]) {
  const child = fork(PROGRAM, args, {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let printed = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    printed = (printed + text).slice(-4_000);
  });
  child.on('message', (message: ProgramMessage) => {
    if (message.told === 'fault') faults.push(message.text);
  });
  const port = await new Promise<number>((done, fail) => {
    child.on('message', (message: ProgramMessage) => {
      if (message.told === 'ready') done(message.port);
    });
    child.once('exit', () => fail(new Error(`the program did not start\n${printed}\n${faults.join('\n')}`)));
  });
  child.once('exit', (code, signal) => {
    if (signal !== 'SIGTERM' && signal !== 'SIGKILL')
      faults.push(`the process ended by ${code ?? signal}\n${printed}`);
  });
  return { child, port };
}

const isAlive = ({ exitCode, signalCode }: ChildProcess) => exitCode === null && signalCode === null;

async function ask(child: ChildProcess, question: ProgramQuestion): Promise<ProgramMessage> {
  if (!isAlive(child)) throw new Error('the program has ended');
  return new Promise((done, fail) => {
    const onExit = () => fail(new Error('the program has ended'));
    const onMessage = (message: ProgramMessage) => {
      if (message.told !== question) return;
      child.off('message', onMessage).off('exit', onExit);
      done(message);
    };
    child.on('message', onMessage).once('exit', onExit);
    child.send(question);
  });
}

async function endProcess(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (!isAlive(child)) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}
