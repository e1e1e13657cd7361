import { randomUUID } from 'node:crypto';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';

/** The unchanged SDK clients a check speaks through. */
export interface ContractClients {
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  readonly s3: S3Client;
  readonly dynamodb: DynamoDBClient;
  readonly cloudwatch: CloudWatchClient;
  readonly logs: CloudWatchLogsClient;
}

/** How every client of the suite is made; an endpoint or a request handler is added. */
export interface ClientOptions {
  readonly endpoint?: string;
  readonly requestHandler?: object;
  readonly accessKeyId?: string;
}

/** Makes the clients; those for DynamoDB may have another endpoint. */
export function contractClients(options: ClientOptions, dynamodb: ClientOptions = options): ContractClients {
  return {
    sns: new SNSClient(configOf(options)),
    sqs: new SQSClient({ ...configOf(options), useQueueUrlAsEndpoint: false }),
    s3: new S3Client({ ...configOf(options), forcePathStyle: true }),
    dynamodb: new DynamoDBClient(configOf(dynamodb)),
    cloudwatch: new CloudWatchClient(configOf(options)),
    logs: new CloudWatchLogsClient(configOf(options)),
  };
}

/** A name no other check uses. */
export function unique(prefix: string): string {
  return `${prefix}-${randomUUID()}`;
}

function configOf(options: ClientOptions) {
  return {
    region: 'us-east-1',
    credentials: { accessKeyId: options.accessKeyId ?? 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
    ...(options.requestHandler === undefined ? {} : { requestHandler: options.requestHandler }),
  };
}
