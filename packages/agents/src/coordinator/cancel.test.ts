import { digestOf, type TaskRecord } from '@infrafabric/protocol';
import { taskRecord } from '@infrafabric/store/testing';
import { beforeEach, expect, test } from 'vitest';
import { type MemorySwarm, memorySwarm, PACE } from '../testing/memory-swarm.ts';
import { cancelTasks } from './cancel.ts';
import { cancelSession } from './cancel-session.ts';

let swarm: MemorySwarm;
beforeEach(() => {
  swarm = memorySwarm('cancel');
});

const tasksOf = async (): Promise<TaskRecord[]> => swarm.state.tasks(swarm.session);
const cancel = async (): Promise<void> =>
  void (await swarm.state.changeSession(swarm.session, { expect: {}, set: { cancel: true } }));
const ends = async (): Promise<string[]> => (await tasksOf()).map(({ state, code }) => `${state} ${code}`);

test('ends every open task and then the session, and sends nothing more', async () => {
  await swarm.create();
  const run = swarm.coordinator().run(swarm.session);
  await swarm.clock.advance(200);
  await cancel();
  let sent = 0;
  swarm.loses = () => ((sent += 1), false);

  expect(await swarm.until(run)).toMatchObject({ state: 'CANCELLED' });
  expect(await ends()).toStrictEqual(['CANCELLED CANCELLED', 'CANCELLED CANCELLED', 'CANCELLED CANCELLED']);
  expect([sent, swarm.reports]).toStrictEqual([0, []]);
  expect(swarm.events.filter(({ type }) => type === 'task-ended')).toHaveLength(3);
});

test.each([21, 22, 23, 24, 25, 26])(
  'sends nothing again that waits at tick %i, when the cancel is seen',
  async (tick) => {
    await swarm.create();
    const run = swarm.coordinator().run(swarm.session);
    while ((await swarm.record()).tick < tick) await swarm.clock.advance(PACE.tickMs);
    await cancel();
    const before = (await tasksOf()).map(({ dispatch }) => dispatch);
    await swarm.until(run);

    expect((await tasksOf()).map(({ dispatch }) => dispatch)).toStrictEqual(before);
  },
);

test('keeps what was done before, and refuses what is done after', async () => {
  const work = Promise.withResolvers<typeof NOTHING>();
  swarm.perform.set('budget', async () => work.promise);
  swarm.workers();
  await swarm.create();
  const run = swarm.coordinator().run(swarm.session);
  await swarm.clock.advance(2_000);
  await cancel();
  expect(await swarm.until(run)).toMatchObject({ state: 'CANCELLED' });
  work.resolve(NOTHING);
  await swarm.clock.advance(1_000);

  const tasks = await tasksOf();
  expect(tasks.filter(({ state }) => state === 'CANCELLED').map(({ role }) => role)).toStrictEqual(['budget']);
  expect(tasks.filter(({ state }) => state === 'DONE')).toHaveLength(tasks.length - 1);
  expect(tasks.find(({ role }) => role === 'budget')).not.toHaveProperty('result_sha256');
});

test('aborts the agent whose task was cancelled at its next heartbeat', async () => {
  const heard: string[] = [];
  swarm.perform.set('collector', async ({ signal }) => {
    await swarm.clock.sleep(600_000, signal);
    heard.push(signal.aborted ? 'aborted' : 'slept');
    return NOTHING;
  });
  swarm.worker('collector');
  await swarm.create();
  const run = swarm.coordinator().run(swarm.session);
  await swarm.clock.advance(200);
  await cancel();
  await swarm.until(run);
  await swarm.clock.advance(2 * PACE.heartbeatMs);

  expect(heard).toStrictEqual(['aborted', 'aborted', 'aborted']);
});

test('sends nothing again once it saw the cancel, although a worker died', async () => {
  swarm.perform.set('collector', async () => new Promise(() => undefined));
  swarm.worker('collector');
  await swarm.create();
  const run = swarm.coordinator().run(swarm.session);
  await swarm.clock.advance(1_000);
  swarm.dead.add('w-1');
  await cancel();

  expect(await swarm.until(run)).toMatchObject({ state: 'CANCELLED' });
  expect((await tasksOf()).map(({ dispatch }) => dispatch)).toStrictEqual([1, 1, 1]);
});

test('reaches CANCELLED also when its coordinator died first', async () => {
  await swarm.create();
  const first = swarm.coordinator('c-1');
  void first.run(swarm.session);
  await swarm.clock.advance(500);
  await swarm.until(first.close());
  await cancel();

  expect(await swarm.until(swarm.coordinator('c-2').run(swarm.session))).toMatchObject({ state: 'CANCELLED' });
  expect(await ends()).toStrictEqual(['CANCELLED CANCELLED', 'CANCELLED CANCELLED', 'CANCELLED CANCELLED']);
});

