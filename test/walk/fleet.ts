import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Installation } from './installation.ts';

const MAIN = resolve(import.meta.dirname, '../../apps/cli/src/main.ts');

/** One process of the product, and what it says on stderr. */
export interface Running {
  readonly pid: number;
  /** Resolves with the first line, said or yet to be said, that holds the text; rejects when the process ends without it. */
  readonly says: (text: string) => Promise<string>;
  /** The same for lines yet to be said. */
  readonly saysNext: (text: string) => Promise<string>;
  /** The exit status, or the signal that ended it. */
  readonly ended: Promise<number | string>;
  readonly kill: (signal: 'SIGKILL' | 'SIGINT') => Promise<number | string>;
}

/** Processes of one installation; `end` kills those that still run. */
export interface Fleet {
  readonly start: (...command: string[]) => Running;
  /** Starts `analyze --external` and resolves with the bytes of report.json. */
  readonly analyze: (name: string) => Promise<string>;
  /** Who serves the embedded AWS to the others. */
  readonly ownerPid: () => number;
  readonly end: () => Promise<void>;
}

/** What a fleet works on. */
type Inputs = Pick<Installation, 'home' | 'estate' | 'asOf' | 'out'> & Partial<Pick<Installation, 'bill'>>;

/** Opens a fleet without a process; `environment` is added to what every process gets, `hear` hears each line of each. */
export function openFleet(
  at: Inputs,
  environment: Readonly<Record<string, string>> = {},
  hear: (line: string, pid: number) => void = () => undefined,
): Fleet {
  const running = new Set<Running>();
  const start: Fleet['start'] = (...command) => {
    const process = runMain(command, { home: at.home, environment, hear });
    running.add(process);
    void process.ended.then(() => running.delete(process));
    return process;
  };
  return {
    start,
    async analyze(name) {
      const out = at.out(name);
      const bill = at.bill === undefined ? [] : ['--bill', at.bill];
      const inputs = ['--estate', at.estate, ...bill, '--as-of', at.asOf];
      const process = start('analyze', ...inputs, '--external', '--format', 'json', '--allow-gaps', '--out', out);
      const status = await process.ended;
      if (status !== 0)
        throw new Error(`expected analyze to end with 0, got ${status}: ${await process.says('').catch(String)}`);
      return readFileSync(join(out, 'report.json'), 'utf8');
    },
    ownerPid: () => Number(/"pid":(\d+)/.exec(readFileSync(join(at.home, 'embedded.json'), 'utf8'))?.[1]),
    async end() {
      await Promise.all([...running].map(async (process) => process.kill('SIGKILL')));
    },
  };
}

interface Surroundings {
  readonly home: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly hear: (line: string, pid: number) => void;
}

function runMain(command: readonly string[], { home, environment, hear: hearAll }: Surroundings): Running {
  const own = { PATH: process.env['PATH'], HOME: home, INFRAFABRIC_HOME: home, LOG_LEVEL: 'debug' };
  const env = { ...own, ...environment };
  const child = spawn(process.execPath, [MAIN, ...command], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise<number | string>((resolve) =>
    child.on('exit', (status, signal) => resolve(signal ?? status ?? '')),
  );
  const lines: string[] = [];
  const waiting = new Set<(line: string) => void>();
  createInterface({ input: child.stderr }).on('line', (line) => {
    lines.push(line);
    hearAll(line, child.pid ?? 0);
    for (const hear of waiting) hear(line);
  });
  const hear = async (text: string): Promise<string> => {
    const heard = Promise.withResolvers<string>();
    waiting.add((line) => (line.includes(text) ? heard.resolve(line) : undefined));
    void ended.then((status) =>
      heard.reject(new Error(`${command.join(' ')} ended with ${status}: ${lines.join('\n')}`)),
    );
    return heard.promise;
  };
  return {
    pid: child.pid ?? 0,
    ended,
    says: async (text) => lines.find((line) => line.includes(text)) ?? hear(text),
    saysNext: async (text) => hear(text),
    async kill(signal) {
      child.kill(signal);
      return ended;
    },
  };
}
