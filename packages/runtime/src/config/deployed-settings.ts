import { anyText, type Setting } from './setting.ts';

const arn = (service: string): Setting<string>['parse'] => {
  const form = new RegExp(`^arn:[a-z-]+:${service}:[a-z0-9-]+:[0-9]{12}:.+$`);
  return (text) => (form.test(text) ? { value: text } : { expected: `an ARN of ${service}` });
};

const url: Setting<string>['parse'] = (text) =>
  /^https?:\/\/[^\s]+$/.test(text) ? { value: text } : { expected: 'the URL of a queue' };

/** Where the parts of a deployment are. The deployment gives each function those it needs; on a machine of one's own they stay empty. */
export const DEPLOYED_SETTINGS = {
  stateTable: {
    env: 'STATE_TABLE',
    describe: 'Functions of a deployment: name of the state table',
    fallback: '',
    parse: anyText,
  } satisfies Setting<string>,
  topicArn: {
    env: 'AGENT_QUEUE_TOPIC',
    describe: 'Functions of a deployment: ARN of the topic from which messages go to the queues of the agents',
    fallback: '',
    parse: arn('sns'),
  } satisfies Setting<string>,
  queueUrl: {
    env: 'AGENT_QUEUE_URL',
    describe: 'Functions of a deployment: URL of the queue of their own role',
    fallback: '',
    parse: url,
  } satisfies Setting<string>,
  deadLetterUrl: {
    env: 'AGENT_DEAD_LETTER_URL',
    describe: 'Functions of a deployment: URL of the dead-letter queue of their own role',
    fallback: '',
    parse: url,
  } satisfies Setting<string>,
  keySecretArn: {
    env: 'AGENT_KEY_SECRET',
    describe: 'Functions of a deployment: ARN of the secret with the key of their role and the trust document',
    fallback: '',
    parse: arn('secretsmanager'),
  } satisfies Setting<string>,
  completionTopicArn: {
    env: 'COMPLETION_TOPIC_ARN',
    describe: 'Functions of a deployment: ARN of the topic that hears of every session that ends; empty: nobody does',
    fallback: '',
    parse: arn('sns'),
  } satisfies Setting<string>,
  apiTokenSha256: {
    env: 'API_TOKEN_SHA256',
    describe:
      'Functions of a deployment: SHA-256 of the bearer token of the API, 64 hexadecimal digits; empty: nobody is let in',
    fallback: '',
    parse: (text) => (/^[0-9a-f]{64}$/.test(text) ? { value: text } : { expected: '64 hexadecimal digits' }),
  } satisfies Setting<string>,
} as const;
