import type { PolicyStatement } from '@infrafabric/runtime/function-policy';
import { Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Why a finding of the AwsSolutions rules stands. */
const REASONS = {
  S1: 'Every object is named by its hash and checked on reading, and roles reach it by prefix; who must know of each read turns on CloudTrail data events, which name the role too.',
  SMG4: 'A signing key changes together with the trust document that the root key signs, and the root key is never on AWS; a person rotates them (README).',
} as const;

/** Why a resource of a statement ends in a wildcard, by what it names. */
const WILDCARDS: readonly (readonly [sid: RegExp, reason: string])[] = [
  [/^Bucket/, 'S3 knows objects by their key alone; the prefix is one tenant and one kind of object.'],
  [/^Logs$/, 'Lambda chooses the names of its log streams; the group is that of this function alone.'],
  [
    /^InfraFabricReadOnly$/,
    'Describing and listing has no resource level in most services, and an inventory is of the whole account; every action is a read, by its name.',
  ],
];

/** Lets one finding of the AwsSolutions rules stand on a construct. */
export function acknowledge(construct: IConstruct, rule: keyof typeof REASONS): void {
  Validations.of(construct).acknowledge({ id: `AwsSolutions::AwsSolutions-${rule}`, reason: REASONS[rule] });
}

/** Lets the wildcards of a role's statements stand, each by itself. @throws RangeError for one that has no reason. */
export function acknowledgeWildcards(role: IConstruct, statements: readonly PolicyStatement[]): void {
  for (const { Sid, Resource } of statements) {
    const resource = flatten(Stack.of(role).resolve(Resource));
    if (!resource.includes('*')) continue;
    const reason = WILDCARDS.find(([sid]) => sid.test(Sid))?.[1];
    if (reason === undefined) throw new RangeError(`the wildcard of the statement ${Sid} has no reason`);
    Validations.of(role).acknowledge({ id: `AwsSolutions::AwsSolutions-IAM5[Resource::${resource}]`, reason });
  }
}

/** A resolved value as cdk-nag writes it: `<LogicalId.Arn>` for what CloudFormation fills in. */
function flatten(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(flatten).join('');
  const [[name, of] = ['', '']] = Object.entries(Object(value));
  if (name === 'Ref') return `<${String(of)}>`;
  if (name === 'Fn::GetAtt' && Array.isArray(of)) return `<${of.join('.')}>`;
  if (name === 'Fn::Join' && Array.isArray(of)) return flatten(of[1]);
  throw new RangeError(`expected a reference, got ${name}`);
}
