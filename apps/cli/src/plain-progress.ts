import type { SessionEvent } from '@infrafabric/protocol';
import { gaugesText } from './gauges-text.ts';
import type { Progress } from './progress.ts';
import type { Terminal } from './terminal.ts';

/** How many lines of one kind of trouble are printed before they are only counted. */
const SHOWN = 5;

/** How often it is said how a session stands that runs elsewhere. */
const LOOK_MS = 10_000;

/** Progress as lines that never move: for logs and pipes. */
export function plainProgress({ err }: Pick<Terminal, 'err'>, verbose: boolean): Progress {
  const tally: Tally = { phase: '', planned: 0, over: 0, failed: 0, troubles: 0, lookedMs: undefined };
  return {
    event(event) {
      count(event, tally);
      const lines = [lineOf(event), troubleLine(event, tally, verbose), taskLine(event, tally, verbose)];
      for (const line of lines) if (line !== undefined) err(`${line}\n`);
    },
    look(gauges, nowMs) {
      if (tally.lookedMs !== undefined && nowMs - tally.lookedMs < LOOK_MS) return;
      tally.lookedMs = nowMs;
      err(`${gaugesText(gauges)}\n`);
    },
    close() {
      if (tally.troubles > SHOWN && !verbose)
        err(`… and ${tally.troubles - SHOWN} more lines of that kind: --verbose\n`);
    },
  };
}

interface Tally {
  phase: string;
  planned: number;
  over: number;
  failed: number;
  troubles: number;
  /** When it was last said how the session stands. */
  lookedMs: number | undefined;
}

function count(event: SessionEvent, tally: Tally): void {
  if (event.type === 'plan-made') {
    const isNew = event.phase !== tally.phase;
    tally.planned = event.tasks + (isNew ? 0 : tally.planned);
    if (isNew) tally.over = 0;
    if (isNew) tally.failed = 0;
    tally.phase = event.phase;
  } else if (event.type === 'task-ended') {
    tally.over += 1;
    if (event.state !== 'DONE') tally.failed += 1;
  }
}

/** Events that are rare in every session. */
function lineOf(event: SessionEvent): string | undefined {
  switch (event.type) {
    case 'session-started':
      return `session ${event.session_id}`;
    case 'plan-made':
      return `${event.phase}: ${event.tasks} tasks`;
    case 'model-called':
      return `asked ${event.model}: ${event.input_tokens} tokens in, ${event.output_tokens} out, ${event.usd} USD`;
    case 'report-made':
      return `report ${event.report_sha256}`;
    case 'session-ended':
      return `session ended: ${event.state}`;
    default:
      return undefined;
  }
}

/** What the end of a task adds: its line when it is asked for, or the end of a quarter of the phase. */
function taskLine(event: SessionEvent, tally: Tally, verbose: boolean): string | undefined {
  if (event.type !== 'task-ended') return undefined;
  if (verbose) return event.state === 'DONE' ? `done ${event.task_id}` : undefined;
  return endsQuarter(tally.over, tally.planned) ? overLine(tally) : undefined;
}

function troubleLine(event: SessionEvent, tally: Tally, verbose: boolean): string | undefined {
  const trouble = troubleOf(event);
  if (trouble !== undefined) tally.troubles += 1;
  return verbose || tally.troubles <= SHOWN ? trouble : undefined;
}

function troubleOf(event: SessionEvent): string | undefined {
  switch (event.type) {
    case 'task-ended':
      return event.state === 'DONE' ? undefined : `${event.state.toLowerCase()} ${event.task_id}: ${event.code ?? ''}`;
    case 'task-revoked':
      return `again ${event.task_id}: ${event.reason}`;
    case 'message-refused':
      return `refused a message: ${event.code}`;
    case 'dead-letter':
      return `dead letter to ${event.role}: ${event.code}`;
    default:
      return undefined;
  }
}

function endsQuarter(over: number, planned: number): boolean {
  if (over === planned) return true;
  const quarter = (tasks: number): number => Math.floor((tasks * 4) / planned);
  return planned >= 8 && quarter(over) > quarter(over - 1);
}

function overLine({ phase, over, planned, failed }: Tally): string {
  return `${phase}: ${over} of ${planned} tasks over${failed === 0 ? '' : `, ${failed} failed`}`;
}
