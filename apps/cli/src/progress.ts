import type { SessionEvent } from '@infrafabric/protocol';
import type { Terminal } from './terminal.ts';

/** Shows a session while it runs. */
export interface Progress {
  readonly event: (event: SessionEvent) => void;
  readonly close: () => void;
}

/** Redrawn at most this often. */
const FRAME_MS = 80;

/** Live on a screen, one plain line an event otherwise. */
export function openProgress(terminal: Terminal): Progress {
  return terminal.live ? liveProgress(terminal) : plainProgress(terminal);
}

function plainProgress(terminal: Terminal): Progress {
  return {
    event: (event) => {
      const text = lineOf(event);
      if (text !== undefined) terminal.err(`${text}\n`);
    },
    close: () => undefined,
  };
}

function lineOf(event: SessionEvent): string | undefined {
  switch (event.type) {
    case 'session-started':
      return `session ${event.session_id}`;
    case 'plan-made':
      return `${event.phase}: ${event.tasks} tasks`;
    case 'task-ended':
      return event.state === 'DONE'
        ? `done ${event.task_id}`
        : `${event.state.toLowerCase()} ${event.task_id}: ${event.code ?? ''}`;
    case 'task-revoked':
      return `again ${event.task_id}: ${event.reason}`;
    case 'message-refused':
      return `refused a message: ${event.code}`;
    case 'report-made':
      return `report ${event.report_sha256}`;
    case 'session-ended':
      return `session ended: ${event.state}`;
    default:
      return undefined;
  }
}

interface Tally {
  planned: number;
  done: number;
  failed: number;
  readonly working: Map<string, string>;
  phase: string;
}

function liveProgress(terminal: Terminal): Progress {
  const tally: Tally = { planned: 0, done: 0, failed: 0, working: new Map(), phase: 'starting' };
  let drawnMs = 0;
  let startedMs = 0;
  const draw = (nowMs: number): void => {
    if (nowMs - drawnMs < FRAME_MS) return;
    drawnMs = nowMs;
    terminal.err(`\r\u001B[2K${frame(tally, nowMs - startedMs, terminal)}`);
  };
  return {
    event(event) {
      if (startedMs === 0) startedMs = event.at_ms;
      count(event, tally);
      draw(event.at_ms);
    },
    close: () => terminal.err('\r\u001B[2K'),
  };
}

function count(event: SessionEvent, tally: Tally): void {
  if (event.type === 'plan-made') {
    tally.planned += event.tasks;
    tally.phase = event.phase;
  } else if (event.type === 'task-leased') {
    tally.working.set(event.task_id, event.role);
  } else if (event.type === 'task-ended') {
    tally.working.delete(event.task_id);
    if (event.state === 'DONE') tally.done += 1;
    else tally.failed += 1;
  }
}

function frame(tally: Tally, elapsedMs: number, terminal: Terminal): string {
  const over = tally.done + tally.failed;
  const share = tally.planned === 0 ? 0 : over / tally.planned;
  const bar = '█'.repeat(Math.round(share * 20)).padEnd(20, '░');
  const roles = [...Map.groupBy(tally.working.values(), (role) => role)].map(
    ([role, tasks]) => `${role} ${tasks.length}`,
  );
  const left = over === 0 ? '' : `  ${secondsText((elapsedMs / over) * (tally.planned - over))} left`;
  const failed = tally.failed === 0 ? '' : terminal.paint('red', `  ${tally.failed} failed`);
  const text = `${tally.phase.padEnd(10)} ${terminal.paint('cyan', bar)} ${over}/${tally.planned} tasks${failed}${left}  ${roles.sort().join(' · ')}`;
  return text.slice(0, terminal.columns + 20);
}

function secondsText(ms: number): string {
  return `${Math.max(0, ms / 1000).toFixed(1)} s`;
}
