import { type Role, WORKER_ROLES, WorkerRole } from '@infrafabric/protocol';
import { hiddenSeconds, LAMBDA_FUNCTIONS, type LambdaName } from './lambda-functions.ts';

/**
 * What InfraFabric needs of AWS, as data: the embedded AWS is provisioned from it and the deployment is synthesised from it.
 *
 * Names carry a prefix so that several installations share an account.
 */
export interface Topology {
  readonly topicName: string;
  /** Hears of each report that is ready; only a deployment has one. */
  readonly completionTopicName: string;
  /** Hears of each alarm, budget notice and cost anomaly; only a deployment has one. */
  readonly alarmTopicName: string;
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
  /** Six times the timeout of the function the queue calls. A poller names a shorter time in each receive and heartbeats. */
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
    completionTopicName: `${prefix}-complete`,
    alarmTopicName: `${prefix}-alarms`,
    tableName: `${prefix}-state`,
    bucketName,
    queues: roles.map((role) => ({
      role,
      queueName: `${prefix}-${role}`,
      deadLetterQueueName: `${prefix}-${role}-dead`,
      maxReceiveCount: 10,
      visibilityTimeoutSeconds: visibilityOf(role),
      deadLetterRetentionSeconds: 1_209_600,
      filterPolicy: { agent_role: [role] },
    })),
  };
}

/** The name of a function on AWS. */
export const functionName = (prefix: string, name: LambdaName): string => `${prefix}-${name}`;

/** Where the log lines of a function go, one group a function: agents, and the doors that start or show sessions. */
export function logGroupName(prefix: string, name: LambdaName): string {
  const kind = name === 'coordinator' || WorkerRole.safeParse(name).success ? 'agents' : 'services';
  return `/${prefix}/${kind}/${name}`;
}

/** The secret with the signing key of a role. */
export const keySecretName = (prefix: string, role: Role): string => `${prefix}/keys/${role}`;

function visibilityOf(role: Role): number {
  const reader = LAMBDA_FUNCTIONS.find(({ trigger }) => trigger.kind === 'queue' && trigger.role === role);
  if (reader === undefined) throw new TypeError(`no function reads the queue of the role ${role}`);
  return hiddenSeconds(reader);
}
