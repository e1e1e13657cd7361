import { CreateFileSystemCommand, EFSClient } from '@aws-sdk/client-efs';
import { CreateKeyCommand, DisableKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, CreateMultipartUploadCommand, S3Client } from '@aws-sdk/client-s3';
import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import { type At, putDays } from './metrics.ts';

const ROLE = 'arn:aws:iam::123456789012:role/any';

/** Functions, buckets, streams, keys, file systems and endpoints, one used and one not of each. */
export async function fillPlatform(at: At): Promise<void> {
  await fillFunctions(at);
  await fillBuckets(at);
  await fillStreams(at);
  await fillKeys(at);
  await fillEndpoints(at);
  await new EFSClient(at).send(new CreateFileSystemCommand({ CreationToken: 'left' }));
}

async function fillFunctions(at: At): Promise<void> {
  await createRole(at);
  for (const [FunctionName, invocations] of [
    ['unused', 0],
    ['used', 900],
  ] as const) {
    await new LambdaClient(at).send(
      new CreateFunctionCommand({
        FunctionName,
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Role: ROLE,
        Code: { ZipFile: EMPTY_ZIP },
      }),
    );
    await putDays(at, 'AWS/Lambda', { FunctionName }, { Invocations: invocations, Duration: invocations * 100 });
  }
}

/** The end-of-central-directory record of a ZIP without files (APPNOTE.TXT 4.3.16). */
const EMPTY_ZIP = Buffer.concat([Buffer.from('504b0506', 'hex'), Buffer.alloc(18)]);

/** The role a function needs; one form post spares a client of its own. */
async function createRole({ endpoint }: At): Promise<void> {
  const body = new URLSearchParams({
    Action: 'CreateRole',
    Version: '2010-05-08',
    RoleName: 'any',
    AssumeRolePolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    }),
  });
  const authorization =
    'AWS4-HMAC-SHA256 Credential=filler/20261120/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0';
  await fetch(endpoint, { method: 'POST', body, headers: { authorization } });
}

async function fillBuckets(at: At): Promise<void> {
  const s3 = new S3Client({ ...at, forcePathStyle: true });
  for (const Bucket of ['uploads-begun', 'uploads-none']) await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new CreateMultipartUploadCommand({ Bucket: 'uploads-begun', Key: 'never-ended' }));
}

async function fillStreams(at: At): Promise<void> {
  for (const [StreamName, records] of [
    ['dry', 0],
    ['clicks', 5000],
  ] as const) {
    await createStream(at, StreamName);
    await putDays(at, 'AWS/Kinesis', { StreamName }, { IncomingRecords: records });
  }
}

/** The client speaks HTTP/2, which the emulator does not. */
async function createStream({ endpoint, region }: At, StreamName: string): Promise<void> {
  const authorization = `AWS4-HMAC-SHA256 Credential=filler/20261120/${region}/kinesis/aws4_request, SignedHeaders=host, Signature=0`;
  await fetch(endpoint, {
    method: 'POST',
    headers: {
      authorization,
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'Kinesis_20131202.CreateStream',
    },
    body: JSON.stringify({ StreamName, ShardCount: 2 }),
  });
}

async function fillKeys(at: At): Promise<void> {
  const kms = new KMSClient(at);
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  await kms.send(new CreateKeyCommand({}));
  await kms.send(new DisableKeyCommand({ KeyId: KeyMetadata?.KeyId }));
}

async function fillEndpoints(at: At): Promise<void> {
  const sagemaker = new SageMakerClient(at);
  await sagemaker.send(
    new CreateModelCommand({ ModelName: 'scores', ExecutionRoleArn: ROLE, PrimaryContainer: { Image: 'scores:1' } }),
  );
  for (const [EndpointName, invocations] of [
    ['unasked', 0],
    ['asked', 700],
  ] as const) {
    await sagemaker.send(
      new CreateEndpointConfigCommand({
        EndpointConfigName: EndpointName,
        ProductionVariants: [
          { VariantName: 'all', ModelName: 'scores', InitialInstanceCount: 1, InstanceType: 'ml.m5.large' },
        ],
      }),
    );
    await sagemaker.send(new CreateEndpointCommand({ EndpointName, EndpointConfigName: EndpointName }));
    await putDays(at, 'AWS/SageMaker', { EndpointName, VariantName: 'all' }, { Invocations: invocations });
  }
}
