import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { sharedData } from '@infrafabric/protocol/testing';
import { describe, expect, test } from 'vitest';
import { redactJson, redactText } from './redaction.ts';
import { REDACTION_RULES } from './redaction-rules.ts';

/** Put together when the test runs, so that no scanner takes a sample for a leak. */
const KEY_ID = ['AKIA', 'IOSFODNN7EXAMPLE'].join('');
const SECRET_KEY = ['wJalrXUtnFEMI', 'K7MDENG', 'bPxRfiCYEXAMPLEKEY'].join('/');
const SIGNATURE = `X-Amz-Signature=${'0123456789abcdef'.repeat(4)}`;

describe('a secret in an AWS answer', () => {
  test.each([
    [
      'lambda.ListFunctions',
      { Functions: [{ Environment: { Variables: { A: 'x', B: '' } } }] },
      { Functions: [{ Environment: { Variables: { A: '[redacted:environment]', B: '' } } }] },
      1,
    ],
    [
      'lambda.GetFunction',
      { Code: { Location: 'https://h/p', RepositoryType: 'S3' } },
      { Code: { Location: '[redacted:code-location]', RepositoryType: 'S3' } },
      1,
    ],
    ['ec2.DescribeX', { Code: { Location: 'us-east-1a' } }, { Code: { Location: 'us-east-1a' } }, 0],
    [
      'ec2.DescribeInstanceAttribute',
      { UserData: { Value: 'IyEv' } },
      { UserData: { Value: '[redacted:user-data]' } },
      1,
    ],
    [
      'auto-scaling.DescribeLaunchConfigurations',
      { LaunchConfigurations: [{ UserData: 'IyEv', ImageId: 'ami-1' }, { UserData: '' }] },
      { LaunchConfigurations: [{ UserData: '[redacted:user-data]', ImageId: 'ami-1' }, { UserData: '' }] },
      1,
    ],
    [
      'ecs.DescribeTaskDefinition',
      { taskDefinition: { containerDefinitions: [{ environment: [{ name: 'HOST', value: 'db' }] }] } },
      {
        taskDefinition: {
          containerDefinitions: [{ environment: [{ name: 'HOST', value: '[redacted:environment]' }] }],
        },
      },
      1,
    ],
    [
      'ssm.GetParameters',
      { Parameters: [{ Name: '/db/url', Value: 'x' }] },
      { Parameters: [{ Name: '/db/url', Value: '[redacted:stored-value]' }] },
      1,
    ],
    ['rds.DescribeDBInstances', { MasterUserPassword: 'x' }, { MasterUserPassword: '[redacted:named-secret]' }, 1],
    [
      'ec2.DescribeTags',
      { Tags: [{ Key: 'DB_PASSWORD', Value: 'x' }] },
      { Tags: [{ Key: 'DB_PASSWORD', Value: '[redacted:named-secret]' }] },
      1,
    ],
    [
      'rds.DescribeDBInstances',
      { ManageMasterUserPassword: true, Secret: 'arn:aws:secretsmanager:us-east-1:1:secret:x' },
      { ManageMasterUserPassword: true, Secret: 'arn:aws:secretsmanager:us-east-1:1:secret:x' },
      0,
    ],
    ['ec2.DescribeTags', { Tags: { [KEY_ID]: '1' } }, { Tags: { '[redacted:aws-access-key]': '1' } }, 1],
  ])('of %s is replaced: %j', (operation, answer, value, redactions) => {
    expect(redactJson(answer, operation)).toStrictEqual({ value, redactions });
  });

  test('stays a member when it is called __proto__', () => {
    const answer = JSON.parse(`{"__proto__":{"UserData":"x"}}`);
    expect(JSON.stringify(redactJson(answer, 'ec2.X').value)).toBe('{"__proto__":{"UserData":"[redacted:user-data]"}}');
  });
});

