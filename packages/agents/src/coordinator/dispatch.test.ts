import type { Outgoing } from '@infrafabric/bus';
import type { SessionRecord, TaskSpec } from '@infrafabric/protocol';
import { aTask } from '@infrafabric/protocol/testing';
import { taskRecord } from '@infrafabric/store/testing';
import { beforeEach, expect, test } from 'vitest';
import { type MemorySwarm, memorySwarm } from '../testing/memory-swarm.ts';
import { dispatch } from './dispatch.ts';
import { openInbox } from './inbox.ts';

const ENOUGH_FOR_TWO_BATCHES = 60;

let swarm: MemorySwarm;
let sent: string[];
beforeEach(() => {
  swarm = memorySwarm('dispatch');
  sent = [];
  swarm.loses = ({ body }: Outgoing) => (sent.push(body), true);
});

const specsOf = (count: number): TaskSpec[] =>
  Array.from({ length: count }, (_, n) => aTask('pricing', { task_id: `pricing/ec2/eu-west-1/${n}` }));

async function dispatchFrom(session: SessionRecord, specs: readonly TaskSpec[]): Promise<SessionRecord> {
  const { signal } = new AbortController();
  return dispatch(session, specs, {
    ports: swarm.coordinatorPorts(),
    inbox: openInbox(swarm.clock),
    stop: signal,
  });
}

test('sends the request on record where another coordinator wrote the task first', async () => {
  const session = await swarm.create({ state: 'RUNNING' });
  const [spec] = specsOf(1);
  const request_wire = 'the request of another coordinator';
  await swarm.state.createTask(
    taskRecord({ session_id: swarm.session, task_id: spec!.task_id, role: 'pricing', request_wire }),
  );
  await dispatchFrom(session, [spec!]);

  expect(sent).toStrictEqual([request_wire]);
});

test('a cancel that is seen between two batches stops the second', async () => {
  const seen = await swarm.create({ state: 'RUNNING' });
  await swarm.state.changeSession(swarm.session, { expect: {}, set: { cancel: true } });

  expect(await dispatchFrom(seen, specsOf(ENOUGH_FOR_TWO_BATCHES))).toMatchObject({ cancel: true });
  expect(sent).toHaveLength(50);
});

test('writes a task as ended by the deadline that is past, and sends nothing', async () => {
  const session = await swarm.create({ state: 'RUNNING', deadline_ms: swarm.clock.nowMs() - 1 });
  await dispatchFrom(session, specsOf(1));

  expect(sent).toStrictEqual([]);
  expect(await swarm.state.tasks(swarm.session)).toMatchObject([{ state: 'FAILED', code: 'DEADLINE' }]);
});

test('whoever takes a session up sends what a coordinator that died while it wrote tasks did not write', async () => {
  swarm.loses = () => false;
  let written = 0;
  const dying = swarm.coordinator('c-1', {
    state: {
      ...swarm.state,
      createTask: async (record) =>
        (written += 1) > 2 ? new Promise(() => undefined) : swarm.state.createTask(record),
    },
  });
  await swarm.create();
  void dying.run(swarm.session);
  await swarm.clock.advance(1_000);
  expect(await swarm.state.tasks(swarm.session)).toHaveLength(2);

  swarm.dead.add('c-1');
  swarm.workers();
  expect(await swarm.until(swarm.coordinator('c-2').run(swarm.session))).toMatchObject({ state: 'DONE' });
});