test('writes planned tasks that nobody wrote yet as cancelled, so that a late coordinator cannot start them', async () => {
  await swarm.create();
  const first = swarm.coordinator('c-1', {
    state: { ...swarm.state, createTask: () => new Promise(() => undefined) },
  });
  void first.run(swarm.session);
  await swarm.clock.advance(500);
  expect(await tasksOf()).toStrictEqual([]);
  await cancel();
  swarm.dead.add('c-1');

  expect(await swarm.until(swarm.coordinator('c-2').run(swarm.session))).toMatchObject({ state: 'CANCELLED' });
  expect(await ends()).toStrictEqual(['CANCELLED CANCELLED', 'CANCELLED CANCELLED', 'CANCELLED CANCELLED']);
});

test('a session cancelled before anything was planned ends with no task', async () => {
  await swarm.create({ cancel: true });

  expect(await swarm.until(swarm.coordinator().run(swarm.session))).toMatchObject({ state: 'CANCELLED' });
  expect(await tasksOf()).toStrictEqual([]);
});

test.each([
  ['hangs', []],
  ['is gone', ['c-1']],
])('is not left to a holder that %s', async (_, dead) => {
  let hangs = false;
  const changeSession: typeof swarm.state.changeSession = async (id, change) =>
    hangs ? new Promise(() => undefined) : swarm.state.changeSession(id, change);
  await swarm.create();
  void swarm.coordinator('c-1', { state: { ...swarm.state, changeSession } }).run(swarm.session);
  await swarm.clock.advance(500);
  hangs = true;
  dead.forEach((boot) => swarm.dead.add(boot));
  const beforeMs = swarm.clock.nowMs();

  expect(await cancelSession(swarm.session, swarm.coordinatorPorts('cli'))).toMatchObject({ state: 'CANCELLED' });
  expect(swarm.clock.nowMs()).toBe(beforeMs);
  expect(await ends()).toStrictEqual(['CANCELLED CANCELLED', 'CANCELLED CANCELLED', 'CANCELLED CANCELLED']);
});

test('after it nothing is written any more, whoever is still at work', async () => {
  const result = await everyResultLarge();
  swarm.workers();
  await swarm.create();
  const first = swarm.coordinator('c-1').run(swarm.session);
  await swarm.clock.advance(2_000);
  await cancelSession(swarm.session, swarm.coordinatorPorts('cli'));
  const written = async () => [await swarm.record(), await tasksOf(), [...swarm.kept.keys()]];
  const atEnd = await written();
  await swarm.clock.advance(PACE.heartbeatMs);
  result.resolve(undefined);
  await swarm.clock.advance(60_000);

  expect(await first).toBeUndefined();
  expect(await written()).toStrictEqual(atEnd);
});

/** Every agent works until told, then returns more than an item holds, heeding no signal. */
async function everyResultLarge(): Promise<PromiseWithResolvers<undefined>> {
  const told = Promise.withResolvers<undefined>();
  for (const role of swarm.perform.keys()) {
    swarm.perform.set(role, async () => {
      await told.promise;
      return { ...NOTHING, notes: ['x'.repeat(100_000)] } as never;
    });
  }
  return told;
}

test('counts until the report is on record: asked while it is made, it ends the session', async () => {
  const made = Promise.withResolvers<never>();
  swarm.workers();
  await swarm.create();
  const run = swarm.coordinator('c-1', { publishReport: () => made.promise }).run(swarm.session);
  await swarm.clock.advance(10_000);
  expect(await swarm.record()).toMatchObject({ state: 'REPORTING' });
  await cancel();
  made.resolve({ sha256: digestOf('report'), findings: 0, gaps: 0 } as never);

  expect(await swarm.until(run)).toMatchObject({ state: 'CANCELLED' });
  expect(await swarm.record()).not.toHaveProperty('report_sha256');
});

test('a task that is taken in the moment in which it is cancelled is cancelled all the same', async () => {
  const session = await swarm.create({ state: 'RUNNING', cancel: true });
  await swarm.state.createTask(taskRecord({ session_id: swarm.session }));
  let isTaken = false;
  const changeTask: typeof swarm.state.changeTask = async (id, task, change) => {
    if (!isTaken) await swarm.state.changeTask(id, task, { expect: {}, set: { state: 'LEASED' }, add: { fence: 1 } });
    isTaken = true;
    return swarm.state.changeTask(id, task, change);
  };
  await cancelTasks(session, [], swarm.coordinatorPorts('c-1', { state: { ...swarm.state, changeTask } }));

  expect(await ends()).toStrictEqual(['CANCELLED CANCELLED']);
});

const NOTHING = { kind: 'budget', claims: [], notes: [] } as const;
