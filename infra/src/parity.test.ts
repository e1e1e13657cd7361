import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { GetSubscriptionAttributesCommand, ListSubscriptionsByTopicCommand } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { type Fabric, openFabric, readConfig } from '@infrafabric/runtime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Json, ofType, synthesized } from './testing/template.ts';

const resources = synthesized();
const properties = (type: string): readonly Json[] => ofType(resources, type).map((one) => one.properties);
const home = mkdtempSync(join(tmpdir(), 'infrafabric-parity-'));
let fabric: Fabric;

beforeAll(async () => {
  fabric = await openFabric(readConfig({ flags: {}, environment: { INFRAFABRIC_HOME: home } }));
});

afterAll(async () => {
  await fabric.close();
  rmSync(home, { recursive: true });
});

/** The embedded account and region in an ARN, as the deployment has them. */
const deployed = (text: string): string => text.replaceAll('us-east-1:000000000000', 'eu-central-1:123456789012');

test('the queues of the deployment are those of the embedded AWS, attribute by attribute', async () => {
  const urls = [...Object.values(fabric.addresses.queueUrls), ...Object.values(fabric.addresses.deadLetterUrls)];
  const embedded = await Promise.all(
    urls.map(async (QueueUrl) => {
      const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
      return (await fabric.clients.sqs.send(asked)).Attributes!;
    }),
  );
  const policies = new Map(
    properties('AWS::SQS::QueuePolicy').map((one) => [one.PolicyDocument.Statement[0].Resource, one.PolicyDocument]),
  );
  const own = properties('AWS::SQS::Queue').map((one) => {
    const arn = `arn:aws:sqs:eu-central-1:123456789012:${one.QueueName}`;
    return {
      arn,
      visibility: String(one.VisibilityTimeout ?? 30),
      retention: String(one.MessageRetentionPeriod ?? 345_600),
      redrive: one.RedrivePolicy,
      policy: policies.get(arn),
    };
  });

  const theirs = embedded.map((one) => ({
    arn: deployed(one['QueueArn']!),
    visibility: one['VisibilityTimeout'],
    retention: one['MessageRetentionPeriod'],
    redrive: one['RedrivePolicy'] === undefined ? undefined : JSON.parse(deployed(one['RedrivePolicy'])),
    policy: JSON.parse(deployed(one['Policy']!)),
  }));
  const sorted = (some: readonly { arn: string }[]) => some.toSorted((a, b) => a.arn.localeCompare(b.arn));
  expect(sorted(own)).toStrictEqual(sorted(theirs));
});

test('the subscriptions have the same filters, raw delivery and dead letters', async () => {
  const { sns } = fabric.clients;
  const { Subscriptions = [] } = await sns.send(
    new ListSubscriptionsByTopicCommand({ TopicArn: fabric.addresses.topicArn }),
  );
  const embedded = await Promise.all(
    Subscriptions.map(async ({ SubscriptionArn }) => {
      const { Attributes } = await sns.send(
        new GetSubscriptionAttributesCommand({ SubscriptionArn: SubscriptionArn! }),
      );
      return Attributes!;
    }),
  );
  const theirs = embedded.map((one) => [
    deployed(one['Endpoint']!),
    deployed(one['TopicArn']!),
    JSON.parse(one['FilterPolicy']!),
    one['RawMessageDelivery'],
    JSON.parse(deployed(one['RedrivePolicy']!)),
  ]);
  const own = properties('AWS::SNS::Subscription').map((one) => [
    one.Endpoint,
    one.TopicArn,
    one.FilterPolicy,
    String(one.RawMessageDelivery),
    one.RedrivePolicy,
  ]);

  expect(new Set(own)).toStrictEqual(new Set(theirs));
  expect(own).toHaveLength(6);
});

test('the table has the same keys', async () => {
  const { Table } = await fabric.clients.dynamodb.send(
    new DescribeTableCommand({ TableName: fabric.addresses.tableName }),
  );
  const [table] = properties('AWS::DynamoDB::Table');

  expect(table.TableName).toBe(fabric.addresses.tableName);
  expect(table.KeySchema).toStrictEqual(Table?.KeySchema);
  expect(table.AttributeDefinitions).toStrictEqual(Table?.AttributeDefinitions);
});
