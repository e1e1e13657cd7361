import { PublishBatchCommand } from '@aws-sdk/client-sns';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import {
  openPump,
  openTestDeployment,
  type Pump,
  type PumpOptions,
  sourceContainer,
  type TestDeployment,
} from '@infrafabric/lambda/testing';
import {
  agentAddress,
  digestOf,
  requestFor,
  type Role,
  Sequence,
  type SessionId,
  signerFromSeed,
  type TaskRecord,
  TaskSpec,
} from '@infrafabric/protocol';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { allEnded, deadLetters, keptReport, quarantinedCodes, reportOfCli, stateOf } from './deployment.ts';

let expected: string;
beforeAll(async () => {
  expected = await reportOfCli();
});

let deployment: TestDeployment;
let pump: Pump;
beforeEach(async () => {
  deployment = await openTestDeployment();
});
afterEach(async () => {
  await pump.close();
  await deployment.close();
});

const open = (over: Partial<PumpOptions> = {}): Pump => openPump(deployment, { start: sourceContainer, ...over });
const ended = async (): Promise<boolean> => allEnded(deployment);

/** Starts the demo; answers its session. */
async function startDemo(order: object = {}): Promise<SessionId> {
  const started = (await pump.invoke('start', { inputs: 'demo', ...order })) as { session_id: SessionId };
  return started.session_id;
}

async function publish(role: Role, body: string): Promise<void> {
  const MessageAttributes = { agent_role: { DataType: 'String', StringValue: role } };
  await deployment.clients.sns.send(
    new PublishBatchCommand({
      TopicArn: deployment.addresses.topicArn,
      PublishBatchRequestEntries: [{ Id: '0', Message: body, MessageAttributes }],
    }),
  );
}

test('the demo through the handlers gives the report of the command line, and each task is done at once', async () => {
  pump = open();
  const session_id = await startDemo();
  await pump.run(ended);

  const kept = await keptReport(deployment, { session_id });
  expect([kept.verdict, kept.problems]).toStrictEqual(['AUTHENTIC', []]);
  expect(kept.reportJson).toBe(expected);
  const tasks = await stateOf(deployment).tasks(session_id);
  expect(tasks.filter(({ attempt, dispatch }) => attempt !== 1 || dispatch !== 1)).toStrictEqual([]);
  expect(pump.invocations.filter(({ failed }) => failed > 0)).toStrictEqual([]);
  const report_sha256 = digestOf(kept.reportJson);
  expect(await deployment.completions()).toStrictEqual([{ session_id, state: 'DONE', report_sha256 }]);
  expect([await quarantinedCodes(deployment), await deadLetters(deployment)]).toStrictEqual([[], {}]);
});

test('of batches with one forged and one poison message exactly those two are refused', async () => {
  pump = open();
  const session_id = await startDemo();
  const state = stateOf(deployment);
  const requests = async () => (await state.tasks(session_id)).filter(({ role }) => role === 'pricing');
  await pump.run(async () => (await requests()).length > 0);
  const [request] = await requests();
  await publish('pricing', request!.request_wire.replace(/"region":"[a-z0-9-]+"/, '"region":"xx-east-9"'));
  const poisoned = await poison(request!);
  await pump.run(ended);

  expect(await quarantinedCodes(deployment)).toStrictEqual(['BUS_SIGNATURE_INVALID']);
  expect(await deadLetters(deployment)).toStrictEqual({ pricing: 1 });
  expect(await state.task(poisoned, request!.task_id)).toMatchObject({ state: 'FAILED', code: 'POISON' });
  const kept = await keptReport(deployment, { session_id });
  expect([kept.verdict, kept.reportJson === expected]).toStrictEqual(['AUTHENTIC', true]);
  const tasks = await state.tasks(session_id);
  expect(tasks.filter(({ attempt, dispatch }) => attempt !== 1 || dispatch !== 1)).toStrictEqual([]);
});

