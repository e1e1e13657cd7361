import type { LambdaFunction, LambdaGrant, LambdaResource } from './lambda-functions.ts';

/** Where the parts of a deployment are that one function may touch, as ARNs; its queues and its secret are those of its role. */
export interface FunctionPlaces {
  readonly tenant: string;
  readonly topicArn: string;
  readonly completionTopicArn: string;
  readonly queueArn: string;
  readonly deadLetterQueueArn: string;
  /** Those of every role. */
  readonly deadLetterQueueArns: readonly string[];
  readonly tableArn: string;
  readonly bucketArn: string;
  readonly keySecretArn: string;
  readonly logGroupArn: string;
}

/** One statement of an IAM policy. */
export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/**
 * What one function may do: what it declares, its own log streams, and the reads of the account when it collects.
 *
 * `accountReads` are the actions of a collection; describing and listing has no resource level in most services.
 */
export function functionPolicy(
  declared: Pick<LambdaFunction, 'grants' | 'readsAccount'>,
  places: FunctionPlaces,
  accountReads: readonly string[],
): readonly PolicyStatement[] {
  return [
    ...declared.grants.flatMap((grant) => statementsOf(grant, places)),
    ...(declared.grants.some(readsObjects) ? [seesAbsence(places)] : []),
    {
      Sid: 'Logs',
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: `${places.logGroupArn}:log-stream:*`,
    },
    ...(declared.readsAccount ? [accountStatement(accountReads)] : []),
  ];
}

/** One statement a place; those of several places are numbered. */
function statementsOf({ resource, actions }: LambdaGrant, places: FunctionPlaces): PolicyStatement[] {
  const arns = arnsOf(resource, places);
  const name = resource
    .replace('/*', '')
    .split(/[-/]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
  return arns.map((arn, index) => ({
    Sid: arns.length === 1 ? name : `${name}${index + 1}`,
    Effect: 'Allow',
    Action: actions,
    Resource: arn,
    ...(resource === 'table' ? { Condition: ownKeys(places.tenant) } : {}),
  }));
}

/** The items of the tenant alone: the partition key of every item begins with it. */
function ownKeys(tenant: string): NonNullable<PolicyStatement['Condition']> {
  return { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`t#${tenant}#*`] } };
}

function arnsOf(resource: LambdaResource, places: FunctionPlaces): readonly string[] {
  return resource === 'dead-letter-queues' ? places.deadLetterQueueArns : [arnOf(resource, places)];
}

function arnOf(resource: Exclude<LambdaResource, 'dead-letter-queues'>, places: FunctionPlaces): string {
  switch (resource) {
    case 'topic':
      return places.topicArn;
    case 'completion-topic':
      return places.completionTopicArn;
    case 'queue':
      return places.queueArn;
    case 'dead-letter-queue':
      return places.deadLetterQueueArn;
    case 'table':
      return places.tableArn;
    case 'key-secret':
      return places.keySecretArn;
    default:
      return `${places.bucketArn}/t/${places.tenant}/${resource.slice('bucket/'.length)}`;
  }
}

const readsObjects = ({ actions }: LambdaGrant): boolean => actions.includes('s3:GetObject');

/** Who may not list a bucket is told 403 for an object that is not there, not 404 (S3 API reference, GetObject, 2026-11). */
function seesAbsence({ bucketArn }: FunctionPlaces): PolicyStatement {
  return { Sid: 'SeesAbsence', Effect: 'Allow', Action: ['s3:ListBucket'], Resource: bucketArn };
}

function accountStatement(actions: readonly string[]): PolicyStatement {
  return { Sid: 'InfraFabricReadOnly', Effect: 'Allow', Action: actions, Resource: '*' };
}
