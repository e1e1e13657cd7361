import { BudgetsClient, CreateBudgetCommand } from '@aws-sdk/client-budgets';
import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  AllocateAddressCommand,
  CreateVolumeCommand,
  DescribeImagesCommand,
  EC2Client,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { CreateClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import { CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateAccountCommand, CreateOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { CreateDBInstanceCommand, RDSClient } from '@aws-sdk/client-rds';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';

/** Credentials of one account of the emulator. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** The account every credential belongs to that names none. Source: moto, DEFAULT_ACCOUNT_ID. */
export const MAIN_ACCOUNT = '123456789012';

const FILLER: Credentials = { accessKeyId: 'filler', secretAccessKey: 'filler' };

/** Makes an organisation with one member account, and credentials to fill it with. */
export async function createMember(endpoint: string): Promise<{ account: string; credentials: Credentials }> {
  const at = { endpoint, region: 'us-east-1', credentials: FILLER, maxAttempts: 5 };
  const organizations = new OrganizationsClient(at);
  await organizations.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  const created = await organizations.send(new CreateAccountCommand({ AccountName: 'shop', Email: 'a@example.com' }));
  const account = created.CreateAccountStatus?.AccountId ?? '';
  const RoleArn = `arn:aws:iam::${account}:role/filler`;
  const { Credentials: given } = await new STSClient(at).send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: 'filler' }),
  );
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = given ?? {};
  return {
    account,
    credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken },
  };
}

/** A monthly budget of 100 USD. */
export async function createBudget(endpoint: string): Promise<void> {
  await new BudgetsClient({ endpoint, region: 'us-east-1', credentials: FILLER, maxAttempts: 5 }).send(
    new CreateBudgetCommand({
      AccountId: MAIN_ACCOUNT,
      Budget: {
        BudgetName: 'whole-account',
        BudgetType: 'COST',
        TimeUnit: 'MONTHLY',
        BudgetLimit: { Amount: '100', Unit: 'USD' },
      },
    }),
  );
}

/** Secrets planted where accounts have them; none may come out of a collection. */
export const PLANTED_SECRETS = ['hunter2-in-user-data', 'hunter2-in-environment'];

/** Ids of what was made in one region. */
export interface Filled {
  readonly idle: string;
  readonly busy: string;
  readonly gp2: string;
  readonly address: string;
}

/** Makes one region's estate with known waste and metrics of 14 days: an idle and a busy instance, a gp2 volume, an address nobody uses, an idle database, an unused function, a table, a bucket, a cluster, two log groups. */
export async function fillRegion(
  endpoint: string,
  region: string,
  { account, credentials }: { readonly account: string; readonly credentials: Credentials } = {
    account: MAIN_ACCOUNT,
    credentials: FILLER,
  },
): Promise<Filled> {
  // The emulator may be slow or fail under load: a filling that half worked would look like a finding that is missing.
  const at = { endpoint, region, credentials, maxAttempts: 5, account };
  const ec2 = new EC2Client(at);
  const [idle = '', busy = ''] = await runInstances(ec2);
  const volume = await ec2.send(
    new CreateVolumeCommand({ AvailabilityZone: `${region}a`, Size: 100, VolumeType: 'gp2' }),
  );
  const address = await ec2.send(new AllocateAddressCommand({ Domain: 'vpc' }));
  const bucket = `data-${account}-${region}`;
  await fillPlatform(at, region, bucket);
  await putHours(at, 'AWS/EC2', { InstanceId: idle }, { CPUUtilization: 1.5, NetworkIn: 100, NetworkOut: 90 });
  await putHours(at, 'AWS/EC2', { InstanceId: busy }, { CPUUtilization: 85, NetworkIn: 9e9, NetworkOut: 9e9 });
  await putHours(
    at,
    'AWS/RDS',
    { DBInstanceIdentifier: `orders-${region}` },
    { DatabaseConnections: 0, CPUUtilization: 2 },
  );
  await putHours(
    at,
    'CWAgent',
    { InstanceId: busy, ImageId: 'ami-1', InstanceType: 'm5.large' },
    { mem_used_percent: 40, disk_used_percent: 60 },
  );
  await putDays(at, 'AWS/S3', { BucketName: bucket, StorageType: 'StandardIAStorage' }, { BucketSizeBytes: 5e9 });
  await putDays(at, 'AWS/S3', { BucketName: bucket, StorageType: 'AllStorageTypes' }, { NumberOfObjects: 12 });
  return { idle, busy, gp2: volume.VolumeId ?? '', address: address.AllocationId ?? '' };
}

type At = {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: Credentials;
  readonly maxAttempts: number;
  readonly account: string;
};