test('what its queue gave up ends its task when the sweeper comes by, and is kept', async () => {
  pump = open();
  const session_id = await startDemo();
  const state = stateOf(deployment);
  const pricing = async () => (await state.tasks(session_id)).find(({ role }) => role === 'pricing');
  await pump.run(async () => (await pricing()) !== undefined);
  const { request_wire, task_id, fence } = (await pricing())!;
  const { coordinator, pricing: QueueUrl } = deployment.addresses.deadLetterUrls;
  await deployment.clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: request_wire }));
  await deployment.clients.sqs.send(new SendMessageCommand({ QueueUrl: coordinator, MessageBody: '{"forged":1}' }));

  expect(await pump.invoke('sweeper', {})).toMatchObject({ dead: 2 });
  expect(await state.task(session_id, task_id)).toMatchObject({ state: 'FAILED', code: 'POISON', fence: fence + 1 });
  expect([await quarantinedCodes(deployment), await deadLetters(deployment)]).toStrictEqual([
    ['BUS_SCHEMA'],
    { pricing: 1 },
  ]);
  await pump.run(ended);
  expect(await state.session(session_id)).toMatchObject({ state: 'DONE_WITH_GAPS' });
});

/** Sends a well-signed order whose item in the table is damaged, so that whoever takes it fails; answers its session. */
async function poison({ task_id, request_wire }: TaskRecord): Promise<SessionId> {
  const session = 's-01936000-0000-7000-8000-0000000000aa';
  const { seed } = JSON.parse(deployment.secrets.get('coordinator') ?? '{}') as { seed: string };
  const { content } = JSON.parse(request_wire) as { content: { task: object; context: object; evidence: string[] } };
  const spec = TaskSpec.parse({
    ...content.task,
    task_id,
    role: 'pricing',
    phase: 'analysis',
    evidence: content.evidence,
    context: content.context,
  });
  const header = {
    sender: agentAddress('infrafabric', 'coordinator', 'intern'),
    uuid: '01936000-0000-7000-8000-0000000000bb',
    nowMs: Date.now(),
    session,
    dispatch: 1,
    deadlineMs: Date.now() + 60_000,
  };
  const wire = new Sequence(signerFromSeed(Buffer.from(seed, 'base64url'))).seal(requestFor(spec, header));
  const counts = { state: 'DISPATCHED', dispatch: 1, attempt: 0, hb: 0 } as const;
  const { role, type, phase } = spec;
  const fence = 'damaged' as unknown as number;
  await stateOf(deployment).createTask({
    session_id: session,
    task_id,
    role,
    type,
    phase,
    ...counts,
    fence,
    request_wire: wire,
  });
  await publish('pricing', wire);
  return session;
}

test('invocations that are nearly out of time lay their work down, and the same messages bring the same report', async () => {
  const short: Record<string, number> = {
    coordinator: 3,
    collector: 2,
    pricing: 3,
    rightsizing: 3,
    'upgrade-risk': 1,
    budget: 1,
  };
  pump = open({ remainingMs: (name, invocation) => (invocation <= (short[name] ?? 0) ? 12 * invocation : undefined) });
  const session_id = await startDemo();
  await pump.run(ended);

  const kept = await keptReport(deployment, { session_id });
  expect([kept.verdict, kept.reportJson === expected]).toStrictEqual(['AUTHENTIC', true]);
  const laidDown = pump.invocations.filter(({ failed }) => failed > 0);
  expect(laidDown.length).toBeGreaterThan(0);
  expect(laidDown.filter(({ error }) => error !== undefined)).toStrictEqual([]);
  // No task had to be sent again: what was laid down came back as the same message.
  const tasks = await stateOf(deployment).tasks(session_id);
  expect(tasks.filter(({ dispatch }) => dispatch !== 1)).toStrictEqual([]);
  expect([await quarantinedCodes(deployment), await deadLetters(deployment)]).toStrictEqual([[], {}]);
});

test('an order with one key starts one session, however often it comes', async () => {
  pump = open();
  const first = await startDemo({ idempotency_key: 'nightly' });
  const again = await startDemo({ idempotency_key: 'nightly' });

  expect(again).toBe(first);
  await expect(startDemo({ idempotency_key: 'nightly', question: 'why?' })).rejects.toMatchObject({
    name: 'IDEMPOTENCY_CONFLICT',
  });
  expect((await stateOf(deployment).sessions()).length).toBe(1);
});
