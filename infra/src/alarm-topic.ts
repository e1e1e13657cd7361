import type { Topology } from '@infrafabric/runtime/topology';
import { RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { DeploymentOptions } from './options.ts';

/** Who tells of alarms, budgets and cost anomalies (their user guides, "Amazon SNS", 2026-11). */
const TELLERS = ['cloudwatch.amazonaws.com', 'budgets.amazonaws.com', 'costalerts.amazonaws.com'] as const;

/**
 * The topic people subscribe to. Services of AWS publish on it, which the key AWS manages for SNS does not let them; hence a
 * key of its own.
 */
export function createAlarmTopic(stack: Stack, topology: Topology, { alarmEmail }: DeploymentOptions): Topic {
  const key = new Key(stack, 'AlarmKey', {
    alias: topology.alarmTopicName,
    description: 'Encrypts the alarms of InfraFabric',
    enableKeyRotation: true,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const topic = new Topic(stack, 'Alarms', { topicName: topology.alarmTopicName, masterKey: key, enforceSSL: true });
  for (const service of TELLERS) {
    const principals = [new ServicePrincipal(service)];
    // CloudWatch does not say for which account it asks KMS, so the topic alone checks that; the key encrypts nothing else.
    key.addToResourcePolicy(
      new PolicyStatement({ principals, actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: ['*'] }),
    );
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals,
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
      }),
    );
  }
  if (alarmEmail !== '') topic.addSubscription(new EmailSubscription(alarmEmail));
  return topic;
}
