import { memoryState } from '@infrafabric/store';
import type { StateStore } from '@infrafabric/protocol';
import { beforeEach, expect, test } from 'vitest';
import { type MemorySwarm, memorySwarm } from '../testing/memory-swarm.ts';

let swarm: MemorySwarm;
let state: StateStore;
beforeEach(() => {
  swarm = memorySwarm('state-lost');
  state = swarm.state;
});

/** The store as processes see it before and after its data is lost. */
const losable = (): StateStore => ({
  createSession: (record) => state.createSession(record),
  session: (id) => state.session(id),
  sessions: () => state.sessions(),
  changeSession: (id, change) => state.changeSession(id, change),
  createTask: (record) => state.createTask(record),
  task: (session, task) => state.task(session, task),
  tasks: (session) => state.tasks(session),
  taskPages: (session) => state.taskPages(session),
  taskStatuses: (session) => state.taskStatuses(session),
  statusPages: (session) => state.statusPages(session),
  changeTask: (session, task, change) => state.changeTask(session, task, change),
});

const loseAll = (): void => void (state = memoryState());

test('a coordinator whose session is gone says so and ends nothing as done', async () => {
  await swarm.create();
  const run = swarm.coordinator('c-1', { state: losable() }).run(swarm.session);
  const failed = run.then(String, (error: unknown) => error);
  await swarm.clock.advance(500);
  loseAll();

  expect(await swarm.until(failed)).toMatchObject({ code: 'STATE_LOST', where: swarm.session });
  expect([swarm.reports, await state.sessions()]).toStrictEqual([[], []]);
});

test('a session whose tasks are gone fails, although every wait is for them', async () => {
  await swarm.create();
  const run = swarm.coordinator('c-1', { state: losable() }).run(swarm.session);
  const failed = run.then(String, (error: unknown) => error);
  await swarm.clock.advance(500);
  const session = await swarm.record();
  loseAll();
  await state.createSession(session);

  expect(await swarm.until(failed)).toMatchObject({ code: 'STATE_LOST' });
  expect(await state.session(swarm.session)).toMatchObject({ state: 'FAILED', code: 'STATE_LOST' });
  expect((await state.tasks(swarm.session)).map((task) => task.state)).toStrictEqual([
    'CANCELLED',
    'CANCELLED',
    'CANCELLED',
  ]);
});

test('a worker whose task is gone before it is taken, or in the middle, refuses it and writes nothing', async () => {
  let begun = 0;
  swarm.perform.set('collector', async ({ signal }) => {
    begun += 1;
    await swarm.clock.sleep(600_000, signal);
    throw new Error('expected never to be heard');
  });
  await swarm.create();
  const coordinator = swarm.coordinator('c-1');
  void coordinator.run(swarm.session);
  await swarm.clock.advance(200);
  await swarm.until(coordinator.close());
  const second = (await swarm.state.tasks(swarm.session))[1]?.task_id ?? '';
  const lacking = (store: StateStore): StateStore => ({
    ...store,
    task: async (session, task) => (task === second ? undefined : store.task(session, task)),
    changeTask: async (session, task, change) =>
      task === second ? undefined : store.changeTask(session, task, change),
  });
  swarm.worker('collector', 'w-1', { state: lacking(losable()) });
  await swarm.clock.advance(500);
  const refused = () => swarm.events.flatMap((event) => (event.type === 'message-refused' ? [event.code] : []));
  expect([begun, refused()]).toStrictEqual([2, ['STATE_LOST']]);
  loseAll();
  await swarm.clock.advance(3_000);

  expect(refused()).toStrictEqual(['STATE_LOST', 'STATE_LOST', 'STATE_LOST']);
  expect(await state.tasks(swarm.session)).toStrictEqual([]);
});
