import {
  CreateTopicCommand,
  GetSubscriptionAttributesCommand,
  ListSubscriptionsByTopicCommand,
  PublishBatchCommand,
  PublishCommand,
  SetSubscriptionAttributesCommand,
  SetTopicAttributesCommand,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { expect } from 'vitest';
import { type ContractCheck, checksOf, errorName } from './check.ts';
import { type ContractClients, unique } from './clients.ts';
import { drain, queue, receive, subscribedQueue } from './messaging.ts';

type Run = (clients: ContractClients) => Promise<void>;

const RAW = { RawMessageDelivery: 'true' };
const text = (StringValue: string) => ({ DataType: 'String', StringValue });

const checks: Readonly<Record<string, Run>> = {
  'a raw subscription delivers the message and its attributes as they are': async (clients) => {
    const { topic, url } = await subscribedQueue(clients, RAW);
    const MessageAttributes = {
      to: text('pricing'),
      bytes: { DataType: 'Binary', BinaryValue: Uint8Array.of(0, 255, 1) },
    };
    const Message = '{"a":"ü +%&=\\n"}';
    await clients.sns.send(new PublishCommand({ TopicArn: topic, Message, MessageAttributes }));
    const [message] = await receive(clients, url);
    expect(message?.Body).toBe(Message);
    expect(message?.MessageAttributes).toMatchObject(MessageAttributes);
  },
  'a subscription that is not raw delivers a notification': async (clients) => {
    const { topic, url } = await subscribedQueue(clients, {});
    const published = await clients.sns.send(
      new PublishCommand({ TopicArn: topic, Message: 'm', Subject: 's', MessageAttributes: { to: text('a') } }),
    );
    const [message] = await receive(clients, url);
    expect(JSON.parse(message?.Body ?? '')).toMatchObject({
      Type: 'Notification',
      MessageId: published.MessageId,
      TopicArn: topic,
      Subject: 's',
      Message: 'm',
      MessageAttributes: { to: { Type: 'String', Value: 'a' } },
    });
  },
  'a topic delivers to every subscribed queue': async (clients) => {
    const { topic, url } = await subscribedQueue(clients, RAW);
    const other = await queue(clients);
    const subscribe = new SubscribeCommand({ TopicArn: topic, Protocol: 'sqs', Endpoint: other.arn, Attributes: RAW });
    await clients.sns.send(subscribe);
    const entries = ['1', '2', '3'].map((Id) => ({ Id, Message: `m${Id}` }));
    const sent = await clients.sns.send(
      new PublishBatchCommand({ TopicArn: topic, PublishBatchRequestEntries: entries }),
    );
    expect(sent.Successful?.map((entry) => entry.Id)).toStrictEqual(['1', '2', '3']);
    expect((await drain(clients, url)).sort()).toStrictEqual(['m1', 'm2', 'm3']);
    expect((await drain(clients, other.url)).sort()).toStrictEqual(['m1', 'm2', 'm3']);
  },
  'a filter policy chooses by attributes': async (clients) => {
    const policy = { kind: ['task', { prefix: 'pri' }], size: [{ numeric: ['>=', 5, '<', 9] }] };
    const attributes = { ...RAW, FilterPolicy: JSON.stringify(policy) };
    const { topic, url } = await subscribedQueue(clients, attributes);
    const publish = (Message: string, kind: string, size: string) =>
      clients.sns.send(
        new PublishCommand({
          TopicArn: topic,
          Message,
          MessageAttributes: { kind: text(kind), size: { DataType: 'Number', StringValue: size } },
        }),
      );
    await publish('exact', 'task', '5');
    await publish('prefix', 'pricing', '8.5');
    await publish('too large', 'task', '9');
    await publish('other kind', 'note', '6');
    expect((await drain(clients, url)).sort()).toStrictEqual(['exact', 'prefix']);
  },
  'a filter policy can be changed and removed': async (clients) => {
    const { topic, url, subscription } = await subscribedQueue(clients, RAW);
    const set = (AttributeValue: string) =>
      clients.sns.send(
        new SetSubscriptionAttributesCommand({
          SubscriptionArn: subscription,
          AttributeName: 'FilterPolicy',
          AttributeValue,
        }),
      );
    await set('{"kind":[{"exists":false}]}');
    await clients.sns.send(
      new PublishCommand({ TopicArn: topic, Message: 'kept out', MessageAttributes: { kind: text('x') } }),
    );
    await clients.sns.send(
      new PublishCommand({ TopicArn: topic, Message: 'let in', MessageAttributes: { other: text('x') } }),
    );
    expect(await drain(clients, url)).toStrictEqual(['let in']);
    await set('{"kind":[{"anything-but":["a"]}]}');
    await clients.sns.send(
      new PublishCommand({ TopicArn: topic, Message: 'b', MessageAttributes: { kind: text('b') } }),
    );
    await clients.sns.send(
      new PublishCommand({ TopicArn: topic, Message: 'a', MessageAttributes: { kind: text('a') } }),
    );
    expect(await drain(clients, url)).toStrictEqual(['b']);
  },
  'a filter policy that is none is refused': async (clients) => {
    const { topic } = await subscribedQueue(clients, RAW);
    const other = await queue(clients);
    const Attributes = { FilterPolicy: '{"kind":"task"}' };
    const call = clients.sns.send(
      new SubscribeCommand({ TopicArn: topic, Protocol: 'sqs', Endpoint: other.arn, Attributes }),
    );
    expect(await errorName(call)).toBe('InvalidParameterException');
  },
  'a raw delivery of more than ten attributes is dropped': async (clients) => {
    const { topic, url } = await subscribedQueue(clients, RAW);
    const names = Array.from({ length: 11 }, (_, index) => `k${index}`);
    const MessageAttributes = Object.fromEntries(names.map((name) => [name, text('v')]));
    await clients.sns.send(new PublishCommand({ TopicArn: topic, Message: 'x', MessageAttributes }));
    expect(await drain(clients, url)).toStrictEqual([]);
  },
  'a message of 256 KiB is taken and one byte more is not': async (clients) => {
    const { topic } = await subscribedQueue(clients, RAW);
    const publish = (bytes: number): Promise<string> =>
      errorName(clients.sns.send(new PublishCommand({ TopicArn: topic, Message: 'x'.repeat(bytes) })));
    expect(await publish(262_144)).toBe('none');
    expect(await publish(262_145)).toBe('InvalidParameterException');
  },
  'a batch of more than 256 KiB is refused': async (clients) => {
    const { topic } = await subscribedQueue(clients, RAW);
    const entries = ['1', '2'].map((Id) => ({ Id, Message: 'x'.repeat(131_073) }));
    const call = clients.sns.send(new PublishBatchCommand({ TopicArn: topic, PublishBatchRequestEntries: entries }));
    expect(await errorName(call)).toBe('BatchRequestTooLongException');
  },
  'MaximumMessageSize raises the limit': async (clients) => {
    const { topic, url } = await subscribedQueue(clients, RAW);
    await clients.sns.send(
      new SetTopicAttributesCommand({
        TopicArn: topic,
        AttributeName: 'MaximumMessageSize',
        AttributeValue: '1048576',
      }),
    );
    await clients.sns.send(new PublishCommand({ TopicArn: topic, Message: 'x'.repeat(1_048_576) }));
    expect((await drain(clients, url)).map((body) => body.length)).toStrictEqual([1_048_576]);
  },
  'publishing to no topic is refused with 404': async (clients) => {
    const call = clients.sns.send(
      new PublishCommand({ TopicArn: `arn:aws:sns:us-east-1:000000000000:${unique('none')}`, Message: 'x' }),
    );
    expect(await errorName(call)).toBe('NotFoundException');
  },
  'a topic and a subscription are made once': async (clients) => {
    const Name = unique('t');
    const first = await clients.sns.send(new CreateTopicCommand({ Name }));
    const second = await clients.sns.send(new CreateTopicCommand({ Name }));
    expect(second.TopicArn).toBe(first.TopicArn);
    const { arn } = await queue(clients);
    const subscribe = () =>
      clients.sns.send(
        new SubscribeCommand({ TopicArn: first.TopicArn, Protocol: 'sqs', Endpoint: arn, Attributes: RAW }),
      );
    const subscription = (await subscribe()).SubscriptionArn;
    expect((await subscribe()).SubscriptionArn).toBe(subscription);
    const listed = await clients.sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: first.TopicArn }));
    expect(listed.Subscriptions?.map((one) => one.Endpoint)).toStrictEqual([arn]);
  },
  'an ended subscription delivers nothing': async (clients) => {
    const { topic, url, subscription } = await subscribedQueue(clients, RAW);
    const found = await clients.sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn: subscription }));
    expect(found.Attributes?.['RawMessageDelivery']).toBe('true');
    await clients.sns.send(new UnsubscribeCommand({ SubscriptionArn: subscription }));
    await clients.sns.send(new PublishCommand({ TopicArn: topic, Message: 'x' }));
    expect(await drain(clients, url)).toStrictEqual([]);
  },
};

/** What SNS promises the bus. */
export const SNS_CHECKS: readonly ContractCheck[] = checksOf('sns', checks);
