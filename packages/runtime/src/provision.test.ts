import { CreateTableCommand, DescribeTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { ListSubscriptionsByTopicCommand, GetSubscriptionAttributesCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { openAwsLocal } from '@infrafabric/aws-local';
import { STATE_TABLE } from '@infrafabric/store';
import { expect, onTestFinished, test } from 'vitest';
import { embeddedClients } from './clients.ts';
import { provision } from './provision.ts';
import { topologyOf } from './topology.ts';

const ARN = 'arn:aws:sqs:us-east-1:000000000000:';

function openClients() {
  const aws = openAwsLocal({ file: ':memory:' });
  onTestFinished(() => aws.close());
  return embeddedClients(aws.requestHandler(), 'test');
}

test('a queue is hidden six times as long as its function may run, and takes messages from the topic alone, over TLS', async () => {
  const clients = openClients();
  const { topicArn, queueUrls, deadLetterUrls } = await provision(topologyOf(), clients);
  const attributesOf = async (url: string) =>
    (await clients.sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }))).Attributes!;

  const [main, dead] = [await attributesOf(queueUrls.pricing), await attributesOf(deadLetterUrls.pricing)];

  expect(main['VisibilityTimeout']).toBe('1800');
  expect(JSON.parse(main['RedrivePolicy']!)).toStrictEqual({
    deadLetterTargetArn: `${ARN}infrafabric-pricing-dead`,
    maxReceiveCount: 10,
  });
  for (const [queue, name] of [
    [main, 'infrafabric-pricing'],
    [dead, 'infrafabric-pricing-dead'],
  ] as const) {
    expect(JSON.parse(queue['Policy']!).Statement).toStrictEqual([
      expect.objectContaining({
        Effect: 'Allow',
        Action: 'sqs:SendMessage',
        Resource: ARN + name,
        Condition: { ArnEquals: { 'aws:SourceArn': topicArn } },
      }),
      expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    ]);
  }
});

test('what the topic cannot deliver goes to the dead letters of the role', async () => {
  const { sns, ...others } = openClients();
  const { topicArn } = await provision(topologyOf(), { sns, ...others });
  const { Subscriptions = [] } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: topicArn }));
  const budget = Subscriptions.find(({ Endpoint }) => Endpoint === `${ARN}infrafabric-budget`)!;

  const { Attributes = {} } = await sns.send(
    new GetSubscriptionAttributesCommand({ SubscriptionArn: budget.SubscriptionArn! }),
  );

  expect(Attributes).toMatchObject({
    RawMessageDelivery: 'true',
    FilterPolicy: '{"agent_role":["budget"]}',
    RedrivePolicy: `{"deadLetterTargetArn":"${ARN}infrafabric-budget-dead"}`,
  });
});

test('items of the state table go when their time is over, also in a table of an earlier release', async () => {
  const clients = openClients();
  const { tableName } = topologyOf();
  await clients.dynamodb.send(new CreateTableCommand({ TableName: tableName, ...STATE_TABLE }));
  await provision(topologyOf(), clients);
  const { TimeToLiveDescription } = await clients.dynamodb.send(
    new DescribeTimeToLiveCommand({ TableName: tableName }),
  );

  expect(TimeToLiveDescription).toStrictEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expires_at' });
});

test('what an earlier release or a deployment made with other attributes is used as it is', async () => {
  const clients = openClients();
  const Attributes = { VisibilityTimeout: '30' };
  const { QueueUrl } = await clients.sqs.send(new CreateQueueCommand({ QueueName: 'infrafabric-pricing', Attributes }));

  const first = await provision(topologyOf(), clients);
  const again = await provision(topologyOf(), clients);

  expect(first.queueUrls.pricing).toBe(QueueUrl);
  expect(again).toStrictEqual(first);
});
