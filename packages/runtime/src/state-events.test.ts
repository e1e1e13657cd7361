import type { SessionRecord, TaskStatus } from '@infrafabric/protocol';
import { expect, test } from 'vitest';
import { eventsOf, noneTold } from './state-events.ts';

const SESSION = 's-0192f0c1-7d3a-7c51-b1ff-5f1b2c3d4e5f';
const OWNER = 'if://agent/infrafabric/pricing/b-1';

const table = `if://evidence/sha256/${'1'.repeat(64)}`;
const session: SessionRecord = {
  session_id: SESSION,
  state: 'RUNNING',
  request: {
    as_of: '2026-11-20',
    inputs: table,
    tables: { prices: table, instance_types: table, lifecycle: table },
    roles: ['collector'],
    settings: {},
    budget_usd: null,
    question: null,
  },
  created_at_ms: 1_000,
  deadline_ms: 9_000,
  tick: 0,
  fence: 1,
  phase: 'analysis',
};

const task = (task_id: string, over: Partial<TaskStatus>): TaskStatus => ({
  task_id,
  role: 'pricing',
  phase: 'analysis',
  state: 'DISPATCHED',
  dispatch: 1,
  fence: 0,
  attempt: 0,
  hb: 0,
  ...over,
});

const WAITING = task('pricing/ec2/eu-west-1/0', { dispatched_at_ms: 2_000 });
const TAKEN = { ...WAITING, state: 'LEASED', attempt: 1, owner: OWNER, leased_at_ms: 2_500 } as const;
const DONE = { ...TAKEN, state: 'DONE', ended_at_ms: 3_000 } as const;
const FAILED = task('pricing/rds/eu-west-1/0', {
  state: 'FAILED',
  code: 'DEADLINE',
  dispatched_at_ms: 2_100,
  ended_at_ms: 2_700,
});

const leased = {
  session_id: SESSION,
  at_ms: 2_500,
  type: 'task-leased',
  task_id: DONE.task_id,
  role: 'pricing',
  attempt: 1,
  agent_id: OWNER,
};
const done = {
  session_id: SESSION,
  at_ms: 3_000,
  type: 'task-ended',
  task_id: DONE.task_id,
  role: 'pricing',
  state: 'DONE',
  agent_id: OWNER,
};
const failed = {
  session_id: SESSION,
  at_ms: 2_700,
  type: 'task-ended',
  task_id: FAILED.task_id,
  role: 'pricing',
  state: 'FAILED',
  code: 'DEADLINE',
};
const started = { session_id: SESSION, at_ms: 1_000, type: 'session-started' };
const ended = { session_id: SESSION, at_ms: 4_000, type: 'session-ended', state: 'DONE_WITH_GAPS' };
const planned = (tasks: number, at_ms: number) => ({
  session_id: SESSION,
  at_ms,
  type: 'plan-made',
  phase: 'analysis',
  tasks,
});

const over: SessionRecord = { ...session, state: 'DONE_WITH_GAPS', ended_at_ms: 4_000 };

test('a session that is over is told whole, with the times at which things happened', () => {
  const events = eventsOf(over, [DONE, FAILED], noneTold(), 50_000);

  expect(events).toStrictEqual([started, planned(2, 2_000), leased, failed, done, ended]);
});

test('a session that is looked at as it goes is told the same, each thing once', () => {
  const told = noneTold();
  const looks = [
    eventsOf(session, [WAITING], told, 2_050),
    eventsOf(session, [TAKEN], told, 2_600),
    eventsOf(session, [TAKEN, FAILED], told, 2_900),
    eventsOf(over, [DONE, FAILED], told, 4_100),
    eventsOf(over, [DONE, FAILED], told, 4_300),
  ];

  expect(looks).toStrictEqual([[started, planned(1, 2_000)], [leased], [planned(1, 2_000), failed], [done, ended], []]);
});

test('a task that was taken again is told again', () => {
  const told = noneTold();
  eventsOf(session, [TAKEN], told, 2_600);

  expect(eventsOf(session, [{ ...TAKEN, attempt: 2, leased_at_ms: 2_800 }], told, 2_900)).toStrictEqual([
    { ...leased, attempt: 2, at_ms: 2_800 },
  ]);
});
