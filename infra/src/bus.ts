import type { Role } from '@infrafabric/protocol';
import { queuePolicy } from '@infrafabric/runtime/queue-policy';
import { type QueueSpec, ROUTING_ATTRIBUTE, type Topology } from '@infrafabric/runtime/topology';
import { Duration, type Stack } from 'aws-cdk-lib';
import { Alias } from 'aws-cdk-lib/aws-kms';
import { CfnSubscription, Topic } from 'aws-cdk-lib/aws-sns';
import { CfnQueuePolicy, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';

/** The queue of one role and where its messages go that nobody could handle or deliver. */
export interface RoleQueues {
  readonly queue: Queue;
  readonly deadLetters: Queue;
}

/** The bus: what agents publish to and read from. */
export interface Bus {
  readonly topic: Topic;
  readonly completionTopic: Topic;
  readonly queuesOf: (role: Role) => RoleQueues;
}

/** Topics and queues as the topology describes them, encrypted at rest and reached over TLS alone. */
export function createBus(stack: Stack, topology: Topology): Bus {
  // The key AWS manages for SNS costs nothing; only roles of this account publish here.
  const masterKey = Alias.fromAliasName(stack, 'SnsKey', 'alias/aws/sns');
  const topic = new Topic(stack, 'Bus', { topicName: topology.topicName, masterKey, enforceSSL: true });
  const completionTopic = new Topic(stack, 'Completion', {
    topicName: topology.completionTopicName,
    masterKey,
    enforceSSL: true,
  });
  const queues = new Map(topology.queues.map((spec) => [spec.role, createQueues(stack, spec, topic)]));
  return {
    topic,
    completionTopic,
    queuesOf: (role) => {
      const found = queues.get(role);
      if (found === undefined) throw new TypeError(`the topology has no queue for the role ${role}`);
      return found;
    },
  };
}

function createQueues(stack: Stack, spec: QueueSpec, topic: Topic): RoleQueues {
  const name = pascalCase(spec.role);
  const deadLetters = new Queue(stack, `${name}DeadLetters`, {
    queueName: spec.deadLetterQueueName,
    encryption: QueueEncryption.SQS_MANAGED,
    retentionPeriod: Duration.seconds(spec.deadLetterRetentionSeconds),
  });
  const queue = new Queue(stack, `${name}Queue`, {
    queueName: spec.queueName,
    encryption: QueueEncryption.SQS_MANAGED,
    visibilityTimeout: Duration.seconds(spec.visibilityTimeoutSeconds),
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: spec.maxReceiveCount },
  });
  for (const [kind, one] of [
    ['Queue', queue],
    ['DeadLetters', deadLetters],
  ] as const) {
    const policyDocument = queuePolicy(one.queueArn, topic.topicArn);
    new CfnQueuePolicy(stack, `${name}${kind}Policy`, { queues: [one.queueUrl], policyDocument });
  }
  new CfnSubscription(stack, `${name}Subscription`, {
    topicArn: topic.topicArn,
    protocol: 'sqs',
    endpoint: queue.queueArn,
    rawMessageDelivery: true,
    filterPolicy: { [ROUTING_ATTRIBUTE]: spec.filterPolicy.agent_role },
    redrivePolicy: { deadLetterTargetArn: deadLetters.queueArn },
  });
  return { queue, deadLetters };
}

/** `upgrade-risk` as the logical ids of CloudFormation write it: `UpgradeRisk`. */
export function pascalCase(name: string): string {
  return name.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
