import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type LambdaFunction, LAMBDA_FUNCTIONS, type LambdaResource } from '@infrafabric/runtime/lambda-functions';
import { expect, test } from 'vitest';
import { type Json, ofType, synthesized } from './testing/template.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const resources = synthesized({ prefix: 'acme', tenant: 'blue', apiTokenSha256: 'ab'.repeat(32) });
const roles = new Map(ofType(resources, 'AWS::IAM::Role').map((one) => [one.properties.RoleName, one.properties]));
const docs: { Statement: [{ Action: string[] }] } = JSON.parse(
  readFileSync(join(ROOT, 'docs/iam-policy.json'), 'utf8'),
);

const PLACE = 'eu-central-1:123456789012';
const BUCKET = 'arn:aws:s3:::acme-results-123456789012-eu-central-1';

/** Every grant of a role as `action on ARN`. */
function granted(name: string): string[] {
  const statements = roles.get(`acme-${name}`).Policies.flatMap((one: Json) => one.PolicyDocument.Statement);
  return statements
    .flatMap(({ Action, Resource }: Json) => [Action].flat().map((action) => `${action} on ${Resource}`))
    .toSorted();
}

/** What a function declares, with the resources of this deployment written out by hand. */
function declared({ name, role, grants, readsAccount }: LambdaFunction): string[] {
  const arns: Partial<Record<LambdaResource, string>> = {
    topic: `arn:aws:sns:${PLACE}:acme-bus`,
    'completion-topic': `arn:aws:sns:${PLACE}:acme-complete`,
    queue: `arn:aws:sqs:${PLACE}:acme-${role}`,
    'dead-letter-queue': `arn:aws:sqs:${PLACE}:acme-${role}-dead`,
    table: `arn:aws:dynamodb:${PLACE}:table/acme-state`,
    'key-secret': `arn:aws:secretsmanager:${PLACE}:secret:acme/keys/${role}-abcdef`,
  };
  const own = grants.flatMap(({ resource, actions }) => {
    if (resource === 'dead-letter-queues') {
      const roles = ['coordinator', 'collector', 'pricing', 'rightsizing', 'upgrade-risk', 'budget'];
      return roles.flatMap((one) => actions.map((action) => `${action} on arn:aws:sqs:${PLACE}:acme-${one}-dead`));
    }
    const arn = arns[resource] ?? `${BUCKET}/t/blue/${resource.slice('bucket/'.length)}`;
    return actions.map((action) => `${action} on ${arn}`);
  });
  const isAgent = name === role;
  const logs = `arn:aws:logs:${PLACE}:log-group:/acme/${isAgent ? 'agents' : 'services'}/${name}:log-stream:*`;
  const reads = grants.some(({ actions }) => actions.includes('s3:GetObject')) ? [`s3:ListBucket on ${BUCKET}`] : [];
  const account = readsAccount ? accountReadsOf(name).map((action) => `${action} on *`) : [];
  return [...own, ...reads, `logs:CreateLogStream on ${logs}`, `logs:PutLogEvents on ${logs}`, ...account].toSorted();
}

/** The collector asks all of docs/iam-policy.json but what only `prices update` asks; a start asks where to look. */
function accountReadsOf(name: string): string[] {
  const ofPrices = new Set([
    'ec2:DescribeSpotPriceHistory',
    'pricing:GetProducts',
    'savingsplans:DescribeSavingsPlansOfferingRates',
  ]);
  const lookingUp = [
    'cloudwatch:GetMetricData',
    'cloudwatch:ListMetrics',
    'ec2:DescribeRegions',
    'organizations:ListAccounts',
  ];
  return name === 'start' ? lookingUp : docs.Statement[0].Action.filter((action) => !ofPrices.has(action));
}

test.each(LAMBDA_FUNCTIONS)('the role of $name may do exactly what it declares', (one) => {
  expect(granted(one.name)).toStrictEqual(declared(one));
});

