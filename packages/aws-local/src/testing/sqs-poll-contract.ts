import { ReceiveMessageCommand, SendMessageBatchCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { expect } from 'vitest';
import { type ContractCheck, checksOf, errorName } from './check.ts';
import type { ContractClients } from './clients.ts';
import { queue, receive } from './messaging.ts';

type Run = (clients: ContractClients) => Promise<void>;

const checks: Readonly<Record<string, Run>> = {
  'a long poll without messages waits its time': async (clients) => {
    const { url } = await queue(clients);
    const start = performance.now();
    expect(await receive(clients, url, { WaitTimeSeconds: 1 })).toStrictEqual([]);
    expect(performance.now() - start).toBeGreaterThan(900);
  },
  'a long poll wakes for a message, and for one that becomes visible': async (clients) => {
    const { url } = await queue(clients);
    const poll = receive(clients, url, { WaitTimeSeconds: 10 });
    await clients.sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'now' }));
    expect((await poll).map((message) => message.Body)).toStrictEqual(['now']);
    await clients.sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'late', DelaySeconds: 1 }));
    expect((await receive(clients, url, { WaitTimeSeconds: 10 })).map((one) => one.Body)).toStrictEqual(['late']);
  },
  'one message ends one long poll and the others wait on': async (clients) => {
    const { url } = await queue(clients);
    const polls = Array.from({ length: 4 }, async () => {
      const start = performance.now();
      const messages = await receive(clients, url, { WaitTimeSeconds: 1 });
      return { got: messages.length, waited: performance.now() - start > 900 };
    });
    await receive(clients, url);
    await clients.sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'x' }));
    const losers = (await Promise.all(polls)).filter((poll) => poll.got === 0);
    expect(losers).toStrictEqual(Array.from({ length: 3 }, () => ({ got: 0, waited: true })));
  },
  'a batch of two ends two long polls': async (clients) => {
    const { url } = await queue(clients);
    const polls = [1, 2].map(() => receive(clients, url, { WaitTimeSeconds: 10, MaxNumberOfMessages: 1 }));
    await receive(clients, url);
    const Entries = ['a', 'b'].map((Id) => ({ Id, MessageBody: Id }));
    const start = performance.now();
    await clients.sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
    expect((await Promise.all(polls)).map((messages) => messages.length)).toStrictEqual([1, 1]);
    expect(performance.now() - start).toBeLessThan(5000);
  },
  'an aborted long poll swallows no message': async (clients) => {
    const { url } = await queue(clients);
    const abort = new AbortController();
    const poll = errorName(receiveAborted(clients, url, abort.signal));
    for (const _ of [1, 2, 3, 4, 5]) await receive(clients, url);
    abort.abort();
    expect(await poll).toBe('AbortError');
    await clients.sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'after' }));
    const [message] = await receive(clients, url, { WaitTimeSeconds: 2 });
    expect(message?.Body).toBe('after');
  },
};

/** What SQS promises the bus about long polls. */
export const SQS_POLL_CHECKS: readonly ContractCheck[] = checksOf('sqs', checks);

async function receiveAborted({ sqs }: ContractClients, url: string, abortSignal: AbortSignal): Promise<void> {
  await sqs.send(new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds: 20 }), { abortSignal });
}
