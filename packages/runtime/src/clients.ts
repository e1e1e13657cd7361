import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { SNSClient, type SNSClientConfig } from '@aws-sdk/client-sns';
import { nameInsteadOfSigning, namingSigner, type SdkRequestHandler, trimForThisProcess } from '@infrafabric/aws-local';
import { SQSClient, type SQSClientConfig } from '@aws-sdk/client-sqs';

/** The data-plane clients of the product, all made the same way. */
export interface Clients {
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  readonly s3: S3Client;
  readonly dynamodb: DynamoDBClient;
  /** What every client was told, for one that is made on use. */
  readonly base: Base;
  readonly close: () => void;
}

/** Enough attempts to sit out a restart of the embedded AWS: the SDK's default gives up within 0.1 s. */
const EMBEDDED_ATTEMPTS = 10;

/**
 * Clients on the embedded AWS: the real SDK over a request handler of ours. Environment, profile and credential chain are
 * not consulted (DESIGN 4).
 *
 * The embedded AWS admits who knows the access key id and there is no secret to sign with, so requests carry the id and no
 * signature. Nor are bodies hashed for the way: evidence is named by its hash, which the store checks on both sides.
 */
export function embeddedClients(requestHandler: SdkRequestHandler, accessKeyId: string): Clients {
  const base = {
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1',
    credentials: { accessKeyId, secretAccessKey: 'embedded' },
    maxAttempts: EMBEDDED_ATTEMPTS,
    requestHandler,
    signer: namingSigner(accessKeyId),
    requestChecksumCalculation: 'WHEN_REQUIRED' as const,
    responseChecksumValidation: 'WHEN_REQUIRED' as const,
  };
  const clients = clientsOf(base);
  trimForThisProcess(clients.sns, clients.sqs, clients.s3, clients.dynamodb);
  nameInsteadOfSigning(accessKeyId, clients.sns, clients.sqs, clients.dynamodb);
  return clients;
}

/** Clients on AWS, or on whatever AWS_ENDPOINT_URL names: everything comes from the SDK's own chain. */
export function awsClients(): Clients {
  return clientsOf({ maxAttempts: 8 });
}

/** What the clients are told alike. */
type Base = SNSClientConfig & SQSClientConfig & S3ClientConfig & DynamoDBClientConfig;

function clientsOf(base: Base): Clients {
  const sns = new SNSClient(base);
  const sqs = new SQSClient({ ...base, useQueueUrlAsEndpoint: false });
  const s3 = new S3Client({ ...base, forcePathStyle: true });
  const dynamodb = new DynamoDBClient(base);
  return {
    sns,
    sqs,
    s3,
    dynamodb,
    base,
    close: () => {
      for (const client of [sns, sqs, s3, dynamodb]) client.destroy();
    },
  };
}
