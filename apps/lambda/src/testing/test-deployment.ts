import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { openAwsLocal } from '@infrafabric/aws-local';
import { type Config, readConfig } from '@infrafabric/runtime';
import { installDeployment, type Installed } from '@infrafabric/runtime/deployed/install';
import { LAMBDA_CONSTANTS, LAMBDA_FUNCTIONS, type LambdaFunction } from '@infrafabric/runtime/lambda-functions';
import { serveSecrets } from './secrets-server.ts';
import { type SteppedClock, steppedClock } from './stepped-clock.ts';

/** The parts of a deployment on the embedded AWS, which listens on loopback. */
export interface TestDeployment extends Installed {
  readonly clock: SteppedClock;
  readonly config: Config;
  readonly clients: {
    readonly sns: SNSClient;
    readonly sqs: SQSClient;
    readonly s3: S3Client;
    readonly dynamodb: DynamoDBClient;
    readonly base: object;
  };
  /** What the completion topic told since it was last asked. */
  readonly completions: () => Promise<unknown[]>;
  /** The bearer token of the API. */
  readonly apiToken: string;
  /** What the deployment gives a function: the variables it declares, and how to reach AWS. */
  readonly environmentOf: (declared: LambdaFunction) => Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

const ACCOUNT = '000000000000';

/** Test output is for tests. */
const QUIET = { LOG_LEVEL: 'silent', ENABLE_CLOUDWATCH_METRICS: 'off' };

/** Installs a deployment in a temporary folder. Variables that reach AWS are set in this process as well. */
export async function openTestDeployment(): Promise<TestDeployment> {
  const folder = mkdtempSync(join(tmpdir(), 'infrafabric-lambda-'));
  const clock = steppedClock();
  const aws = openAwsLocal({ file: ':memory:', clock });
  const accessKeyId = `IFLAMBDA${randomBytes(8).toString('hex').toUpperCase()}`;
  const { port } = await aws.listen({ accessKeyId });
  const clients = clientsOn(aws.requestHandler(), accessKeyId);
  const config = readConfig({ flags: {}, environment: { INFRAFABRIC_HOME: join(folder, 'home') } });
  const installed = await installDeployment(config, clients);
  const completion = await completionTopic(config, clients);
  const arnOf = (role: string): string => `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:${role}`;
  const secrets = await serveSecrets(new Map([...installed.secrets].map(([role, text]) => [arnOf(role), text])));
  const reach = {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: 'embedded',
    AWS_REGION: 'us-east-1',
  };
  const before = Object.fromEntries(Object.keys(reach).map((name) => [name, process.env[name]]));
  Object.assign(process.env, reach);
  const { addresses } = installed;
  const apiToken = randomBytes(32).toString('base64url');
  return {
    ...installed,
    clock,
    config,
    clients,
    apiToken,
    completions: completion.told,
    environmentOf: ({ role, name, environment }) => {
      const values: Record<string, string> = {
        INFRAFABRIC_TENANT: config.tenant,
        INFRAFABRIC_PREFIX: config.namePrefix,
        RESULTS_BUCKET: addresses.bucketName,
        STATE_TABLE: addresses.tableName,
        AGENT_QUEUE_TOPIC: addresses.topicArn,
        AGENT_QUEUE_URL: role === undefined ? '' : addresses.queueUrls[role],
        AGENT_DEAD_LETTER_URL: role === undefined ? '' : addresses.deadLetterUrls[role],
        AGENT_KEY_SECRET: arnOf(role ?? ''),
        COMPLETION_TOPIC_ARN: completion.topicArn,
        API_TOKEN_SHA256: createHash('sha256').update(apiToken).digest('hex'),
      };
      const declared = Object.fromEntries(environment.map((variable) => [variable, values[variable] ?? '']));
      return { ...LAMBDA_CONSTANTS, ...reach, INFRAFABRIC_HOME: join(folder, name), ...QUIET, ...declared };
    },
    close: async () => {
      for (const [name, value] of Object.entries(before)) {
        if (value === undefined) Reflect.deleteProperty(process.env, name);
        else process.env[name] = value;
      }
      await secrets.close();
      await aws.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function clientsOn(requestHandler: ReturnType<ReturnType<typeof openAwsLocal>['requestHandler']>, accessKeyId: string) {
  const base = {
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1',
    credentials: { accessKeyId, secretAccessKey: 'embedded' },
    requestHandler,
  };
  return {
    sns: new SNSClient(base),
    sqs: new SQSClient({ ...base, useQueueUrlAsEndpoint: false }),
    s3: new S3Client({ ...base, forcePathStyle: true }),
    dynamodb: new DynamoDBClient(base),
    base,
  };
}

/** The completion topic, and a queue that hears what it tells. */
async function completionTopic({ namePrefix }: Config, { sns, sqs }: Pick<TestDeployment['clients'], 'sns' | 'sqs'>) {
  const { TopicArn: topicArn = '' } = await sns.send(new CreateTopicCommand({ Name: `${namePrefix}-complete` }));
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: `${namePrefix}-heard` }));
  const asked = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  const Attributes = { RawMessageDelivery: 'true' };
  await sns.send(
    new SubscribeCommand({ TopicArn: topicArn, Protocol: 'sqs', Endpoint: asked.Attributes?.QueueArn, Attributes }),
  );
  const told = async (): Promise<unknown[]> => {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    return Messages.map(({ Body = '' }) => JSON.parse(Body) as unknown);
  };
  return { topicArn, told };
}

/** What is declared of a function. */
export function declaredOf(name: LambdaFunction['name']): LambdaFunction {
  const declared = LAMBDA_FUNCTIONS.find((one) => one.name === name);
  if (declared === undefined) throw new Error(`expected a function ${name}`);
  return declared;
}
