import { EXIT } from './exit-status.ts';
import type { Terminal } from './terminal.ts';

/** Aborts on the first Ctrl-C or SIGTERM and says so; the second one ends the process at once. */
export function untilStopped({ err }: Pick<Terminal, 'err'>, onFirst: string): AbortSignal {
  const stop = new AbortController();
  const onSignal = (): void => {
    if (stop.signal.aborted) process.exit(EXIT.cancelled);
    err(`\n${onFirst}; once more ends at once\n`);
    stop.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return stop.signal;
}
