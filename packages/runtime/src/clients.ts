import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';

/** The data-plane clients of the product, all made the same way. */
export interface Clients {
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  readonly s3: S3Client;
  readonly dynamodb: DynamoDBClient;
  readonly close: () => void;
}

/** Enough attempts to sit out a restart of the embedded AWS: the SDK's default gives up within 0.1 s. */
const EMBEDDED_ATTEMPTS = 10;

/**
 * Clients on the embedded AWS: the real SDK over a request handler of ours. Environment, profile and credential chain are
 * not consulted (DESIGN 4).
 */
export function embeddedClients(requestHandler: unknown, accessKeyId: string): Clients {
  const base = {
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1',
    credentials: { accessKeyId, secretAccessKey: 'embedded' },
    maxAttempts: EMBEDDED_ATTEMPTS,
    requestHandler: requestHandler as never,
  };
  return clientsOf(base);
}

/** Clients on AWS, or on whatever AWS_ENDPOINT_URL names: everything comes from the SDK's own chain. */
export function awsClients(): Clients {
  return clientsOf({ maxAttempts: 8 });
}

function clientsOf(base: ConstructorParameters<typeof SNSClient>[0] & object): Clients {
  const sns = new SNSClient(base);
  const sqs = new SQSClient({ ...(base as object), useQueueUrlAsEndpoint: false });
  const s3 = new S3Client({ ...(base as object), forcePathStyle: true });
  const dynamodb = new DynamoDBClient(base as object);
  return {
    sns,
    sqs,
    s3,
    dynamodb,
    close: () => {
      for (const client of [sns, sqs, s3, dynamodb]) client.destroy();
    },
  };
}