const SECRETS = [
  [`https://b.s3.amazonaws.com/k?versionId=1&${SIGNATURE}&x=1`, 'https://b.s3.amazonaws.com/k[redacted:presigned-url]'],
  ['GET /?X-Amz-Security-Token=abc HTTP/1.1', 'GET /[redacted:presigned-url] HTTP/1.1'],
  ['Authorization: Bearer abcdef0123456789', '[redacted:authorization-header]'],
  ['curl -H "Authorization: Basic dXNlcjpwYXNz" https://h', 'curl -H "[redacted:authorization-header]" https://h'],
  [`id ${KEY_ID}, secret ${SECRET_KEY}.`, 'id [redacted:aws-access-key], secret [redacted:aws-secret-key].'],
  [`${KEY_ID}:${SECRET_KEY}`, '[redacted:aws-access-key]'],
  [SECRET_KEY, '[redacted:aws-secret-key]'],
  [`export AWS_SECRET_ACCESS_KEY=${SECRET_KEY}`, 'export AWS_[redacted:assigned-secret]'],
  ['postgres://app:hunter2@db.example.com/x', 'postgres://app:[redacted:connection-password]@db.example.com/x'],
  ['Server=db;Password=hunter2;Encrypt=true', 'Server=db;[redacted:assigned-secret];Encrypt=true'],
  ['{"password":"hunter2","user":"a"}', '{"[redacted:assigned-secret]","user":"a"}'],
  ['-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\n', '[redacted:private-key]'],
  [Buffer.from('-----BEGIN PRIVATE KEY-----\nMIIE').toString('base64'), '[redacted:private-key]'],
  [Buffer.from('-----BEGIN RSA PRIVATE KEY-----\nMIIE').toString('base64'), '[redacted:private-key]'],
  [Buffer.from('-----BEGIN OPENSSH PRIVATE KEY-----\nMIIE').toString('base64'), '[redacted:private-key]'],
  [Buffer.from('-----BEGIN EC PRIVATE KEY-----\nMIIE').toString('base64'), '[redacted:private-key]'],
  [`ghp_${'a1B2'.repeat(9)}`, '[redacted:github-token]'],
  [['xoxb', '123456789012', 'abcDEF'].join('-'), '[redacted:slack-token]'],
  [`sk_live_${'a1B2'.repeat(6)}`, '[redacted:stripe-key]'],
] as const;

describe('a text', () => {
  test.each(SECRETS)('%j loses its secret', (text, expected) => {
    expect(redactText(text).value).toBe(expected);
  });

  test.each([
    'arn:aws:elasticloadbalancing:us-east-1:644160558196:loadbalancer/net/nicnoc/d1c62a508f72274f',
    'arn:aws:secretsmanager:us-east-1:644160558196:secret:app/gitter/prod/secret-w6GyBA',
    'AIDACKCEVSQ6C2EXAMPLE',
    'vol-0ec2ee2808bf1bb7d',
    'da39a3ee5e6b4b0d3255bfef95601890afd80709',
    'sha256:9b74c9897bac770ffc029102a200c5de3b0e6d2b1ad4f1b8f1c9d1e4d5f6a7b8',
    'u1SrbDXL5XNdGHW6Qk7iJDwnM3VxYzPzXAkVq3OjQ5U=',
    Buffer.from('-----BEGIN CERTIFICATE-----\nMIIBIjANBgkqhkiG').toString('base64'),
    'https://sqs.us-east-1.amazonaws.com/644160558196/tokens',
    'password_encryption',
    'task-definition/sk-frontend:12',
  ])('%j is no secret and stays', (text) => {
    expect(redactText(text)).toStrictEqual({ value: text, redactions: 0 });
  });

  test('that was redacted once is not changed again', () => {
    const pieces = fc.array(fc.oneof(fc.constantFrom(...SECRETS.map(([text]) => text)), fc.string()), { maxLength: 6 });
    fc.assert(
      fc.property(pieces, (parts) => {
        const once = redactText(parts.join(' ')).value;
        expect(redactText(once)).toStrictEqual({ value: once, redactions: 0 });
      }),
    );
  });

  test.each(['?', '?X-Amz-', '://a:', '-eyJaaaaaaaa', 'xoxb-', 'Authorization   ', 'LS0tLS1CRUdJTi', 'password=['])(
    'of 2 MiB of %j is searched without giving up',
    (seed) => {
      const text = seed.repeat((2 * 1024 * 1024) / seed.length);
      expect(redactText(text).value.length).toBeLessThanOrEqual(text.length);
    },
  );
});

test('every rule has an id that its marker can hold', () => {
  expect(REDACTION_RULES.filter((rule) => !/^[a-z]+(-[a-z]+)*$/.test(rule.id))).toStrictEqual([]);
});

interface Samples {
  readonly rules: Readonly<Record<string, { true_positives: string[]; false_positives: string[] }>>;
}

const kept = (texts: readonly string[]): string[] => texts.filter((text) => redactText(text).redactions === 0);

const samples = sharedData('data/vectors/secrets-redaction/gitleaks-samples.json.base64', process.env);

test.skipIf(samples.missing)(`of the gitleaks samples every real secret is replaced${samples.note}`, () => {
  const { rules }: Samples = JSON.parse(Buffer.from(readFileSync(samples.path, 'utf8'), 'base64').toString());
  const lists = Object.values(rules);
  const [real, alike] = [lists.flatMap((list) => list.true_positives), lists.flatMap((list) => list.false_positives)];
  expect([real.length, alike.length]).toStrictEqual([15, 49]);
  expect(kept(real), 'addresses of web hooks without the secret part').toStrictEqual([
    'http://hooks.slack.com/services/',
    'https://hooks.slack.com/services/',
    'http://hooks.slack.com/workflows/',
    'https://hooks.slack.com/workflows/',
    'https://hooks.slack.com/triggers/',
  ]);
  expect(kept(alike).length, 'sample values have the form of a token and are replaced too').toBe(21);
  expect(kept(rules['generic']?.false_positives ?? []).length, 'ids and versions stay').toBe(12);
});
