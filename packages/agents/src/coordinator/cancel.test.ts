import type { TaskRecord } from '@infrafabric/protocol';
import { beforeEach, expect, test } from 'vitest';
import { type MemorySwarm, memorySwarm, PACE } from '../testing/memory-swarm.ts';

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

const NOTHING = { kind: 'budget', claims: [], notes: [] } as const;
