import { CreateTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
} from '@aws-sdk/client-sqs';
import { type ContractClients, unique } from './clients.ts';

/** A queue made for one check. */
export interface TestQueue {
  readonly url: string;
  readonly arn: string;
}

/** Makes a queue; messages in flight stay hidden for a minute unless `attributes` say otherwise. */
export async function queue(
  { sqs }: Pick<ContractClients, 'sqs'>,
  attributes: Record<string, string> = {},
): Promise<TestQueue> {
  const made = await sqs.send(
    new CreateQueueCommand({ QueueName: unique('q'), Attributes: { VisibilityTimeout: '60', ...attributes } }),
  );
  const url = made.QueueUrl ?? '';
  const found = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn'] }));
  return { url, arn: found.Attributes?.['QueueArn'] ?? '' };
}

/** Makes a topic and a queue subscribed to it. */
export async function subscribedQueue(
  clients: Pick<ContractClients, 'sns' | 'sqs'>,
  attributes: Record<string, string>,
): Promise<TestQueue & { topic: string; subscription: string }> {
  const made = await clients.sns.send(new CreateTopicCommand({ Name: unique('t') }));
  const topic = made.TopicArn ?? '';
  const target = await queue(clients);
  const subscribed = await clients.sns.send(
    new SubscribeCommand({ TopicArn: topic, Protocol: 'sqs', Endpoint: target.arn, Attributes: attributes }),
  );
  return { ...target, topic, subscription: subscribed.SubscriptionArn ?? '' };
}

/** Receives up to ten messages with everything about them. */
export async function receive(
  { sqs }: Pick<ContractClients, 'sqs'>,
  url: string,
  input: Partial<ReceiveMessageCommandInput> = {},
): Promise<Message[]> {
  const answer = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: url,
      MaxNumberOfMessages: 10,
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['All'],
      ...input,
    }),
  );
  return answer.Messages ?? [];
}

/** Receives and deletes until the queue is empty; answers the bodies in order of arrival. */
export async function drain(clients: Pick<ContractClients, 'sqs'>, url: string): Promise<string[]> {
  const bodies: string[] = [];
  for (;;) {
    const messages = await receive(clients, url);
    if (messages.length === 0) return bodies;
    for (const message of messages) {
      bodies.push(message.Body ?? '');
      await clients.sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message.ReceiptHandle }));
    }
  }
}
