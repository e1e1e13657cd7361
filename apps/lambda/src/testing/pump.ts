import { DeleteMessageCommand, type Message, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { hiddenSeconds, LAMBDA_FUNCTIONS, type LambdaFunction } from '@infrafabric/runtime/lambda-functions';
import type { Container, StartContainer } from './containers.ts';
import { declaredOf, type TestDeployment } from './test-deployment.ts';

/** One invocation by a queue, and what came of it. */
export interface Invocation {
  readonly name: LambdaFunction['name'];
  readonly records: number;
  /** Records the handler named; every one when it threw. */
  readonly failed: number;
  readonly error?: string;
}

/** How the pump behaves. */
export interface PumpOptions {
  readonly start: StartContainer;
  /** Variables the deployment gives every function besides its own. */
  readonly environment?: Readonly<Record<string, string>>;
  /** What an invocation is told it has left; the timeout of the function unless given. */
  readonly remainingMs?: (name: LambdaFunction['name'], invocation: number) => number | undefined;
}

/** Does what the event sources, the schedule and the functions of a deployment do together. */
export interface Pump {
  readonly invocations: readonly Invocation[];
  readonly invoke: (name: LambdaFunction['name'], event: unknown) => Promise<unknown>;
  /** Hands batches to the functions until `isOver` says so; when nothing is there, time moves on and the sweeper comes by. */
  readonly run: (isOver: () => Promise<boolean>) => Promise<void>;
  /** Ends the container of a function; the next invocation starts another. */
  readonly kill: (name: LambdaFunction['name']) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** How far time moves when nothing is to do, and how often the sweeper comes by. */
const STEP_MS = 1_000;
const SWEEP_MS = 60_000;

/** Opens the pump; containers start at their first invocation. */
export function openPump(deployment: TestDeployment, options: PumpOptions): Pump {
  const containers = new Map<string, Container>();
  const counts = new Map<string, number>();
  const invocations: Invocation[] = [];
  const invoke: Pump['invoke'] = async (name, event) => {
    const declared = declaredOf(name);
    const container =
      containers.get(name) ?? options.start(name, { ...deployment.environmentOf(declared), ...options.environment });
    containers.set(name, container);
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return container.invoke(event, options.remainingMs?.(name, count) ?? declared.timeoutSeconds * 1_000);
  };
  const kill: Pump['kill'] = async (name) => {
    const container = containers.get(name);
    containers.delete(name);
    await container?.kill();
  };
  const turn = async (declared: LambdaFunction): Promise<number> => {
    const messages = await receive(declared, deployment);
    if (messages.length === 0) return 0;
    const { name } = declared;
    const outcome = await outcomeOf(messages, async (event) => invoke(name, event));
    invocations.push({ name, records: messages.length, ...outcome.told });
    await Promise.all(outcome.done.map(async (message) => remove(declared, message, deployment)));
    return messages.length;
  };
  return {
    invocations,
    invoke,
    kill,
    async run(isOver) {
      for (let sinceSweepMs = 0; !(await isOver());) {
        const taken = await Promise.all(QUEUED.map(turn));
        if (taken.some((count) => count > 0)) continue;
        deployment.clock.skip(STEP_MS);
        sinceSweepMs += STEP_MS;
        if (sinceSweepMs < SWEEP_MS) continue;
        sinceSweepMs = 0;
        await invoke('sweeper', {});
      }
    },
    close: async () => void (await Promise.all([...containers.values()].map(async (one) => one.kill()))),
  };
}

const QUEUED = LAMBDA_FUNCTIONS.filter(({ trigger }) => trigger.kind === 'queue');

async function receive(declared: LambdaFunction, { clients, addresses }: TestDeployment): Promise<Message[]> {
  if (declared.trigger.kind !== 'queue') return [];
  const { role, batchSize } = declared.trigger;
  const { Messages = [] } = await clients.sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: addresses.queueUrls[role],
      MaxNumberOfMessages: Math.min(10, batchSize),
      VisibilityTimeout: hiddenSeconds(declared),
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    }),
  );
  return Messages;
}

async function remove(declared: LambdaFunction, { ReceiptHandle }: Message, { clients, addresses }: TestDeployment) {
  if (declared.trigger.kind !== 'queue') return;
  const QueueUrl = addresses.queueUrls[declared.trigger.role];
  await clients.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
}

/** Which messages Lambda deletes: all but the named ones; none when the handler threw or named one that is not there. */
async function outcomeOf(
  messages: readonly Message[],
  handle: (event: unknown) => Promise<unknown>,
): Promise<{ readonly done: readonly Message[]; readonly told: Pick<Invocation, 'failed' | 'error'> }> {
  try {
    const answer = await handle({ Records: messages.map(recordOf) });
    const named = (
      (answer as { batchItemFailures?: { itemIdentifier: string }[] } | null)?.batchItemFailures ?? []
    ).map(({ itemIdentifier }) => itemIdentifier);
    if (!named.every((id) => messages.some(({ MessageId }) => MessageId === id))) {
      throw new Error('the answer names a message that is not in the batch');
    }
    return {
      done: messages.filter(({ MessageId = '' }) => !named.includes(MessageId)),
      told: { failed: named.length },
    };
  } catch (error) {
    return { done: [], told: { failed: messages.length, error: String(error) } };
  }
}

/** The shape of a record (Lambda guide, "Using Lambda with Amazon SQS", 2026-11). */
function recordOf({ MessageId, ReceiptHandle, Body, Attributes, MD5OfBody }: Message): object {
  return {
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    attributes: Attributes,
    messageAttributes: {},
    md5OfBody: MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:queue',
    awsRegion: 'us-east-1',
  };
}
