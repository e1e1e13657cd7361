import type { Role, WorkerRole } from '@infrafabric/protocol';

/** A function of the deployment; the name of its entry file and of its bundle. */
export type LambdaName = 'start' | 'coordinator' | 'sweeper' | 'api' | WorkerRole;

/** What calls a function. */
export type LambdaTrigger =
  | {
      /** The queue of this role, with `ReportBatchItemFailures`. */
      readonly kind: 'queue';
      readonly role: Role;
      readonly batchSize: number;
      /** The most invocations of this queue at a time (2 or more: the least SQS event sources take, Lambda guide, 2026-11). */
      readonly maxConcurrency: number;
    }
  /** An EventBridge schedule, in UTC; people may invoke the function as well. */
  | { readonly kind: 'schedule'; readonly expression: string }
  /** A function URL, or an HTTP API with payload format 2.0. */
  | { readonly kind: 'http' };

/** Something of the deployment that a function may touch; `t/<tenant>/` stands before every key of the bucket. */
export type LambdaResource =
  | 'topic'
  | 'completion-topic'
  | 'queue'
  | 'dead-letter-queue'
  /** Those of every role. */
  | 'dead-letter-queues'
  | 'table'
  | 'key-secret'
  | `bucket/${'evidence' | 's' | 'quarantine' | 'report' | 'claim' | 'inputs'}/*`;

/** Actions on one resource. */
export interface LambdaGrant {
  readonly resource: LambdaResource;
  readonly actions: readonly string[];
}

/** Variables a function reads; where the value is fixed it stands in `LAMBDA_CONSTANTS`, the rest comes from the deployment. */
export type LambdaVariable =
  | 'INFRAFABRIC_TENANT'
  | 'INFRAFABRIC_PREFIX'
  | 'RESULTS_BUCKET'
  | 'STATE_TABLE'
  | 'AGENT_QUEUE_TOPIC'
  | 'AGENT_QUEUE_URL'
  | 'AGENT_DEAD_LETTER_URL'
  | 'AGENT_KEY_SECRET'
  | 'COMPLETION_TOPIC_ARN'
  | 'API_TOKEN_SHA256';

/** One Lambda function: what a deployment creates for it, and nothing it may do beside that. */
export interface LambdaFunction {
  /** Entry `apps/lambda/src/entries/<name>.ts`, bundle `apps/lambda/dist/<name>/`, handler `index.handler`. */
  readonly name: LambdaName;
  /** Whose key it signs with and whose queue `AGENT_QUEUE_URL` is; a function without a role holds no key. */
  readonly role?: Role;
  readonly trigger: LambdaTrigger;
  readonly timeoutSeconds: number;
  readonly memoryMib: number;
  /** Reads Parquet bills when it is deployed as the container image of `apps/lambda/Dockerfile`; as a zip it refuses them. */
  readonly readsParquet: boolean;
  /** Reads the analysed account with the policy of `docs/iam-policy.json`. */
  readonly readsAccount: boolean;
  readonly environment: readonly LambdaVariable[];
  readonly grants: readonly LambdaGrant[];
}

/** Variables that are the same for every function. */
export const LAMBDA_CONSTANTS: Readonly<Record<string, string>> = {
  INFRAFABRIC_MODE: 'aws',
  INFRAFABRIC_HOME: '/tmp/infrafabric',
  ENABLE_CLOUDWATCH_METRICS: 'emf',
};

/** The JSON of `AGENT_KEY_SECRET`: the seed of the role's key, unpadded base64url; the id of the root key; the signed trust document. */
export const KEY_SECRET_FIELDS = ['seed', 'root_key_id', 'trust'] as const;

/** Seconds a message of a queue that calls a function stays hidden: six times the timeout (Lambda guide, "Using Lambda with Amazon SQS", 2026-11). */
export const hiddenSeconds = ({ timeoutSeconds }: Pick<LambdaFunction, 'timeoutSeconds'>): number => 6 * timeoutSeconds;

/** Most a function is given; the default of `LAMBDA_TIMEOUT`. */
const TIMEOUT_SECONDS = 300;

const COMMON = ['INFRAFABRIC_TENANT', 'INFRAFABRIC_PREFIX', 'RESULTS_BUCKET', 'STATE_TABLE'] as const;
const AGENT = [...COMMON, 'AGENT_QUEUE_TOPIC', 'AGENT_QUEUE_URL', 'AGENT_DEAD_LETTER_URL', 'AGENT_KEY_SECRET'] as const;

const READ_TABLE = ['dynamodb:GetItem', 'dynamodb:Query'] as const;
const WRITE_TABLE = ['dynamodb:PutItem', 'dynamodb:UpdateItem'] as const;
const OBJECTS = ['s3:GetObject', 's3:PutObject'] as const;
const CONSUME = [
  'sqs:ReceiveMessage',
  'sqs:DeleteMessage',
  'sqs:ChangeMessageVisibility',
  'sqs:GetQueueAttributes',
] as const;

