import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { Clock } from '@infrafabric/protocol';
import { expect, test } from 'vitest';
import { type AwsLocal, openAwsLocal } from '../aws-local.ts';
import { type ContractClients, contractClients } from '../testing/clients.ts';
import { queue, receive } from '../testing/messaging.ts';

test('a message older than its retention is gone, and not counted', async () => {
  const { aws, clients, clock } = made();
  const { url } = await queue(clients, { MessageRetentionPeriod: '60' });
  await clients.sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'x' }));
  clock.advance(59_999);
  expect(await receive(clients, url, { VisibilityTimeout: 0 })).toHaveLength(1);
  clock.advance(1);
  expect(await receive(clients, url)).toStrictEqual([]);
  await aws.close();
});

test('a message returns when its visibility timeout ends, to the long poll that waits for it', async () => {
  const { aws, clients, clock } = made();
  const { url } = await queue(clients);
  await clients.sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'x' }));
  expect(await receive(clients, url, { VisibilityTimeout: 7 })).toHaveLength(1);
  const poll = receive(clients, url, { WaitTimeSeconds: 20 });
  await clock.untilWaitingFor(7000);
  clock.advance(7000);
  expect(await poll).toHaveLength(1);
  await aws.close();
});

test('a poll whose caller leaves between taking and answering gives the message back', async () => {
  const { aws, clients } = made();
  const { url } = await queue(clients);
  await clients.sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'x' }));
  const handler = aws.requestHandler();
  const abort = new AbortController();
  const leaving = contractClients({
    requestHandler: {
      ...handler,
      handle: (request: never) => {
        const answer = handler.handle(request, { abortSignal: abort.signal });
        // On the next turn the message is taken, on the one after it is committed: the caller leaves between.
        setImmediate(() => setImmediate(() => abort.abort()));
        return answer;
      },
    },
  });
  await expect(receive(leaving, url)).rejects.toMatchObject({ name: 'AbortError' });
  const [message] = await receive(clients, url, { WaitTimeSeconds: 1 });
  expect(message?.Attributes?.['ApproximateReceiveCount']).toBe('1');
  await aws.close();
});

/** A clock that stands still until it is moved, and knows who waits. */
interface TestClock extends Clock {
  advance(ms: number): void;
  untilWaitingFor(ms: number): Promise<void>;
}

function made(): { aws: AwsLocal; clients: ContractClients; clock: TestClock } {
  const clock = testClock();
  const aws = openAwsLocal({ file: ':memory:', clock });
  return { aws, clients: contractClients({ requestHandler: aws.requestHandler() }), clock };
}

function testClock(): TestClock {
  let nowMs = Date.UTC(2026, 10, 20);
  const sleepers = new Set<{ untilMs: number; wake: () => void }>();
  return {
    nowMs: () => nowMs,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const sleeper = { untilMs: nowMs + ms, wake: () => resolve() };
        if (signal?.aborted) resolve();
        else sleepers.add(sleeper);
        signal?.addEventListener('abort', () => resolve());
      }),
    advance: (ms) => {
      nowMs += ms;
      for (const sleeper of sleepers) if (sleeper.untilMs <= nowMs) sleeper.wake();
    },
    untilWaitingFor: async (ms) => {
      while (![...sleepers].some(({ untilMs }) => untilMs === nowMs + ms)) await new Promise(setImmediate);
    },
  };
}
