import { type Role, WORKER_ROLES } from '@infrafabric/protocol';

/**
 * What InfraFabric needs of AWS, as data: the embedded AWS is provisioned from it and the deployment is synthesised from it.
 *
 * Names carry a prefix so that several installations share an account.
 */
export interface Topology {
  readonly topicName: string;
  readonly queues: readonly QueueSpec[];
  readonly tableName: string;
  readonly bucketName: string;
}

/** One queue with its dead-letter queue and its subscription to the topic. */
export interface QueueSpec {
  readonly role: Role;
  readonly queueName: string;
  readonly deadLetterQueueName: string;
  /** A message goes to its dead-letter queue after this many receives (reliability 3.4). */
  readonly maxReceiveCount: number;
  /** Longer than any task goes without a heartbeat. */
  readonly visibilityTimeoutSeconds: number;
  /** 14 days, the SQS maximum (SQS API reference, SetQueueAttributes, 2026-11): a dead letter waits for a person. */
  readonly deadLetterRetentionSeconds: number;
  /** SNS filter policy on message attributes. */
  readonly filterPolicy: { readonly agent_role: readonly [Role] };
}

/** The message attribute by which SNS routes; the only key of every filter policy. */
export const ROUTING_ATTRIBUTE = 'agent_role';

/** The topology of one installation. `bucketName` must be globally unique on AWS; embedded it need not be. */
export function topologyOf(prefix = 'infrafabric', bucketName = `${prefix}-results`): Topology {
  const roles: readonly Role[] = ['coordinator', ...WORKER_ROLES];
  return {
    topicName: `${prefix}-bus`,
    tableName: `${prefix}-state`,
    bucketName,
    queues: roles.map((role) => ({
      role,
      queueName: `${prefix}-${role}`,
      deadLetterQueueName: `${prefix}-${role}-dead`,
      maxReceiveCount: 10,
      visibilityTimeoutSeconds: 30,
      deadLetterRetentionSeconds: 1_209_600,
      filterPolicy: { agent_role: [role] },
    })),
  };
}
