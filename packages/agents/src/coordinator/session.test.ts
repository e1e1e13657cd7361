import { digestOf, type SessionRecord, type StateStore } from '@infrafabric/protocol';
import { taskRecord } from '@infrafabric/store/testing';
import { beforeEach, expect, test } from 'vitest';
import { type MemorySwarm, memorySwarm } from '../testing/memory-swarm.ts';
import { failSession, report } from './session.ts';

let swarm: MemorySwarm;
beforeEach(() => {
  swarm = memorySwarm('session');
});

const move = async (set: Partial<SessionRecord>): Promise<void> =>
  void (await swarm.state.changeSession(swarm.session, { expect: {}, set }));

test.each<[string, Partial<SessionRecord>]>([
  ['took', { fence: 9 }],
  ['ended', { state: 'FAILED' }],
])('a report ends no session that somebody %s while it was made', async (_what, moved) => {
  const running = await swarm.create({ state: 'RUNNING', fence: 1 });
  const publishReport = async () => {
    await move(moved);
    return { sha256: digestOf('report'), findings: 0, gaps: 0 };
  };
  const made = report(running, swarm.coordinatorPorts('c-1', { publishReport }));

  await expect(made).rejects.toMatchObject({ code: 'LEASE_LOST' });
  expect(await swarm.record()).toStrictEqual({ ...running, state: 'REPORTING', ...moved });
});

test('a coordinator that failed ends neither a session that another one took, nor a task of it', async () => {
  const taken = await swarm.create({ state: 'RUNNING', fence: 1 });
  const task = taskRecord({ session_id: swarm.session, state: 'LEASED' });
  await swarm.state.createTask(task);
  await move({ fence: 2 });
  await failSession(taken, new RangeError('boom'), swarm.coordinatorPorts());

  expect(await swarm.record()).toStrictEqual({ ...taken, fence: 2 });
  expect(await swarm.state.tasks(swarm.session)).toStrictEqual([task]);
});

test('a coordinator that failed does not end a session that another one takes meanwhile', async () => {
  const taken = await swarm.create({ state: 'RUNNING', fence: 1 });
  const taskStatuses: StateStore['taskStatuses'] = async (id) => {
    await move({ fence: 2 });
    return swarm.state.taskStatuses(id);
  };
  const state = { ...swarm.state, taskStatuses };
  await failSession(taken, new RangeError('boom'), swarm.coordinatorPorts('c-1', { state }));

  expect(await swarm.record()).toStrictEqual({ ...taken, fence: 2 });
});
