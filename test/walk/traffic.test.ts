import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { SNSClient } from '@aws-sdk/client-sns';
import { canonicalJson, openMessage, type Role, WORKER_ROLES } from '@infrafabric/protocol';
import { openFabric } from '@infrafabric/runtime';
import { afterEach, expect, test } from 'vitest';
import { allOver, eventually, installation, listener, onlySession, report } from './installation.ts';

const at = installation();
afterEach(() => at.remove());

test('requests and answers cross the topic and the queues, by their own counts', async () => {
  const fabric = await openFabric(at.config);
  const { sqs, sns } = fabric.clients;
  const published = countPublished(sns);
  const waiting = async (role: Role): Promise<number> => (await counts(sqs, role)).visible;

  // The coordinator alone: every request of the collection waits in the collectors' queue.
  const analysis = report(at, 'out', true);
  const id = await onlySession(fabric);
  const coordinator = fabric.startCoordinator(listener());
  const run = coordinator.run(id);
  const asked = await eventually(async () => {
    const tasks = await fabric.state.taskStatuses(id);
    return tasks.length > 0 && (await waiting('collector')) === tasks.length ? tasks.length : undefined;
  });
  expect(asked).toBeGreaterThan(2);
  expect(await waiting('coordinator')).toBe(0);

  // One of them, as it stands in the queue: the signed wire itself, in canonical form.
  const body = await peek(sqs, 'collector');
  expect(canonicalJson(JSON.parse(body))).toBe(body);
  const { message } = openMessage(body, {
    trust: fabric.keys.trust,
    nowMs: fabric.clock.nowMs(),
    receivers: ['if://role/collector'],
    conversation: `if://conversation/${id}`,
  });
  expect(message).toMatchObject({
    if_bus: '1.0',
    performative: 'request',
    signature: { algorithm: 'ed25519', key_id: fabric.keys.signerOf('coordinator').keyId },
  });

  // The coordinator away, the collectors at work: every answer waits in the coordinator's queue.
  await coordinator.close();
  expect(await run).toBe(undefined);
  const collector = fabric.startWorker('collector', listener());
  await allOver(fabric, id, ['collector']);
  await collector.close();
  expect(await waiting('coordinator')).toBe(asked);
  expect(await counts(sqs, 'collector')).toStrictEqual({ visible: 0, inFlight: 0 });

  // Everybody at work: as many messages as there are tasks, both ways, and nothing is left behind.
  const workers = WORKER_ROLES.map((role) => fabric.startWorker(role, listener()));
  const second = fabric.startCoordinator(listener());
  await second.run(id);
  await analysis;
  await Promise.all([second, ...workers].map(async (agent) => agent.close()));
  const tasks = await fabric.state.tasks(id);
  expect(published).toStrictEqual({
    ...Object.fromEntries(WORKER_ROLES.map((role) => [role, tasks.filter((task) => task.role === role).length])),
    coordinator: tasks.length,
  });
  for (const role of ['coordinator', ...WORKER_ROLES] as const) {
    expect([role, await counts(sqs, role)]).toStrictEqual([role, { visible: 0, inFlight: 0 }]);
  }
  await fabric.close();
});

/** Counts the entries of every PublishBatch call, by the role they are routed to. */
function countPublished(sns: SNSClient): Record<string, number> {
  const published: Record<string, number> = {};
  sns.middlewareStack.add(
    (next) => async (args) => {
      const entries = 'PublishBatchRequestEntries' in args.input ? args.input.PublishBatchRequestEntries : [];
      for (const { MessageAttributes } of entries ?? []) {
        const role = MessageAttributes?.['agent_role']?.StringValue ?? '';
        published[role] = (published[role] ?? 0) + 1;
      }
      return next(args);
    },
    { step: 'initialize', name: 'countPublished' },
  );
  return published;
}

async function urlOf(sqs: SQSClient, role: Role): Promise<string> {
  return (await sqs.send(new GetQueueUrlCommand({ QueueName: `infrafabric-${role}` }))).QueueUrl ?? '';
}

async function counts(sqs: SQSClient, role: Role): Promise<{ visible: number; inFlight: number }> {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: await urlOf(sqs, role),
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  );
  return {
    visible: Number(Attributes?.ApproximateNumberOfMessages),
    inFlight: Number(Attributes?.ApproximateNumberOfMessagesNotVisible),
  };
}

/** Reads one message and leaves it visible. */
async function peek(sqs: SQSClient, role: Role): Promise<string> {
  const QueueUrl = await urlOf(sqs, role);
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 0 }));
  return Messages[0]?.Body ?? '';
}