async function runInstances(ec2: EC2Client): Promise<string[]> {
  const { Images = [] } = await ec2.send(new DescribeImagesCommand({ Owners: ['amazon'] }));
  const ImageId = Images.find((image) => image.Platform === undefined && image.Architecture === 'x86_64')?.ImageId;
  const { Instances = [] } = await ec2.send(
    new RunInstancesCommand({
      ImageId,
      MinCount: 2,
      MaxCount: 2,
      InstanceType: 'm5.large',
      UserData: Buffer.from(`#!/bin/sh\nexport DB_PASSWORD=${PLANTED_SECRETS[0]}\n`).toString('base64'),
    }),
  );
  return Instances.map((instance) => instance.InstanceId ?? '');
}

/** The role a function needs; one form post spares a client of its own. */
async function createRole({ endpoint, credentials }: At): Promise<void> {
  const trust = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  };
  const body = new URLSearchParams({
    Action: 'CreateRole',
    Version: '2010-05-08',
    RoleName: 'any',
    AssumeRolePolicyDocument: JSON.stringify(trust),
  });
  const authorization = `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/20261120/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0`;
  const answer = await fetch(endpoint, { method: 'POST', body, headers: { authorization } });
  const said = await answer.text();
  if (!answer.ok && !said.includes('EntityAlreadyExists')) throw new Error(`CreateRole: ${answer.status} ${said}`);
}

async function fillPlatform(at: At, region: string, bucket: string): Promise<void> {
  await new RDSClient(at).send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier: `orders-${region}`,
      Engine: 'postgres',
      DBInstanceClass: 'db.m5.large',
      AllocatedStorage: 100,
      MasterUsername: 'owner',
      MasterUserPassword: 'not-in-any-answer',
    }),
  );
  await createRole(at);
  await new LambdaClient(at).send(
    new CreateFunctionCommand({
      FunctionName: 'unused',
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Role: `arn:aws:iam::${at.account}:role/any`,
      Code: { ZipFile: EMPTY_ZIP },
      Environment: { Variables: { TOKEN: PLANTED_SECRETS[1] ?? '' } },
    }),
  );
  await new S3Client({ ...at, forcePathStyle: true }).send(
    new CreateBucketCommand({
      Bucket: bucket,
      ...(region === 'us-east-1' ? {} : { CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
    }),
  );
  await new DynamoDBClient(at).send(
    new CreateTableCommand({
      TableName: 'sessions',
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 },
    }),
  );
  await new EKSClient(at).send(
    new CreateClusterCommand({
      name: 'shop',
      version: '1.31',
      roleArn: `arn:aws:iam::${at.account}:role/any`,
      resourcesVpcConfig: {},
    }),
  );
  const logs = new CloudWatchLogsClient(at);
  await logs.send(new CreateLogGroupCommand({ logGroupName: '/kept/for/ever' }));
  await logs.send(new CreateLogGroupCommand({ logGroupName: '/kept/for/a/week' }));
  await logs.send(new PutRetentionPolicyCommand({ logGroupName: '/kept/for/a/week', retentionInDays: 7 }));
}

/** The end-of-central-directory record of a ZIP without files (APPNOTE.TXT 4.3.16). */
const EMPTY_ZIP = Buffer.concat([Buffer.from('504b0506', 'hex'), Buffer.alloc(18)]);

type Metrics = Readonly<Record<string, number>>;

/** 14 days of hours, or of days: S3 publishes its storage metrics once a day. */
const putHours = (at: At, namespace: string, dimensions: Readonly<Record<string, string>>, metrics: Metrics) =>
  putSteps(at, { namespace, dimensions, stepMs: 3_600_000 }, metrics);
const putDays = (at: At, namespace: string, dimensions: Readonly<Record<string, string>>, metrics: Metrics) =>
  putSteps(at, { namespace, dimensions, stepMs: 86_400_000 }, metrics);

async function putSteps(
  at: At,
  of: { readonly namespace: string; readonly dimensions: Readonly<Record<string, string>>; readonly stepMs: number },
  metrics: Metrics,
): Promise<void> {
  const client = new CloudWatchClient({ ...at, disableRequestCompression: true });
  const Dimensions = Object.entries(of.dimensions).map(([Name, Value]) => ({ Name, Value }));
  const lastMs = Math.floor(Date.now() / of.stepMs) * of.stepMs;
  const steps = (14 * 86_400_000) / of.stepMs;
  for (const [MetricName, Value] of Object.entries(metrics)) {
    const MetricData = Array.from({ length: steps }, (_, n) => ({
      MetricName,
      Dimensions,
      Value,
      Timestamp: new Date(lastMs - (n + 1) * of.stepMs),
    }));
    await client.send(new PutMetricDataCommand({ Namespace: of.namespace, MetricData }));
  }
}
