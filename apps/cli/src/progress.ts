import type { SessionEvent } from '@infrafabric/protocol';
import type { SessionGauges } from '@infrafabric/runtime';
import { liveProgress } from './live-progress.ts';
import { plainProgress } from './plain-progress.ts';
import type { Terminal } from './terminal.ts';

/** Shows a session while it runs. */
export interface Progress {
  readonly event: (event: SessionEvent) => void;
  /** Shows how a session stands that runs elsewhere: what waits, and how long ago something happened. */
  readonly look: (gauges: SessionGauges, nowMs: number) => void;
  readonly close: () => void;
}

/** Live on a screen; otherwise a handful of plain lines a phase, or a line an event when `verbose`. */
export function openProgress(terminal: Terminal, verbose: boolean): Progress {
  return terminal.live && !verbose ? liveProgress(terminal) : plainProgress(terminal, verbose);
}
