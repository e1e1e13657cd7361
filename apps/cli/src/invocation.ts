import type { ExitStatus } from './exit-status.ts';
import type { Terminal } from './terminal.ts';

/** What a command gets from the process it runs in. */
export interface Invocation {
  readonly terminal: Terminal;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Registers an action: its result is the exit status. */
export type Act = (action: () => Promise<ExitStatus>) => Promise<void>;
