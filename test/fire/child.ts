import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { CrashPoint } from './operations.ts';

const MAIN = resolve(import.meta.dirname, '../../apps/cli/src/main.ts');
const PRELOAD = resolve(import.meta.dirname, 'crash-at.ts');

/** How one process of the product is started. */
export interface Start {
  readonly home: string;
  readonly args: readonly string[];
  /** Where it kills itself, at the n-th time it comes there. */
  readonly crashAt?: { readonly point: CrashPoint; readonly nth: number } | undefined;
  /** File to which its durable operations are added. */
  readonly history?: string;
  /** Settings of the product, and the faults of `crash-at.ts`. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
}

/** A process of the product. */
export interface Child {
  readonly pid: number;
  readonly command: string;
  /** The exit status, or the signal that ended it. */
  readonly ended: Promise<number | string>;
  readonly isOver: () => boolean;
  /** Every line it wrote to stderr so far. */
  readonly lines: readonly string[];
  readonly out: () => string;
  /** The first line, written or yet to be written, that holds the text; rejects when the process ends without it. */
  readonly says: (text: string) => Promise<string>;
  readonly signal: (signal: NodeJS.Signals) => void;
  readonly kill: () => Promise<number | string>;
}

/** Every process started here that still runs; `endAll` kills them, each by its pid. */
const RUNNING = new Set<Child>();

/** Kills what still runs of all that was started here. */
export async function endAll(): Promise<void> {
  await Promise.all([...RUNNING].map((child) => child.kill()));
}

/** Starts a process of the product with the preload in it. */
export function start({ home, args, crashAt, history, environment }: Start): Child {
  const env = {
    PATH: process.env['PATH'],
    HOME: home,
    INFRAFABRIC_HOME: home,
    LOG_LEVEL: 'debug',
    NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
    ...(crashAt === undefined ? {} : { CRASH_AT: `${crashAt.point}#${crashAt.nth}` }),
    ...(history === undefined ? {} : { FIRE_HISTORY: history }),
    ...environment,
  };
  const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
  const child = spawn(process.execPath, ['--import', PRELOAD, MAIN, ...args], { env, stdio });
  const heard = listenTo(child.stderr);
  const out: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  const over = Promise.withResolvers<number | string>();
  let isOver = false;
  child.once('close', (status, signal) => {
    isOver = true;
    over.resolve(signal ?? status ?? '');
  });
  const command = args.slice(0, 3).join(' ');
  const started: Child = {
    pid: child.pid ?? 0,
    command,
    ended: over.promise,
    isOver: () => isOver,
    lines: heard.lines,
    out: () => Buffer.concat(out).toString(),
    says: (text) => {
      const ended = over.promise.then((how): never => {
        throw new Error(`${command} ended with ${how} before it said "${text}": ${heard.lines.slice(-12).join('\n')}`);
      });
      return Promise.race([heard.says(text), ended]);
    },
    signal: (signal) => void child.kill(signal),
    async kill() {
      child.kill('SIGCONT');
      child.kill('SIGKILL');
      return over.promise;
    },
  };
  RUNNING.add(started);
  void over.promise.then(() => RUNNING.delete(started));
  return started;
}

function listenTo(stream: NodeJS.ReadableStream): {
  readonly lines: readonly string[];
  readonly says: (text: string) => Promise<string>;
} {
  const lines: string[] = [];
  const waiting = new Set<(line: string) => void>();
  createInterface({ input: stream }).on('line', (line) => {
    lines.push(line);
    for (const hear of waiting) hear(line);
  });
  return {
    lines,
    says: (text) => {
      const said = lines.find((line) => line.includes(text));
      if (said !== undefined) return Promise.resolve(said);
      return new Promise((resolve) => {
        const hear = (line: string): void => {
          if (!line.includes(text)) return;
          waiting.delete(hear);
          resolve(line);
        };
        waiting.add(hear);
      });
    },
  };
}
