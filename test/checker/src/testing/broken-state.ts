import { digestOf } from '../digest.ts';
import type { HistoryEntry } from '../history.ts';
import {
  change,
  after,
  without,
  TASK_WRITE,
  SESSION_WRITE,
  reporting,
  answering,
  GAP,
  type Broken,
} from './broken-steps.ts';
import { goodSteps } from './good-history.ts';
import {
  ANSWER,
  CLAIM,
  COORDINATOR,
  DONE,
  LEASED,
  OVER,
  TASK,
  WORKER,
  WORLD,
  answerWire,
  reportOf,
  requestWire,
  session,
  task,
} from './parts.ts';

/** Each breaks one promise and no other. */
export const BROKEN_STATE: readonly Broken[] = [
  [
    'I1',
    'a planned task is never written',
    (steps) =>
      reporting(
        change(
          without(
            steps,
            'dispatch',
            'publish',
            'enqueue',
            'deliver',
            'lease',
            'reserve',
            'call',
            'settle',
            'commit',
            'tell',
            'delete',
            'outcome',
            'hear',
            'heard',
            'close',
            'log',
          ),
          'beat',
          {},
        ),
        reportOf({ results: [], gaps: [{ what: TASK, code: 'NOT_STARTED' }] }),
        { state: 'DONE_WITH_GAPS', close_sha256: undefined },
      ),
  ],
  [
    'I2',
    'a done task gets another reason',
    (steps) => after(steps, 'commit', { ...TASK_WRITE, by: 'w-1', after: { ...DONE, message: 'late' } }),
  ],
  [
    'I2',
    'a session that is over gets another report',
    (steps) => after(steps, 'over', { ...SESSION_WRITE, by: 'c-1', after: { ...OVER, report_sha256: undefined } }),
  ],
  [
    'I3',
    'a lease is revoked under its own fence',
    (steps) =>
      after(
        steps,
        'lease',
        { ...TASK_WRITE, by: 'c-1', after: task({ fence: 1, attempt: 1 }) },
        { ...TASK_WRITE, by: 'w-1', after: { ...LEASED, fence: 2 } },
        { ...TASK_WRITE, by: 'c-1', after: task({ fence: 3, attempt: 1 }) },
        { ...TASK_WRITE, by: 'w-1', after: { ...LEASED, fence: 4 } },
      ).set('commit', {
        ...goodSteps().get('commit'),
        after: { ...DONE, fence: 4, answer_wire: answerWire({ task: { task_id: TASK, dispatch: 1, fence: 4 } }) },
      } as HistoryEntry),
  ],
  [
    'I3',
    'the fence of a session goes back',
    (steps) => change(steps, 'beat', { after: session({ tick: 2, fence: 0 }) }),
  ],
  [
    'I4',
    'work of an old fence is committed',
    (steps) =>
      change(change(steps, 'lease', { after: { ...LEASED, fence: 2 } }), 'commit', { after: { ...DONE, fence: 2 } }),
  ],
  [
    'I4',
    'another worker commits',
    (steps) =>
      change(after(steps, 'w-1', { ...steps.get('w-1'), process: 'w-2', identity: `${WORKER}2` }), 'commit', {
        by: 'w-2',
      }),
  ],
  [
    'I5',
    'a session ends too late',
    (steps) => {
      for (const name of ['over', 'log', 'text', 'end']) change(steps, name, { at_ms: WORLD.at_ms + 970_000 });
      return steps;
    },
  ],
  ['I5', 'a session never ends', (steps) => without(steps, 'over', 'report')],
  [
    'I6',
    'a session ends before its task',
    (steps) => {
      const over = {
        ...steps.get('over'),
        at_ms: steps.get('lease')!.at_ms,
        after: session({ state: 'FAILED', tick: 3 }),
      } as HistoryEntry;
      return after(without(steps, 'over', 'report', 'beat'), 'lease', over);
    },
  ],
  ['I7', 'a report lists a task twice', (steps) => reporting(steps, reportOf({ gaps: GAP }))],
  ['I7', 'a report leaves a task out', (steps) => reporting(steps, reportOf({ results: [] }))],
  [
    'I8',
    'an answer is signed by another role',
    (steps) => answering(steps, answerWire({ sender: COORDINATOR }, 'coordinator'), { fence: 1 }),
  ],
  [
    'I8',
    'a byte of an answer is changed',
    (steps) => without(answering(steps, ANSWER.replace('"size":', '"size":1')), 'close'),
  ],
  [
    'I9',
    'an answer answers another request',
    (steps) =>
      answering(
        steps,
        answerWire({
          in_reply_to: { message_id: 'if://message/00000000-0000-4000-8000-000000000001', sha256: digestOf('') },
        }),
      ),
  ],
  [
    'I9',
    'a request on record names another dispatch',
    (steps) =>
      after(steps, 'dispatch', {
        ...TASK_WRITE,
        by: 'c-1',
        after: task({ dispatch: 2, request_wire: requestWire({ message_id: 'if://message/other' }) }),
      }),
  ],
  [
    'I10',
    'a result is another than the signed one',
    (steps) => reporting(steps, reportOf({ results: [{ task_id: TASK, role: 'pricing', result: { kind: 'judge' } }] })),
  ],
  ['I11', 'a claim cites nothing', (steps) => reporting(steps, reportOf({ claims: [{ ...CLAIM, citations: [] }] }))],
  ['I11', 'a claim cites what nobody stored', (steps) => without(steps, 'evidence')],
  ['I12', "an attacker's text is in a report", (steps) => reporting(steps, reportOf({ note: 'PWNED' }))],
];
