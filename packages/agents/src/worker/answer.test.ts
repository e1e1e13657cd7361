import type { StateStore } from '@infrafabric/protocol';
import { beforeEach, expect, test } from 'vitest';
import { type MemorySwarm, memorySwarm, PACE } from '../testing/memory-swarm.ts';

let swarm: MemorySwarm;
beforeEach(async () => {
  swarm = memorySwarm('answer');
  await swarm.create();
});

test('a commit that the store refuses because it is on record already is told like any other', async () => {
  const told: string[] = [];
  swarm.loses = ({ body, role }) => (role === 'coordinator' && told.push(body), false);
  const changeTask: StateStore['changeTask'] = async (session, task, change) => {
    const changed = await swarm.state.changeTask(session, task, change);
    return change.set?.state === 'DONE' ? undefined : changed;
  };
  swarm.worker('collector', 'w-1', { state: { ...swarm.state, changeTask } });
  void swarm.coordinator().run(swarm.session);
  await swarm.clock.advance(200);

  const collected = (await swarm.state.tasks(swarm.session)).filter(({ role }) => role === 'collector');
  expect(collected).toHaveLength(3);
  expect(told.toSorted()).toStrictEqual(collected.map(({ answer_wire }) => answer_wire ?? '').toSorted());
});

test('work that is stopped because its lease is lost asks for no end of its task', async () => {
  const asked: unknown[] = [];
  const changeTask: StateStore['changeTask'] = async (session, task, change) => {
    if (change.set?.state !== undefined) asked.push(change.set.state);
    return swarm.state.changeTask(session, task, change);
  };
  swarm.perform.set('collector', async ({ signal }) => {
    await swarm.clock.sleep(600_000, signal);
    throw new Error('expected to be stopped');
  });
  swarm.worker('collector', 'w-1', { state: { ...swarm.state, changeTask } });
  void swarm.coordinator().run(swarm.session);
  await swarm.clock.advance(200);
  for (const { task_id } of await swarm.state.tasks(swarm.session)) {
    await swarm.state.changeTask(swarm.session, task_id, { expect: {}, add: { fence: 1 } });
  }
  await swarm.clock.advance(PACE.heartbeatMs + 100);

  expect(asked).toStrictEqual(['LEASED', 'LEASED', 'LEASED']);
});
