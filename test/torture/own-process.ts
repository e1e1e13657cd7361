import { spawn } from 'node:child_process';

/** What a program said, and how it ended. */
export interface Ended {
  readonly status: number | string;
  readonly out: string;
}

/**
 * Runs a script of the tests with this Node; a stop kills it and what it started, which is a group of processes of its own.
 */
export function runScript(script: string, args: readonly string[], stop: AbortSignal): Promise<Ended> {
  if (stop.aborted) return Promise.resolve({ status: '', out: '' });
  const child = spawn(process.execPath, [script, ...args], { detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  const out: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  const kill = (): void => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
      process.kill(-child.pid, 'SIGKILL');
  };
  stop.addEventListener('abort', kill, { once: true });
  return new Promise((resolve) => {
    child.once('close', (status, signal) => {
      stop.removeEventListener('abort', kill);
      resolve({ status: signal ?? status ?? '', out: Buffer.concat(out).toString() });
    });
  });
}