const KEY: LambdaGrant = { resource: 'key-secret', actions: ['secretsmanager:GetSecretValue'] };
const QUARANTINE: LambdaGrant = { resource: 'bucket/quarantine/*', actions: ['s3:PutObject'] };
const DEAD_LETTERS: LambdaGrant = { resource: 'dead-letter-queue', actions: ['sqs:SendMessage'] };
const PUBLISH: LambdaGrant = { resource: 'topic', actions: ['sns:Publish'] };

/** A worker reads evidence and its work list, writes its result and the state of its task, and tells the coordinator. */
function worker(role: WorkerRole, over: Partial<LambdaFunction> = {}): LambdaFunction {
  const evidence = role === 'collector' ? OBJECTS : (['s3:GetObject'] as const);
  return {
    name: role,
    role,
    trigger: { kind: 'queue', role, batchSize: 4, maxConcurrency: 50 },
    timeoutSeconds: TIMEOUT_SECONDS,
    memoryMib: 1_024,
    readsParquet: false,
    readsAccount: false,
    environment: AGENT,
    grants: [
      { resource: 'queue', actions: CONSUME },
      DEAD_LETTERS,
      PUBLISH,
      { resource: 'table', actions: ['dynamodb:GetItem', ...WRITE_TABLE] },
      { resource: 'bucket/evidence/*', actions: evidence },
      { resource: 'bucket/s/*', actions: OBJECTS },
      QUARANTINE,
      KEY,
    ],
    ...over,
  };
}

/** Every function of a deployment. */
export const LAMBDA_FUNCTIONS: readonly LambdaFunction[] = [
  {
    name: 'start',
    role: 'coordinator',
    trigger: { kind: 'schedule', expression: 'cron(0 2 * * ? *)' },
    timeoutSeconds: TIMEOUT_SECONDS,
    memoryMib: 1_769,
    readsParquet: true,
    readsAccount: true,
    environment: [...COMMON, 'AGENT_QUEUE_URL', 'AGENT_KEY_SECRET'],
    grants: [
      { resource: 'queue', actions: ['sqs:SendMessage'] },
      { resource: 'table', actions: ['dynamodb:GetItem', 'dynamodb:PutItem'] },
      { resource: 'bucket/evidence/*', actions: OBJECTS },
      { resource: 'bucket/s/*', actions: ['s3:PutObject'] },
      { resource: 'bucket/claim/*', actions: OBJECTS },
      { resource: 'bucket/inputs/*', actions: ['s3:GetObject'] },
      KEY,
    ],
  },
  {
    name: 'coordinator',
    role: 'coordinator',
    trigger: { kind: 'queue', role: 'coordinator', batchSize: 10, maxConcurrency: 10 },
    timeoutSeconds: TIMEOUT_SECONDS,
    memoryMib: 1_769,
    readsParquet: true,
    readsAccount: false,
    environment: [...AGENT, 'COMPLETION_TOPIC_ARN'],
    grants: [
      { resource: 'queue', actions: [...CONSUME, 'sqs:SendMessage'] },
      DEAD_LETTERS,
      PUBLISH,
      { resource: 'completion-topic', actions: ['sns:Publish'] },
      { resource: 'table', actions: [...READ_TABLE, ...WRITE_TABLE] },
      { resource: 'bucket/evidence/*', actions: ['s3:GetObject'] },
      { resource: 'bucket/s/*', actions: OBJECTS },
      { resource: 'bucket/report/*', actions: OBJECTS },
      QUARANTINE,
      KEY,
    ],
  },
  {
    name: 'sweeper',
    role: 'coordinator',
    trigger: { kind: 'schedule', expression: 'rate(1 minute)' },
    timeoutSeconds: 50,
    memoryMib: 512,
    readsParquet: false,
    readsAccount: false,
    environment: [...COMMON, 'AGENT_QUEUE_URL', 'AGENT_KEY_SECRET'],
    grants: [
      { resource: 'queue', actions: ['sqs:SendMessage'] },
      {
        resource: 'dead-letter-queues',
        actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'],
      },
      { resource: 'table', actions: [...READ_TABLE, ...WRITE_TABLE] },
      QUARANTINE,
      KEY,
    ],
  },
  {
    name: 'api',
    trigger: { kind: 'http' },
    timeoutSeconds: 30,
    memoryMib: 1_024,
    readsParquet: true,
    readsAccount: false,
    environment: [...COMMON, 'API_TOKEN_SHA256'],
    grants: [
      { resource: 'table', actions: [...READ_TABLE, ...WRITE_TABLE] },
      { resource: 'bucket/evidence/*', actions: OBJECTS },
      { resource: 'bucket/s/*', actions: OBJECTS },
      { resource: 'bucket/claim/*', actions: OBJECTS },
      { resource: 'bucket/inputs/*', actions: ['s3:GetObject'] },
      { resource: 'bucket/report/*', actions: ['s3:GetObject'] },
    ],
  },
  worker('collector', { readsParquet: true, readsAccount: true, trigger: queueOf('collector', 2) }),
  worker('pricing'),
  worker('rightsizing'),
  worker('upgrade-risk'),
  worker('budget', { readsParquet: true, trigger: queueOf('budget', 2) }),
];

function queueOf(role: WorkerRole, batchSize: number): LambdaTrigger {
  return { kind: 'queue', role, batchSize, maxConcurrency: 50 };
}
