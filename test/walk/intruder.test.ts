import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { ListTopicsCommand, PublishBatchCommand } from '@aws-sdk/client-sns';
import type { OpenedRequest } from '@infrafabric/bus';
import { digestOf, openMessage, type Role, sha256Hex, type TaskSpec } from '@infrafabric/protocol';
import { aSwarm } from '@infrafabric/protocol/testing';
import { type Fabric, openFabric } from '@infrafabric/runtime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  allOver,
  eventually,
  installation,
  keysUnder,
  listener,
  onlySession,
  report,
  undisturbedReport,
} from './installation.ts';

const QUARANTINE = 't/local/quarantine/';

let at: ReturnType<typeof installation>;
let fabric: Fabric;
beforeAll(async () => {
  at = installation();
  fabric = await openFabric(at.config);
});
afterAll(async () => {
  await fabric.close();
  at.remove();
});

test('whoever may publish changes nothing: each forgery is refused by its own code, each replay is counted', async () => {
  const heard = listener();
  const analysis = report(at, 'out', true);
  const id = await onlySession(fabric);
  const early = (['collector', 'pricing', 'rightsizing', 'upgrade-risk'] as const).map((role) =>
    fabric.startWorker(role, heard),
  );
  const coordinator = fabric.startCoordinator(heard);
  const run = coordinator.run(id);
  await allOver(fabric, id, ['collector', 'pricing', 'rightsizing', 'upgrade-risk']);

  // The budget's work is not begun, so the session is open while the intruder is at it.
  const tasks = await fabric.state.tasks(id);
  const [one, other] = tasks
    .filter(({ role }) => role === 'pricing')
    .map(({ request_wire }) => requestIn(request_wire, id));
  const done = tasks.find(({ role, state }) => role === 'pricing' && state === 'DONE');
  if (one === undefined || other === undefined || done?.answer_wire === undefined)
    throw new Error('expected two pricing tasks');
  const result = { sha256: `sha256:${'f'.repeat(64)}`, size: 2 };
  const worker = fabric.mailboxOf('pricing');
  const forgeries: [role: Role, wire: string, code: string][] = [
    ['pricing', one.wire.replace(/"region":"[a-z0-9-]+"/, '"region":"xx-east-9"'), 'BUS_SIGNATURE_INVALID'],
    ['coordinator', done.answer_wire.replace(/"size":\d+/, '"size":1'), 'BUS_SIGNATURE_INVALID'],
    ['pricing', `${one.wire}\n`, 'BUS_NOT_CANONICAL'],
    ['pricing', foreignRequest(one), 'BUS_KEY_UNKNOWN'],
    [
      'collector',
      await worker.sealRequest(orderLike(one), { session: id, dispatch: 1, deadlineMs: 4e12 }),
      'BUS_ROLE_FORBIDDEN',
    ],
    ['coordinator', worker.sealInform(aboutTask(one, 'budget/bill/0'), { fence: 1, result }), 'BUS_ROLE_FORBIDDEN'],
    [
      'coordinator',
      worker.sealInform(aboutTask(one, other.message.task.task_id), { fence: 1, result }),
      'BUS_REPLY_UNBOUND',
    ],
    [
      'coordinator',
      worker.sealInform({ ...one, sha256: digestOf('no request') }, { fence: 1, result }),
      'BUS_REPLY_UNBOUND',
    ],
    ['rightsizing', one.wire, 'BUS_WRONG_RECEIVER'],
  ];
  const replays: [role: Role, wire: string][] = [
    ['pricing', one.wire],
    ['coordinator', done.answer_wire],
  ];
  await publish([...forgeries, ...replays]);

  const expected = new Map(forgeries.map(([, wire, code]) => [sha256Hex(wire), code]));
  await eventually(async () => ((await quarantined()).size >= expected.size ? true : undefined));
  await eventually(() => (refused(heard.events, 'BUS_DUPLICATE').length >= replays.length ? true : undefined));
  expect(await quarantined()).toStrictEqual(expected);
  expect(refused(heard.events, 'BUS_DUPLICATE')).toStrictEqual(replays.map(([, wire]) => digestOf(wire)).toSorted());
  expect(refused(heard.events, 'BUS_REPLY_UNBOUND')).toHaveLength(2);

  const budget = fabric.startWorker('budget', heard);
  expect(await run).toMatchObject({ state: 'DONE' });
  expect(await analysis).toBe(await undisturbedReport());
  expect(
    (await fabric.state.tasks(id)).filter(({ attempt, dispatch }) => attempt !== 1 || dispatch !== 1),
  ).toStrictEqual([]);
  await Promise.all([coordinator, budget, ...early].map(async (agent) => agent.close()));
});

/** What lies in quarantine: the code of each wire by its hash. */
async function quarantined(): Promise<Map<string, string>> {
  const { s3 } = fabric.clients;
  const keys = await keysUnder(s3, 'infrafabric-results', QUARANTINE);
  const codes = keys.map(async (Key) => {
    const { Metadata } = await s3.send(new HeadObjectCommand({ Bucket: 'infrafabric-results', Key }));
    return [Key.slice(QUARANTINE.length), Metadata?.['code'] ?? ''] as const;
  });
  return new Map(await Promise.all(codes));
}

function refused(events: ReturnType<typeof listener>['events'], code: string): string[] {
  const those = events.filter((event) => event.type === 'message-refused' && event.code === code);
  return those.flatMap((event) => ('wire_sha256' in event ? [event.wire_sha256] : [])).toSorted();
}

/** Publishes to the topic as anybody with the right to publish can. */
async function publish(messages: readonly (readonly [role: Role, wire: string, ...more: string[]])[]): Promise<void> {
  const { sns } = fabric.clients;
  const { Topics = [] } = await sns.send(new ListTopicsCommand({}));
  const TopicArn = Topics[0]?.TopicArn;
  for (const [role, wire] of messages) {
    const MessageAttributes = { agent_role: { DataType: 'String', StringValue: role } };
    const PublishBatchRequestEntries = [{ Id: '0', Message: wire, MessageAttributes }];
    await sns.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries }));
  }
}

/** The request in a stored wire, opened as its worker opens it. */
function requestIn(wire: string, session: string): OpenedRequest {
  const receivers = ['if://role/pricing'];
  const { message, sha256 } = openMessage(wire, { trust: fabric.keys.trust, receivers, nowMs: fabric.clock.nowMs() });
  if (message.performative !== 'request') throw new Error(`expected a request, got ${message.performative}`);
  return { message, wire, sha256, session, receiveCount: 1, extend: async () => true };
}

/** The request as if it had asked about another task; the binding stays to what was really asked. */
function aboutTask(request: OpenedRequest, task_id: string): OpenedRequest {
  return { ...request, message: { ...request.message, task: { ...request.message.task, task_id } } };
}

/** The same order, sealed with a key nobody trusts. */
function foreignRequest({ message }: OpenedRequest): string {
  const { signature: _, sequence: __, prev_hash: ___, ...draft } = message;
  return aSwarm('intruder').agents.coordinator.sequence.seal(draft);
}

/** An order to a collector with the content of this one. */
function orderLike({ message }: OpenedRequest): TaskSpec {
  const { task, context, evidence } = message.content;
  const names = { task_id: 'collector/ec2/eu-west-1/0', role: 'collector', type: 'collector.index-estate' } as const;
  const { service, region, input } = task;
  return { ...names, service, region, phase: 'collection', input, evidence, context };
}
