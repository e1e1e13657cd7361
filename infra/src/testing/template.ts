import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { FabricStack } from '../fabric-stack.ts';
import { readOptions } from '../options.ts';

/** Any value of a template. */
// oxlint-disable-next-line typescript/no-explicit-any -- a template is free JSON, and tests compare whole values of it
export type Json = any;

/** A resource of a template with what CloudFormation would fill in written out. */
export interface Resource {
  readonly id: string;
  readonly type: string;
  /** What becomes of it when it leaves the stack. */
  readonly deletion: string | undefined;
  readonly properties: Json;
}

const PSEUDO: Readonly<Record<string, string>> = {
  'AWS::AccountId': '123456789012',
  'AWS::Region': 'eu-central-1',
  'AWS::Partition': 'aws',
};

/** The resources of a deployment in account 123456789012, eu-central-1; no bundle is needed. */
export function synthesized(given: Readonly<Record<string, unknown>> = {}): readonly Resource[] {
  const codeOf = (): Code => Code.fromInline('exports.handler = async () => {};');
  const stack = new FabricStack(new App(), 'test', { options: readOptions(given), codeOf });
  const { Resources } = Template.fromStack(stack).toJSON() as { Resources: Record<string, Raw> };
  return Object.entries(Resources).map(([id, { Type, Properties, DeletionPolicy }]) => ({
    id,
    type: Type,
    deletion: DeletionPolicy,
    properties: filledIn(Properties ?? {}, Resources),
  }));
}

/** The resources of one type. */
export const ofType = (resources: readonly Resource[], type: string): readonly Resource[] =>
  resources.filter((one) => one.type === type);

interface Raw {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
  readonly DeletionPolicy?: string;
}

function filledIn(value: unknown, all: Record<string, Raw>): unknown {
  if (Array.isArray(value)) return value.map((item) => filledIn(item, all));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [name, of] = entries.length === 1 ? entries[0]! : ['', undefined];
  if (name === 'Ref') return PSEUDO[String(of)] ?? referred(String(of), 'Ref', all);
  if (name === 'Fn::GetAtt') return referred((of as string[])[0]!, (of as string[])[1]!, all);
  if (name === 'Fn::Join') return (filledIn(of, all) as [string, string[]])[1].join((of as [string])[0]);
  return Object.fromEntries(entries.map(([key, item]) => [key, filledIn(item, all)]));
}

/** What a Ref or GetAtt gives once the resource exists (CloudFormation resource reference, Return values, 2026-11). */
function referred(id: string, attribute: string, all: Record<string, Raw>): string {
  const { Type, Properties = {} } = all[id]!;
  const name = (key: string): string => String(filledIn(Properties[key], all));
  const arn = (service: string, rest: string): string => `arn:aws:${service}:eu-central-1:123456789012:${rest}`;
  const answers: Record<string, string> = {
    'AWS::SQS::Queue Arn': arn('sqs', name('QueueName')),
    'AWS::SQS::Queue Ref': `https://sqs.eu-central-1.amazonaws.com/123456789012/${name('QueueName')}`,
    'AWS::SQS::Queue QueueName': name('QueueName'),
    'AWS::SNS::Topic Ref': arn('sns', name('TopicName')),
    'AWS::DynamoDB::Table Arn': arn('dynamodb', `table/${name('TableName')}`),
    'AWS::DynamoDB::Table Ref': name('TableName'),
    'AWS::S3::Bucket Arn': `arn:aws:s3:::${name('BucketName')}`,
    'AWS::S3::Bucket Ref': name('BucketName'),
    'AWS::SecretsManager::Secret Ref': arn('secretsmanager', `secret:${name('Name')}-abcdef`),
    'AWS::Logs::LogGroup Ref': name('LogGroupName'),
    'AWS::IAM::Role Arn': `arn:aws:iam::123456789012:role/${name('RoleName')}`,
    'AWS::Lambda::Function Arn': arn('lambda', `function:${name('FunctionName')}`),
    'AWS::Lambda::Function Ref': name('FunctionName'),
  };
  return answers[`${Type} ${attribute}`] ?? `<${id}.${attribute}>`;
}
