import { digestOf } from '../digest.ts';
import type { HistoryEntry } from '../history.ts';
import { DONE, OVER, SESSION, TASK } from './parts.ts';

/** A history by the names of its steps. */
export type Steps = Map<string, HistoryEntry>;

/** Changes members of a step. */
export const change = (steps: Steps, name: string, over: object): Steps =>
  steps.set(name, { ...steps.get(name), ...over } as HistoryEntry);

/** Adds steps behind one, at its time. */
export function after(steps: Steps, name: string, ...added: readonly object[]): Steps {
  const at = steps.get(name)!;
  const all = [...steps];
  const place = all.findIndex(([one]) => one === name);
  all.splice(
    place + 1,
    0,
    ...added.map((one, n): [string, HistoryEntry] => [`${name} ${n}`, { at_ms: at.at_ms, ...one } as HistoryEntry]),
  );
  return new Map(all);
}

export const without = (steps: Steps, ...names: readonly string[]): Steps =>
  new Map([...steps].filter(([name]) => !names.includes(name)));

/** A write on the task, without who and what. */
export const TASK_WRITE = {
  kind: 'write',
  op: 'change',
  outcome: 'applied',
  table: 'task',
  session: SESSION,
  task: TASK,
};
/** A write on the session, without who and what. */
export const SESSION_WRITE = { kind: 'write', op: 'change', outcome: 'applied', table: 'session', session: SESSION };

/** A report that says something else, and the session that names it. */
export function reporting(steps: Steps, text: string, over: object = {}): Steps {
  change(steps, 'report', { text, sha256: digestOf(text) });
  return change(steps, 'over', { after: { ...OVER, report_sha256: digestOf(text), ...over } });
}

/** The task ends with another answer, which is told as well. */
export function answering(steps: Steps, wire: string, over: object = {}): Steps {
  change(steps, 'commit', { after: { ...DONE, answer_wire: wire, ...over } });
  return without(steps, 'tell', 'hear', 'heard');
}

/** The task as a gap. */
export const GAP = [{ what: TASK, code: 'CANCELLED', detail: '' }];

/** What is broken, how, and the change of the good history that breaks it. */
export type Broken = readonly [invariant: string, how: string, breakIt: (steps: Steps) => Steps];