test('there is one role a function, and nothing else gives a permission', () => {
  const names: readonly string[] = [...roles.keys()];
  expect(names.toSorted()).toStrictEqual(LAMBDA_FUNCTIONS.map(({ name }) => `acme-${name}`).toSorted());
  const others = resources.filter(({ type }) => /^AWS::IAM::(?!Role$)/.test(type)).map(({ id }) => id);
  expect(others).toStrictEqual([]);
  for (const role of roles.values()) {
    expect(role.ManagedPolicyArns).toBeUndefined();
    expect(role.AssumeRolePolicyDocument.Statement).toStrictEqual([
      { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } },
    ]);
  }
});

test('no action has a wildcard, and a resource has one only where AWS knows no narrower name', () => {
  const grants = LAMBDA_FUNCTIONS.flatMap(({ name }) => granted(name).map((grant) => grant.split(' on ')));

  expect(grants.filter(([action]) => action!.includes('*'))).toStrictEqual([]);
  const wide = grants.filter(([, arn]) => arn!.includes('*')).map(([action, arn]) => [action!.split(':')[0], arn]);
  const kinds = wide.map(([service, arn]) =>
    service === 's3' && /\/t\/blue\/[a-z]+\/\*$/.test(arn!)
      ? 'objects of one kind'
      : service === 'logs' && arn!.endsWith(':log-stream:*')
        ? 'own log streams'
        : arn === '*'
          ? 'the account'
          : arn,
  );
  expect(new Set(kinds)).toStrictEqual(new Set(['objects of one kind', 'own log streams', 'the account']));
  const account = grants.filter(([, arn]) => arn === '*').map(([action]) => action!);
  expect(account.filter((action) => !/^[a-z0-9-]+:(?:Describe|List|Get|View)[A-Z]/.test(action))).toStrictEqual([]);
});

test('a role reads and writes the items of its tenant alone', () => {
  for (const role of roles.values()) {
    const onTable = role.Policies[0].PolicyDocument.Statement.filter(({ Sid }: Json) => Sid === 'Table');
    expect(onTable.map(({ Condition }: Json) => Condition)).toStrictEqual([
      { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['t#blue#*'] } },
    ]);
  }
});

/** The permission each call of the data plane needs (Service Authorization Reference, 2026-11). */
const NEEDS: Readonly<Record<string, string>> = {
  PublishBatchCommand: 'sns:Publish',
  ReceiveMessageCommand: 'sqs:ReceiveMessage',
  DeleteMessageBatchCommand: 'sqs:DeleteMessage',
  ChangeMessageVisibilityBatchCommand: 'sqs:ChangeMessageVisibility',
  SendMessageCommand: 'sqs:SendMessage',
  GetItemCommand: 'dynamodb:GetItem',
  PutItemCommand: 'dynamodb:PutItem',
  UpdateItemCommand: 'dynamodb:UpdateItem',
  QueryCommand: 'dynamodb:Query',
  GetObjectCommand: 's3:GetObject',
  HeadObjectCommand: 's3:GetObject',
  PutObjectCommand: 's3:PutObject',
};

/** Declared for what calls the functions or stands in their environment, not for a driver of the bus or the store. */
const FOR_THE_PLATFORM = new Set(['sqs:GetQueueAttributes', 'secretsmanager:GetSecretValue']);

test('what the drivers of bus and store call is declared, and nothing is declared that they do not call', () => {
  const called = ['packages/bus/src/drivers', 'packages/store/src/drivers'].flatMap((folder) => commandsIn(folder));
  const needed = new Set(called.map((command) => NEEDS[command] ?? `nothing known of ${command}`));
  const actions = new Set(LAMBDA_FUNCTIONS.flatMap(({ grants }) => grants.flatMap((grant) => grant.actions)));

  expect([...needed].filter((action) => !actions.has(action))).toStrictEqual([]);
  expect([...actions].filter((action) => !needed.has(action) && !FOR_THE_PLATFORM.has(action))).toStrictEqual([]);
});

function commandsIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .flatMap((name) => {
      const text = readFileSync(join(ROOT, folder, name), 'utf8');
      return [...text.matchAll(/import \{([^}]*)\} from '@aws-sdk\//g)].flatMap(([, names]) =>
        [...names!.matchAll(/\b\w+Command\b/g)].map(([command]) => command),
      );
    });
}
