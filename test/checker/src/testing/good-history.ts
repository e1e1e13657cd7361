import { digestOf } from '../digest.ts';
import type { HistoryEntry } from '../history.ts';
import { NOW_MS } from './keyring.ts';
import {
  ANSWER,
  CLOSE,
  COORDINATOR,
  DONE,
  EVIDENCE,
  LEASED,
  OVER,
  PLAN,
  REPORT,
  REQUEST,
  SESSION,
  TASK,
  WORKER,
  WORLD,
  checkpointOf,
  logText,
  named,
  session,
  task,
} from './parts.ts';

/** One task from plan to report, with nothing wrong. */
export function goodSteps(): Map<string, HistoryEntry> {
  const at = (ms: number): { at_ms: number } => ({ at_ms: NOW_MS + ms });
  const write = { kind: 'write', op: 'change', outcome: 'applied', session: SESSION, tenant: 'test' } as const;
  const taskWrite = { ...write, table: 'task', task: TASK } as const;
  const message = { queue: 'pricing', message: 'm-1', receive_count: 1 };
  const hint = { queue: 'coordinator', message: 'm-2', receive_count: 1 };
  const process = { kind: 'process', event: 'start', tenant: 'test', skew_ms: 0, ...at(0) } as const;
  return new Map<string, HistoryEntry>([
    ['world', WORLD],
    ['c-1', { ...process, process: 'c-1', role: 'coordinator', identity: COORDINATOR, boot_id: 'b-1' }],
    ['w-1', { ...process, process: 'w-1', role: 'pricing', identity: WORKER, boot_id: 'b-2' }],
    ['evidence', { ...at(1), kind: 'blob', by: 'door', id: named(EVIDENCE), text: EVIDENCE }],
    ['plan', { ...at(1), kind: 'blob', by: 'c-1', tenant: 'test', id: named(PLAN), text: PLAN }],
    ['session', { ...write, ...at(2), table: 'session', by: 'c-1', op: 'create', after: session() }],
    ['dispatch', { ...taskWrite, ...at(3), by: 'c-1', op: 'create', after: task() }],
    ['publish', { ...at(4), kind: 'publish', by: 'c-1', queue: 'pricing', body: REQUEST, outcome: 'published' }],
    ['enqueue', { ...at(4), kind: 'enqueue', queue: 'pricing', message: 'm-1', body: REQUEST, origin: 'publish' }],
    ['deliver', { ...at(5), kind: 'delivery', op: 'deliver', by: 'w-1', ...message, outcome: 'ok' }],
    ['lease', { ...taskWrite, ...at(6), by: 'w-1', after: LEASED }],
    [
      'reserve',
      {
        ...at(7),
        kind: 'ledger',
        by: 'w-1',
        budget: 'b',
        entry: 'e',
        op: 'reserve',
        amount: 5,
        cap: 9,
        outcome: 'applied',
      },
    ],
    ['call', { ...at(7), kind: 'call', by: 'w-1', session: SESSION, task: TASK, budget: 'b', entry: 'e', amount: 4 }],
    [
      'settle',
      {
        ...at(7),
        kind: 'ledger',
        by: 'w-1',
        budget: 'b',
        entry: 'e',
        op: 'settle',
        reserved: 5,
        spent: 4,
        outcome: 'applied',
      },
    ],
    ['commit', { ...taskWrite, ...at(8), by: 'w-1', after: DONE }],
    ['tell', { ...at(9), kind: 'enqueue', queue: 'coordinator', message: 'm-2', body: ANSWER, origin: 'publish' }],
    ['delete', { ...at(10), kind: 'delivery', op: 'delete', by: 'w-1', ...message, outcome: 'ok' }],
    ['outcome', { ...at(10), kind: 'outcome', by: 'w-1', message: 'm-1', receive_count: 1, outcome: 'done' }],
    ['hear', { ...at(11), kind: 'delivery', op: 'deliver', by: 'c-1', ...hint, outcome: 'ok' }],
    ['heard', { ...at(12), kind: 'outcome', by: 'c-1', message: 'm-2', receive_count: 1, outcome: 'done' }],
    ['forge', { ...at(12), kind: 'enqueue', queue: 'coordinator', message: 'm-3', body: '{}', origin: 'forge' }],
    ['forged', { ...at(12), kind: 'delivery', op: 'deliver', by: 'c-1', ...hint, message: 'm-3', outcome: 'ok' }],
    ['quarantine', { ...at(12), kind: 'quarantine', by: 'c-1', body: '{}', code: 'BUS_SHAPE' }],
    [
      'refuse',
      {
        ...at(12),
        kind: 'outcome',
        by: 'c-1',
        message: 'm-3',
        receive_count: 1,
        outcome: 'quarantined',
        code: 'BUS_SHAPE',
      },
    ],
    ['beat', { ...write, ...at(13), table: 'session', by: 'c-1', after: session({ tick: 2 }) }],
    [
      'report',
      {
        ...at(14),
        kind: 'report',
        by: 'c-1',
        session: SESSION,
        format: 'gathered',
        sha256: digestOf(REPORT),
        text: REPORT,
      },
    ],
    ['close', { ...at(15), kind: 'blob', by: 'c-1', id: digestOf(CLOSE), text: CLOSE }],
    ['over', { ...write, ...at(16), table: 'session', by: 'c-1', after: OVER }],
    ['log', { ...at(17), kind: 'log', session: SESSION, text: logText(), checkpoints: [checkpointOf(logText())] }],
    ['text', { ...at(18), kind: 'text', by: 'c-1', text: 'the session is over' }],
    ['end', { ...at(20), kind: 'end' }],
  ]);
}
