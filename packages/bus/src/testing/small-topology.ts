import { CreateTopicCommand, type SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Role } from '@infrafabric/protocol';
import { MAX_RECEIVES } from '../bus-driver.ts';
import { ROUTING_ATTRIBUTE } from '../drivers/sns-publisher.ts';

/** Where the parts of a small topology are. */
export interface SmallTopology {
  readonly topicArn: string;
  readonly queueUrls: Readonly<Partial<Record<Role, string>>>;
  readonly deadLetterUrls: Readonly<Partial<Record<Role, string>>>;
}

/** One topic, and for each role a queue with a dead-letter queue behind it. */
export async function smallTopology(sns: SNSClient, sqs: SQSClient, roles: readonly Role[]): Promise<SmallTopology> {
  const { TopicArn: topicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'bus' }));
  const queueUrls: Partial<Record<Role, string>> = {};
  const deadLetterUrls: Partial<Record<Role, string>> = {};
  for (const role of roles) {
    const dead = await createQueue(sqs, `${role}-dead`, {});
    const redrive = { deadLetterTargetArn: dead.arn, maxReceiveCount: MAX_RECEIVES };
    const live = await createQueue(sqs, role, { RedrivePolicy: JSON.stringify(redrive) });
    const filter = { RawMessageDelivery: 'true', FilterPolicy: JSON.stringify({ [ROUTING_ATTRIBUTE]: [role] }) };
    const subscribe = { TopicArn: topicArn, Protocol: 'sqs', Endpoint: live.arn, Attributes: filter };
    await sns.send(new SubscribeCommand(subscribe));
    queueUrls[role] = live.url;
    deadLetterUrls[role] = dead.url;
  }
  return { topicArn, queueUrls, deadLetterUrls };
}

async function createQueue(
  sqs: SQSClient,
  name: string,
  attributes: Record<string, string>,
): Promise<{ url: string; arn: string }> {
  const { QueueUrl: url = '' } = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }));
  const asked = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn'] }));
  return { url, arn: asked.Attributes?.QueueArn ?? '' };
}
