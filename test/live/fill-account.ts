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
import { CreateDBInstanceCommand, RDSClient } from '@aws-sdk/client-rds';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';

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
export async function fillRegion(endpoint: string, region: string): Promise<Filled> {
  const at = { endpoint, region, credentials: { accessKeyId: 'filler', secretAccessKey: 'filler' } };
  const ec2 = new EC2Client(at);
  const [idle = '', busy = ''] = await runInstances(ec2);
  const volume = await ec2.send(
    new CreateVolumeCommand({ AvailabilityZone: `${region}a`, Size: 100, VolumeType: 'gp2' }),
  );
  const address = await ec2.send(new AllocateAddressCommand({ Domain: 'vpc' }));
  await fillPlatform(at, region);
  await putHours(at, 'AWS/EC2', { InstanceId: idle }, { CPUUtilization: 1.5, NetworkIn: 100, NetworkOut: 90 });
  await putHours(at, 'AWS/EC2', { InstanceId: busy }, { CPUUtilization: 85, NetworkIn: 9e9, NetworkOut: 9e9 });
  await putHours(
    at,
    'AWS/RDS',
    { DBInstanceIdentifier: `orders-${region}` },
    { DatabaseConnections: 0, CPUUtilization: 2 },
  );
  return { idle, busy, gp2: volume.VolumeId ?? '', address: address.AllocationId ?? '' };
}

type At = {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { accessKeyId: string; secretAccessKey: string };
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
async function createRole({ endpoint }: At): Promise<void> {
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
  const authorization =
    'AWS4-HMAC-SHA256 Credential=filler/20261120/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0';
  await fetch(endpoint, { method: 'POST', body, headers: { authorization } });
}

async function fillPlatform(at: At, region: string): Promise<void> {
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
      Role: 'arn:aws:iam::123456789012:role/any',
      Code: { ZipFile: EMPTY_ZIP },
      Environment: { Variables: { TOKEN: PLANTED_SECRETS[1] ?? '' } },
    }),
  );
  await new S3Client({ ...at, forcePathStyle: true }).send(
    new CreateBucketCommand({
      Bucket: `data-${region}`,
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
      roleArn: 'arn:aws:iam::123456789012:role/any',
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

async function putHours(
  at: At,
  namespace: string,
  dimensions: Readonly<Record<string, string>>,
  metrics: Readonly<Record<string, number>>,
): Promise<void> {
  const client = new CloudWatchClient(at);
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  const hour = Math.floor(Date.now() / 3_600_000) * 3_600_000;
  for (const [MetricName, Value] of Object.entries(metrics)) {
    const MetricData = Array.from({ length: 14 * 24 }, (_, n) => ({
      MetricName,
      Dimensions,
      Value,
      Timestamp: new Date(hour - (n + 1) * 3_600_000),
    }));
    await client.send(new PutMetricDataCommand({ Namespace: namespace, MetricData }));
  }
}
