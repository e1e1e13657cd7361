import {
  CreateTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, HeadBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, type SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueAttributesCommand, GetQueueUrlCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Role } from '@infrafabric/protocol';
import { STATE_TABLE, TIME_TO_LIVE_ATTRIBUTE } from '@infrafabric/store';
import type { Clients } from './clients.ts';
import { queuePolicy } from './queue-policy.ts';
import { type QueueSpec, ROUTING_ATTRIBUTE, type Topology } from './topology.ts';

/** Where the parts of a topology are once they exist, as far as this process may use them. */
export interface Addresses {
  readonly topicArn: string;
  readonly queueUrls: Readonly<Partial<Record<Role, string>>>;
  readonly deadLetterUrls: Readonly<Partial<Record<Role, string>>>;
  readonly tableName: string;
  readonly bucketName: string;
}

/** The addresses of a whole topology. */
export interface WholeAddresses extends Addresses {
  readonly queueUrls: Readonly<Record<Role, string>>;
  readonly deadLetterUrls: Readonly<Record<Role, string>>;
}

/** Creates what is missing of a topology and answers where everything is; safe to run again and from several processes. */
export async function provision(topology: Topology, { sns, sqs, s3, dynamodb }: Clients): Promise<WholeAddresses> {
  const [topicArn] = await Promise.all([
    createTopic(topology, sns),
    createTable(topology, dynamodb),
    createBucket(topology, s3),
  ]);
  const queues = await Promise.all(topology.queues.map((queue) => createQueue(queue, topicArn, sns, sqs)));
  return {
    topicArn,
    queueUrls: byRole(queues, (queue) => queue.url),
    deadLetterUrls: byRole(queues, (queue) => queue.deadLetterUrl),
    tableName: topology.tableName,
    bucketName: topology.bucketName,
  };
}

interface CreatedQueue {
  readonly role: Role;
  readonly url: string;
  readonly deadLetterUrl: string;
}

function byRole(queues: readonly CreatedQueue[], pick: (queue: CreatedQueue) => string): Record<Role, string> {
  const of = (role: Role): string => {
    const queue = queues.find((one) => one.role === role);
    if (queue === undefined) throw new TypeError(`the topology has no queue for the role ${role}`);
    return pick(queue);
  };
  return {
    coordinator: of('coordinator'),
    collector: of('collector'),
    pricing: of('pricing'),
    rightsizing: of('rightsizing'),
    'upgrade-risk': of('upgrade-risk'),
    budget: of('budget'),
  };
}

async function createTopic(topology: Topology, sns: SNSClient): Promise<string> {
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: topology.topicName }));
  return TopicArn ?? '';
}

async function createQueue(queue: QueueSpec, topicArn: string, sns: SNSClient, sqs: SQSClient): Promise<CreatedQueue> {
  const dead = await ensureQueue(sqs, queue.deadLetterQueueName, {
    MessageRetentionPeriod: String(queue.deadLetterRetentionSeconds),
    Policy: policyOf(queue.deadLetterQueueName, topicArn),
  });
  const main = await ensureQueue(sqs, queue.queueName, {
    VisibilityTimeout: String(queue.visibilityTimeoutSeconds),
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: queue.maxReceiveCount }),
    Policy: policyOf(queue.queueName, topicArn),
  });
  const subscription = new SubscribeCommand({
    TopicArn: topicArn,
    Protocol: 'sqs',
    Endpoint: main.arn,
    Attributes: {
      RawMessageDelivery: 'true',
      FilterPolicy: JSON.stringify({ [ROUTING_ATTRIBUTE]: queue.filterPolicy.agent_role }),
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn }),
    },
  });
  await sns.send(subscription).catch(unlessSubscribed);
  return { role: queue.role, url: main.url, deadLetterUrl: dead.url };
}

/** The queue's own ARN: that of the topic with another service and name. */
function policyOf(queueName: string, topicArn: string): string {
  const place = topicArn.slice(0, topicArn.lastIndexOf(':')).replace(':sns:', ':sqs:');
  return JSON.stringify(queuePolicy(`${place}:${queueName}`, topicArn));
}

/** The queue of this name: made now, or there already, with the attributes it has (those of a deployment, or of an earlier release). */
async function ensureQueue(
  sqs: SQSClient,
  name: string,
  attributes: Record<string, string>,
): Promise<{ url: string; arn: string }> {
  const made = await sqs
    .send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }))
    .catch(unless('QueueNameExists', 'QueueAlreadyExists'));
  const { QueueUrl } = made ?? (await sqs.send(new GetQueueUrlCommand({ QueueName: name })));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  return { url: QueueUrl ?? '', arn: Attributes?.['QueueArn'] ?? '' };
}

/** A subscription that is there with other attributes stays as it is. The words are those of SNS; it has no code of its own for this. */
function unlessSubscribed(error: unknown): undefined {
  if (error instanceof Error && error.message.includes('already exists with different attributes')) return undefined;
  throw error;
}

async function createTable(topology: Topology, dynamodb: DynamoDBClient): Promise<void> {
  await dynamodb
    .send(new CreateTableCommand({ TableName: topology.tableName, ...STATE_TABLE }))
    .catch(unless('ResourceInUseException'));
  await setTimeToLive(topology.tableName, dynamodb);
}

/** Lets items go whose time is over. A table of AWS that is still being made is set by whoever provisions next. */
async function setTimeToLive(TableName: string, dynamodb: DynamoDBClient): Promise<void> {
  const { TimeToLiveDescription } = await dynamodb.send(new DescribeTimeToLiveCommand({ TableName }));
  if (TimeToLiveDescription?.TimeToLiveStatus !== 'DISABLED') return;
  const TimeToLiveSpecification = { AttributeName: TIME_TO_LIVE_ATTRIBUTE, Enabled: true };
  await dynamodb
    .send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }))
    .catch(unless('ResourceInUseException', 'ResourceNotFoundException', 'ValidationException'));
}

async function createBucket(topology: Topology, s3: S3Client): Promise<void> {
  const there = await s3
    .send(new HeadBucketCommand({ Bucket: topology.bucketName }))
    .then(() => true, unless('NotFound', 'NoSuchBucket'));
  if (there !== true)
    await s3.send(new CreateBucketCommand({ Bucket: topology.bucketName })).catch(unless('BucketAlreadyOwnedByYou'));
}

/** Takes the named refusals of AWS for an answer and throws everything else. */
function unless(...names: readonly string[]): (error: unknown) => undefined {
  return (error) => {
    if (error instanceof Error && names.includes(error.name)) return undefined;
    throw error;
  };
}
