import { digestOf } from '../digest.ts';
import { change, after, without, TASK_WRITE, SESSION_WRITE, reporting, type Broken } from './broken-steps.ts';
import {
  DONE,
  LEASED,
  OVER,
  RESULT_SHA256,
  TASK,
  answerWire,
  checkpointOf,
  closeWire,
  logText,
  reportOf,
  requestWire,
  session,
  task,
} from './parts.ts';

/** Each breaks one promise about messages, money, time or text, and no other. */
export const BROKEN_TRAFFIC: readonly Broken[] = [
  [
    'I13',
    'a second report differs',
    (steps) => {
      const text = reportOf({ made_at: 2 });
      return after(steps, 'report', { ...steps.get('report'), text, sha256: digestOf(text) });
    },
  ],
  [
    'I13',
    'a session names a report nobody made',
    (steps) => change(steps, 'over', { after: { ...OVER, report_sha256: RESULT_SHA256 } }),
  ],
  ['I14', 'more is reserved than the cap', (steps) => change(steps, 'reserve', { amount: 10 })],
  ['I14', 'a call has no reservation', (steps) => without(steps, 'reserve', 'settle')],
  ['I15', 'a refused message is not kept', (steps) => without(steps, 'quarantine')],
  ['I15', 'a forged message is believed', (steps) => change(steps, 'refuse', { outcome: 'done', code: undefined })],
  ['I15', 'a refusal is counted twice', (steps) => after(steps, 'refuse', steps.get('refuse')!)],
  ['I15', 'an expired message is believed', (steps) => change(steps, 'c-1', { skew_ms: 3_670_000 })],
  [
    'I15',
    'an answer that nobody asked for is believed',
    (steps) => {
      const wire = answerWire({
        message_id: 'if://message/00000000-0000-4000-8000-000000000009',
        in_reply_to: { message_id: 'x', sha256: digestOf('') },
      });
      return after(
        steps,
        'beat',
        {
          ...steps.get('tell'),
          ...(steps.get('beat') && { at_ms: steps.get('beat')!.at_ms }),
          message: 'm-9',
          body: wire,
        },
        { ...steps.get('hear'), at_ms: steps.get('beat')!.at_ms, message: 'm-9' },
        { ...steps.get('heard'), at_ms: steps.get('beat')!.at_ms, message: 'm-9' },
      );
    },
  ],
  [
    'I16',
    'a message id stands for two wires',
    (steps) => {
      const wire = requestWire({ ext: { other: true } });
      return after(
        steps,
        'outcome',
        { ...steps.get('enqueue'), at_ms: steps.get('outcome')!.at_ms, message: 'm-4', body: wire },
        { ...steps.get('deliver'), at_ms: steps.get('outcome')!.at_ms, message: 'm-4' },
        { ...steps.get('outcome'), message: 'm-4' },
      );
    },
  ],
  [
    'I17',
    'an entry of the log is changed',
    (steps) => change(steps, 'log', { text: logText().replace('"sent"', '"lost"'), checkpoints: [] }),
  ],
  [
    'I17',
    'a log is written again under an old checkpoint',
    (steps) => change(steps, 'log', { text: `${logText().split('\n')[0]}\n`, checkpoints: [checkpointOf(logText())] }),
  ],
  ['I17', 'a checkpoint goes back', (steps) => after(steps, 'log', { ...steps.get('log'), checkpoints: [] })],
  [
    'I18',
    'the close lists too much of a sender',
    (steps) => {
      const text = closeWire(2);
      change(steps, 'close', { id: digestOf(text), text });
      return change(steps, 'over', { after: { ...OVER, close_sha256: digestOf(text) } });
    },
  ],
  [
    'I19',
    'a task is ended by its deadline',
    (steps) => {
      change(steps, 'commit', { by: 'c-1', after: { ...LEASED, state: 'FAILED', code: 'DEADLINE', fence: 2 } });
      return reporting(
        without(steps, 'tell', 'hear', 'heard', 'close'),
        reportOf({ results: [], gaps: [{ what: TASK, code: 'DEADLINE' }] }),
        { state: 'DONE_WITH_GAPS' },
      );
    },
  ],
  [
    'I19',
    'a committed result is left out',
    (steps) =>
      reporting(steps, reportOf({ results: [], gaps: [{ what: TASK, code: 'UNVERIFIED' }] }), {
        state: 'DONE_WITH_GAPS',
      }),
  ],
  [
    'I20',
    'a request is deleted before the commit',
    (steps) => {
      const early = { ...steps.get('delete'), at_ms: steps.get('lease')!.at_ms };
      return after(without(steps, 'delete'), 'lease', early);
    },
  ],
  ['I21', 'a secret is in a log', (steps) => change(steps, 'text', { text: 'password hunter2' })],
  ['I22', 'a key of another tenant is written', (steps) => change(steps, 'beat', { tenant: 'other' })],
  [
    'I23',
    'a coordinator dispatches after it saw the cancel',
    (steps) =>
      after(
        steps,
        'dispatch',
        { ...SESSION_WRITE, by: 'c-1', after: session({ cancel: true }) },
        { ...TASK_WRITE, by: 'c-1', after: task({ dispatch: 2 }) },
      ),
  ],
  [
    'I14',
    'a task is leased nine times',
    (steps) => {
      const answer_wire = answerWire({ task: { task_id: TASK, dispatch: 1, fence: 9 } });
      const again = Array.from({ length: 8 }, (_, n) => [
        { ...TASK_WRITE, by: 'w-1', after: task({ fence: n + 1 }) },
        { ...TASK_WRITE, by: 'w-1', after: { ...LEASED, fence: n + 2 } },
      ]);
      return after(change(steps, 'commit', { after: { ...DONE, fence: 9, answer_wire } }), 'lease', ...again.flat());
    },
  ],
  [
    'I23',
    'a session that was cancelled is reported',
    (steps) =>
      change(change(steps, 'beat', { after: session({ tick: 2, cancel: true }) }), 'over', {
        after: { ...OVER, cancel: true },
      }),
  ],
  [
    'I23',
    'a session that nobody cancelled is',
    (steps) => without(change(steps, 'over', { after: session({ state: 'CANCELLED', tick: 3 }) }), 'report', 'close'),
  ],
  [
    'I24',
    'the dead letter of an older request ends a task',
    (steps) => {
      change(steps, 'commit', {
        after: task({
          state: 'FAILED',
          code: 'POISON',
          request_wire: requestWire({ message_id: 'if://message/other' }),
        }),
      });
      const alone = without(steps, 'lease', 'reserve', 'call', 'settle', 'tell', 'hear', 'heard', 'close');
      return reporting(alone, reportOf({ results: [], gaps: [{ what: TASK, code: 'POISON' }] }), {
        state: 'DONE_WITH_GAPS',
      });
    },
  ],
  [
    'I24',
    'a dead letter has no task',
    (steps) =>
      after(steps, 'text', {
        kind: 'left',
        queue: 'pricing',
        dead: true,
        body: requestWire({ message_id: 'x', task: { task_id: 'pricing/x/y/1', dispatch: 1, deadline: 1 } }),
      }),
  ],
];
