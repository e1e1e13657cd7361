import { type TaskRecord, type TaskState, TaskState as States } from '@infrafabric/protocol';
import { memoryState } from '@infrafabric/store';
import { sessionIdOf, taskRecord } from '@infrafabric/store/testing';
import { describe, expect, test } from 'vitest';
import * as machine from './task-machine.ts';

type TaskChange = ReturnType<typeof machine.lease>;

const HELD = { owner: 'w-1', boot_id: 'b-1', obs: { tick: 3, seen: 'x' } };
const RESULT = { resultSha256: 'sha256:r', answerWire: 'answer', inlineResult: '{}' };

/** A task in a state, at dispatch 2, fence 4, attempt 1, hb 5. */
function taskIn(state: TaskState, over: Partial<TaskRecord> = {}): TaskRecord {
  return taskRecord({ state, dispatch: 2, fence: 4, attempt: 1, hb: 5, ...HELD, ...over });
}

async function apply(record: TaskRecord, change: TaskChange): Promise<TaskRecord | undefined> {
  const store = memoryState();
  await store.createTask(record);
  return store.changeTask(sessionIdOf(1), record.task_id, change);
}

/** Each transition: the states it starts from, and what the task is then. Everything else is refused. */
const TRANSITIONS: [
  name: string,
  change: (task: TaskRecord) => TaskChange,
  from: readonly TaskState[],
  to: Partial<TaskRecord>,
][] = [
  [
    'lease',
    () => machine.lease(2, 'w-2', 'b-2'),
    ['DISPATCHED'],
    { state: 'LEASED', fence: 5, attempt: 2, hb: 0, owner: 'w-2', boot_id: 'b-2' },
  ],
  ['heartbeat', () => machine.heartbeat(4), ['LEASED'], { state: 'LEASED', fence: 4, hb: 6 }],
  [
    'complete',
    () => machine.complete(4, RESULT),
    ['LEASED'],
    { state: 'DONE', fence: 4, result_sha256: 'sha256:r', answer_wire: 'answer', result: '{}' },
  ],
  [
    'hand back',
    () => machine.handBack(4, 'UNAVAILABLE', 'away'),
    ['LEASED'],
    { state: 'DISPATCHED', fence: 4, dispatch: 2, code: 'UNAVAILABLE' },
  ],
  [
    'fail',
    () => machine.fail(4, 'C', 'm', 'answer'),
    ['LEASED'],
    { state: 'FAILED', code: 'C', message: 'm', answer_wire: 'answer' },
  ],
  ['poison', () => machine.poison(2, 'm'), ['DISPATCHED'], { state: 'FAILED', code: 'POISON', message: 'm' }],
  [
    'observe',
    (task) => machine.observe(task, { tick: 9, seen: 'y' }),
    ['DISPATCHED', 'LEASED'],
    { fence: 4, obs: { tick: 9, seen: 'y' } },
  ],
  [
    'end',
    (task) => machine.end(task, 'FAILED', 'DEADLINE', 'm'),
    ['DISPATCHED', 'LEASED'],
    { state: 'FAILED', code: 'DEADLINE', fence: 5 },
  ],
  [
    'cancel',
    (task) => machine.end(task, 'CANCELLED', 'CANCELLED', 'm'),
    ['DISPATCHED', 'LEASED'],
    { state: 'CANCELLED', fence: 5 },
  ],
];

describe.each(TRANSITIONS)('%s', (_name, change, from, to) => {
  test.each(States.options)('from %s', async (state) => {
    const live = state === 'DISPATCHED' || state === 'LEASED';
    // What the coordinator saw is live: it never looks at a task that is over.
    const seen = live ? taskIn(state) : taskIn('LEASED');
    const changed = await apply(taskIn(state), change(seen));

    expect(only(changed, Object.keys(to))).toStrictEqual(from.includes(state) ? to : undefined);
  });
});

test.each([
  ['DISPATCHED', { dispatch: 3, fence: 4 }],
  ['LEASED', { dispatch: 3, fence: 5 }],
] as const)('sending again from %s counts the dispatch, and takes the fence from a holder', async (state, to) => {
  const task = taskIn(state);
  const changed = await apply(task, machine.redispatch(task, 'new wire'));

  expect(changed).toMatchObject({ state: 'DISPATCHED', attempt: 1, request_wire: 'new wire', ...to });
  expect(changed).not.toHaveProperty('owner');
  expect(changed).not.toHaveProperty('boot_id');
  expect(changed).not.toHaveProperty('obs');
});

const MOVED: [what: string, task: TaskRecord, change: TaskChange][] = [
  ['a lease for an earlier dispatch', taskIn('DISPATCHED'), machine.lease(1, 'w', 'b')],
  ['a lease for a later dispatch', taskIn('DISPATCHED'), machine.lease(3, 'w', 'b')],
  [
    'a lease after the last attempt',
    taskIn('DISPATCHED', { attempt: machine.MAX_ATTEMPTS }),
    machine.lease(2, 'w', 'b'),
  ],
  ['a heartbeat under an old fence', taskIn('LEASED'), machine.heartbeat(3)],
  ['a commit under an old fence', taskIn('LEASED'), machine.complete(3, RESULT)],
  ['a commit under a fence to come', taskIn('LEASED'), machine.complete(5, RESULT)],
  ['a failure under an old fence', taskIn('LEASED'), machine.fail(3, 'C', 'm', 'w')],
  ['a handing back under an old fence', taskIn('LEASED'), machine.handBack(3, 'C', 'm')],
  ['poison for an earlier dispatch', taskIn('DISPATCHED'), machine.poison(1, 'm')],
  ['sending again a task that was leased meanwhile', taskIn('LEASED'), machine.redispatch(taskIn('DISPATCHED'), 'w')],
  [
    'sending again a task that was sent again meanwhile',
    taskIn('DISPATCHED', { dispatch: 3 }),
    machine.redispatch(taskIn('DISPATCHED'), 'w'),
  ],
  ['revoking a lease that changed hands', taskIn('LEASED', { fence: 6 }), machine.redispatch(taskIn('LEASED'), 'w')],
  [
    'ending a task that was leased meanwhile',
    taskIn('LEASED', { fence: 5 }),
    machine.end(taskIn('DISPATCHED'), 'CANCELLED', 'C', 'm'),
  ],
];

test.each(MOVED)('refuses %s', async (_what, task, change) => {
  expect(await apply(task, change)).toBe(undefined);
});

test('a look at a task differs when its state, fence, heartbeat or dispatch does, and only then', () => {
  const task = taskIn('LEASED');
  const changes: Partial<TaskRecord>[] = [{ state: 'DISPATCHED' }, { fence: 5 }, { hb: 6 }, { dispatch: 3 }];

  expect(changes.map((change) => machine.seenOf({ ...task, ...change }) === machine.seenOf(task))).toStrictEqual(
    changes.map(() => false),
  );
  expect(machine.seenOf({ ...task, attempt: 7, owner: 'w-9' })).toBe(machine.seenOf(task));
});

/** The named attributes of a record, if there is one. */
function only(record: TaskRecord | undefined, names: readonly string[]): object | undefined {
  if (record === undefined) return undefined;
  return Object.fromEntries(Object.entries(record).filter(([name]) => names.includes(name)));
}
