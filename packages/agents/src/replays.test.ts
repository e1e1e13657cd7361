import { type Mailbox, openMailbox, type OpenedRequest } from '@infrafabric/bus';
import { digestOf, replayMemory, type Role, type TaskRecord } from '@infrafabric/protocol';
import { aSwarm, aTask } from '@infrafabric/protocol/testing';
import { beforeEach, expect, test } from 'vitest';
import { type MemorySwarm, memorySwarm } from './testing/memory-swarm.ts';

const TASK = 'pricing/ec2/eu-west-1/0';

let swarm: MemorySwarm;
beforeEach(() => {
  swarm = memorySwarm('replays');
});

const refused = (): unknown[] =>
  swarm.events.flatMap((event) => (event.type === 'message-refused' ? [[event.code, event.wire_sha256]] : []));

async function play(role: Role, ...wires: readonly string[]): Promise<void> {
  for (const body of wires) await swarm.driver.publish([{ body, role, session: swarm.session }]);
  await swarm.clock.advance(100);
}

/** A session that ran to its end, all of whose processes are gone; answers one of its tasks. */
async function ended(): Promise<TaskRecord> {
  const workers = swarm.workers();
  const coordinator = swarm.coordinator();
  await swarm.create();
  await swarm.until(coordinator.run(swarm.session));
  await swarm.until(Promise.all([coordinator, ...workers].map(async (agent) => agent.close())));
  return swarm.task(TASK);
}

/** A mailbox of a role whose every message carries the id of another. */
function twinOf(wire: string, role: Role, instance: string): Mailbox {
  const keys = aSwarm('replays');
  const [uuid = ''] = JSON.parse(wire).message_id.match(/[0-9a-f-]{36}$/);
  return openMailbox({
    identity: { scope: 'test', role, instance },
    signer: keys.agents[role].signer,
    trust: keys.trust,
    driver: swarm.driver,
    clock: swarm.clock,
    ids: { uuidv7: () => uuid },
    replay: replayMemory(swarm.clock),
    quarantine: { keep: async () => undefined },
    contents: {
      keep: async () => Promise.reject(new Error('none')),
      fetch: async () => Promise.reject(new Error('none')),
    },
  });
}

test('a request played again to workers that were started since is a duplicate by the state of its task', async () => {
  const { request_wire } = await ended();
  const before = await swarm.state.tasks(swarm.session);
  swarm.worker('pricing', 'w-2');
  await play('pricing', request_wire, request_wire);

  expect(refused()).toStrictEqual(Array.from({ length: 2 }, () => ['BUS_DUPLICATE', digestOf(request_wire)]));
  expect(await swarm.state.tasks(swarm.session)).toStrictEqual(before);
});

test('an answer played again is a duplicate: to a coordinator that heard it, and after the end to one that did not', async () => {
  swarm.workers();
  await swarm.create();
  const played: string[] = [];
  swarm.loses = ({ body, role }) => {
    if (role === 'coordinator' && played.length === 0) {
      played.push(body);
      void swarm.driver.publish([{ body, role, session: swarm.session }]);
    }
    return false;
  };
  await swarm.until(swarm.coordinator('c-1').run(swarm.session));
  const [first = ''] = played;
  expect(refused()).toStrictEqual([['BUS_DUPLICATE', digestOf(first)]]);

  swarm.coordinator('c-2');
  const { answer_wire = '' } = await swarm.task(TASK);
  await play('coordinator', ...Array<string>(3).fill(answer_wire));
  expect(refused().slice(1)).toStrictEqual(Array.from({ length: 3 }, () => ['BUS_DUPLICATE', digestOf(answer_wire)]));
});

test.each(['DONE', 'DISPATCHED'] as const)(
  'another order under the id of the one on record is set aside: its task is %s',
  async (state) => {
    const { request_wire } = await ended();
    if (state === 'DISPATCHED')
      await swarm.state.changeTask(swarm.session, TASK, { expect: {}, set: { state }, remove: ['owner'] });
    const twin = twinOf(request_wire, 'coordinator', 'c-1');
    const spec = aTask('pricing');
    const deadlineMs = swarm.clock.nowMs() + 60_000;
    const wire = await twin.sealRequest(spec, { session: swarm.session, dispatch: 1, deadlineMs });
    let performed = 0;
    swarm.perform.set('pricing', async () => Promise.reject(new Error(`performed ${(performed += 1)}`)));
    swarm.worker('pricing', 'w-2');
    await play('pricing', wire);

    expect(swarm.quarantined).toStrictEqual([['BUS_ID_REUSE', wire]]);
    expect([performed, (await swarm.task(TASK)).state]).toStrictEqual([0, state]);
  },
);

test('another answer under the id of one that was heard is set aside', async () => {
  const twins: string[] = [];
  const orders = new Map<string, string>();
  swarm.loses = ({ body, role }) => {
    if (role !== 'coordinator') orders.set(digestOf(body), body);
    if (role !== 'coordinator' || twins.length > 0) return false;
    const { in_reply_to, sender } = JSON.parse(body);
    const order = JSON.parse(orders.get(in_reply_to.sha256) ?? '');
    const request = { ...in_reply_to, message: order, session: swarm.session } as unknown as OpenedRequest;
    const told = { fence: 1, code: 'OTHER', message: 'something else' };
    twins.push(twinOf(body, sender.split('/')[4], 'w-1').sealFailure(request, told));
    void swarm.driver.publish([body, ...twins].map((one) => ({ body: one, role, session: swarm.session })));
    return true;
  };
  swarm.workers();
  await swarm.create();
  const over = await swarm.until(swarm.coordinator().run(swarm.session));

  expect([swarm.quarantined, over?.state]).toStrictEqual([[['BUS_ID_REUSE', twins[0]]], 'DONE']);
});
