import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';

export const ROOT = resolve(import.meta.dirname, '../../..');

/** The recorded estate and bill of the test data; see `hasTestData`. */
export const TEST_DATA = resolve(ROOT, process.env['INFRAFABRIC_TEST_DATA'] ?? '../shared');

/** Compiled code that the commands of one test run share, so that each starts in half the time. */
const COMPILE_CACHE = join(ROOT, 'node_modules/.cache/infrafabric-test');

const MAIN = join(ROOT, 'apps/cli/src/main.ts');

/** A folder of one test, gone when the test is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'infrafabric-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface Ended {
  status: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface Running {
  process: ChildProcess;
  /** Resolves when the text has been on stderr. */
  saw: (text: string) => Promise<void>;
  ended: Promise<Ended>;
}

/** How a command is run; a variable set to `undefined` is absent. */
export interface Surroundings {
  home: string;
  env?: Record<string, string | undefined>;
  cwd?: string;
  /** Close our end of stdout at once, as `| head -0` does. */
  deafStdout?: boolean;
}

/** Starts `infrafabric` as a process of its own with its own data folder. */
export function start(args: readonly string[], surroundings: Surroundings): Running {
  return startNode([MAIN, ...args], surroundings);
}

/** Starts Node with arguments of its own. */
export function startNode(args: readonly string[], surroundings: Surroundings): Running {
  const child = spawn(process.execPath, args, {
    cwd: surroundings.cwd ?? surroundings.home,
    env: {
      PATH: process.env['PATH'],
      INFRAFABRIC_HOME: surroundings.home,
      NODE_COMPILE_CACHE: COMPILE_CACHE,
      ...surroundings.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  if (surroundings.deafStdout === true) child.stdout.destroy();
  else child.stdout.on('data', (chunk: Buffer) => (text.stdout += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => {
    text.stderr += chunk.toString('utf8');
    for (const listener of listeners) listener();
  });
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (status, signal) => resolve({ status, signal, ...text }));
  });
  const saw = (wanted: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (text.stderr.includes(wanted)) resolve();
      };
      listeners.add(look);
      look();
      void ended.then(() => reject(new Error(`the command ended without "${wanted}" on stderr:\n${text.stderr}`)));
    });
  return { process: child, saw, ended };
}

/** Runs `infrafabric` to its end. */
export function infrafabric(args: readonly string[], surroundings: Surroundings): Promise<Ended> {
  return start(args, surroundings).ended;
}
