import type { SessionEvent } from '@infrafabric/protocol';
import { gaugesText } from './gauges-text.ts';
import type { Progress } from './progress.ts';
import type { Paint, Terminal } from './terminal.ts';

/** Redrawn at most this often. */
const FRAME_MS = 80;

/** Width of the bar, in characters. */
const BAR = 20;

/** Progress as one line of the screen that is drawn again: phase, bar, tasks, time left, agents at work. */
export function liveProgress(terminal: Terminal): Progress {
  const tally: Tally = {
    planned: 0,
    done: 0,
    failed: 0,
    working: new Map(),
    phase: 'starting',
    startedMs: undefined,
    stands: '',
  };
  let drawnMs = 0;
  return {
    event(event) {
      count(event, tally);
      if (event.at_ms - drawnMs < FRAME_MS) return;
      drawnMs = event.at_ms;
      terminal.redraw(frame(tally, event.at_ms, terminal));
    },
    look(gauges, nowMs) {
      tally.stands = gaugesText(gauges);
      terminal.redraw(frame(tally, nowMs, terminal));
    },
    close: () => terminal.redraw(''),
  };
}

interface Tally {
  planned: number;
  done: number;
  failed: number;
  /** Role by task. */
  readonly working: Map<string, string>;
  phase: string;
  /** How a session stands that runs elsewhere; empty for one that runs here. */
  stands: string;
  /** When the first task of the phase could start. */
  startedMs: number | undefined;
}

function count(event: SessionEvent, tally: Tally): void {
  if (event.type === 'plan-made') {
    if (event.phase !== tally.phase) Object.assign(tally, { planned: 0, done: 0, failed: 0, startedMs: event.at_ms });
    tally.planned += event.tasks;
    tally.phase = event.phase;
  } else if (event.type === 'task-leased') {
    tally.working.set(event.task_id, event.role);
  } else if (event.type === 'task-revoked') {
    tally.working.delete(event.task_id);
  } else if (event.type === 'task-ended') {
    tally.working.delete(event.task_id);
    if (event.state === 'DONE') tally.done += 1;
    else tally.failed += 1;
  }
}

type Part = readonly [text: string, style?: Paint];

function frame(tally: Tally, nowMs: number, { columns, paint }: Terminal): string {
  const over = tally.done + tally.failed;
  const bar = '█'.repeat(Math.round((over / Math.max(1, tally.planned)) * BAR)).padEnd(BAR, '░');
  const parts: Part[] = [
    [tally.phase.padEnd(10)],
    [` ${bar}`, 'cyan'],
    [` ${over}/${tally.planned} tasks`],
    [tally.failed === 0 ? '' : `  ${tally.failed} failed`, 'red'],
    [timeLeft(tally, over, nowMs)],
    [`  ${tally.stands === '' ? agentsAtWork(tally) : tally.stands}`, 'dim'],
  ];
  return cut(parts, columns() - 1)
    .map(([text, style]) => (style === undefined ? text : paint(style, text)))
    .join('');
}

function timeLeft({ startedMs, planned }: Tally, over: number, nowMs: number): string {
  if (startedMs === undefined || over === 0 || over >= planned) return '';
  const leftMs = ((nowMs - startedMs) / over) * (planned - over);
  return `  ${(leftMs / 1000).toFixed(1)} s left`;
}

function agentsAtWork({ working }: Tally): string {
  return [...Map.groupBy(working.values(), (role) => role)]
    .map(([role, { length }]) => `${role} ${length}`)
    .sort()
    .join(' · ');
}

/** The parts that fit, the last of them shortened: a line that wraps cannot be drawn again. */
function cut(parts: readonly Part[], columns: number): Part[] {
  let room = columns;
  return parts.map(([text, style]) => {
    const fitting = text.slice(0, Math.max(0, room));
    room -= fitting.length;
    return style === undefined ? [fitting] : [fitting, style];
  });
}
