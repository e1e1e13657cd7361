import { evidenceId, sha256Hex } from '@infrafabric/protocol';
import { expect, test } from 'vitest';
import { pseudonymousSink } from './estate-sink.ts';
import { Handles } from './handles.ts';
import { pseudonymise } from './pseudonymise.ts';

const HANDLES = new Handles(new Uint8Array(32).fill(1));
const OTHER = new Handles(new Uint8Array(32).fill(2));

test.each([
  ['an account id', '123456789012', /^\d{12}$/],
  ['an id of AWS', 'i-0d6fc89a578546fec', /^i-[0-9a-f]{17}$/],
  ['an old id of AWS', 'vol-2b047792', /^vol-[0-9a-f]{8}$/],
  ['a key id', '36812ccf-daaf-49b1-a24b-0eef254ffe41', /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/],
  ['a public address', '35.162.52.140', /^240(?:\.\d{1,3}){3}$/],
  ['a private network', '172.31.8.0/24', /^10(?:\.\d{1,3}){3}\/24$/],
  ['an IPv6 address', '2600:1f18:1234::1', /^2001:db8::[0-9a-f]{4}:[0-9a-f]{4}$/],
  ['a hardware address', '0a:d4:67:1f:58:03', /^02(?::[0-9a-f]{2}){5}$/],
  ['a name', 'payments', /^n-[0-9a-f]{12}$/],
  ['a name of an environment', 'payments-prod-db', /^n-[0-9a-f]{12}-prod$/],
  ['a name with an account id', 'logs-123456789012', /^n-[0-9a-f]{12}$/],
  ['a sentence', 'Created for payments by i-0d6fc89a578546fec', /^n-[0-9a-f]{12}$/],
  ['an ARN', 'arn:aws:rds:eu-west-1:123456789012:db:payments', /^arn:aws:rds:eu-west-1:\d{12}:db:n-[0-9a-f]{12}$/],
  ['a path', '/aws/lambda/payments', /^\/aws\/lambda\/n-[0-9a-f]{12}$/],
])('%s becomes a handle of its form, the same each time and another under another key', (_, text, form) => {
  expect(HANDLES.of(text)).toMatch(form);
  expect(HANDLES.of(text)).not.toBe(text);
  expect(new Handles(new Uint8Array(32).fill(1)).of(text)).toBe(HANDLES.of(text));
  expect(OTHER.of(text)).not.toBe(HANDLES.of(text));
});

test.each([
  '',
  'true',
  '42',
  '0.096',
  '2026-11-20T00:00:00.000Z',
  'eu-west-1',
  'us-east-1a',
  'db.m5.large',
  '14.7',
  'Linux/UNIX',
  'AWS/EC2',
  'com.amazonaws.us-east-1.s3',
  '[redacted:user-data]',
])('keeps %j, which names nobody', (text) => {
  expect(HANDLES.of(text)).toBe(text);
});

test('relations survive: an ARN, a reference and a dimension speak of the same handle', () => {
  const [table, key] = [HANDLES.of('orders'), HANDLES.of('36812ccf-daaf-49b1-a24b-0eef254ffe41')];
  const answer = {
    TableName: 'orders',
    TableArn: 'arn:aws:dynamodb:eu-west-1:123456789012:table/orders',
    TableStatus: 'ACTIVE',
    KMSMasterKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/36812ccf-daaf-49b1-a24b-0eef254ffe41',
    ItemCount: 3,
  };
  const account = HANDLES.account('123456789012');
  expect(pseudonymise(answer, HANDLES)).toStrictEqual({
    TableName: table,
    TableArn: `arn:aws:dynamodb:eu-west-1:${account}:table/${table}`,
    TableStatus: 'ACTIVE',
    KMSMasterKeyArn: `arn:aws:kms:eu-west-1:${account}:key/${key}`,
    ItemCount: 3,
  });
});

test('AWS words stay in their members only; tags keep their environment; policies are replaced inside', () => {
  const handle = (text: string): string => HANDLES.of(text);
  const answer = {
    State: { Name: 'running' },
    Name: 'running-shoes',
    Engine: 'postgres',
    MasterUsername: 'postgres',
    family: 'checkout',
    Tags: [
      { Key: 'Environment', Value: 'dev' },
      { Key: 'customer', Value: 'Acme' },
    ],
    tags: { team: 'checkout', 'aws:eks:cluster-name': 'shop' },
    lifecyclePolicyText: '{"rules":[{"selection":{"countType":"imageCountMoreThan","tagPrefixList":["acme"]}}]}',
  };
  expect(pseudonymise(answer, HANDLES)).toStrictEqual({
    State: { Name: 'running' },
    Name: handle('running-shoes'),
    Engine: 'postgres',
    MasterUsername: handle('postgres'),
    family: handle('checkout'),
    Tags: [
      { Key: 'Environment', Value: handle('dev') },
      { Key: handle('customer'), Value: handle('Acme') },
    ],
    tags: { [handle('team')]: handle('checkout'), 'aws:eks:cluster-name': handle('shop') },
    lifecyclePolicyText: JSON.stringify({
      rules: [{ selection: { countType: 'imageCountMoreThan', tagPrefixList: [handle('acme')] } }],
    }),
  });
  expect(handle('dev')).toMatch(/-dev$/);
});

test('what Trusted Advisor says stays readable: its check and its amounts, not the resource', () => {
  const metadata = ['eu-west-1', 'vol-0a1b2c3d4e5f60718', 'acme-data', '$1,270.08'];
  const answer = { result: { checkId: 'DAvU99Dc4C', flaggedResources: [{ status: 'warning', metadata }] } };
  const [region, volume, name, saving] = metadata;
  const left = [region, HANDLES.of(volume!), HANDLES.of(name!), saving];
  expect(pseudonymise(answer, HANDLES)).toStrictEqual({
    result: { checkId: 'DAvU99Dc4C', flaggedResources: [{ status: 'warning', metadata: left }] },
  });
});

test('files move to the folder of the handle, and metrics and requests follow', async () => {
  const files: Record<string, string> = {};
  const sink = pseudonymousSink(async (name, bytes) => {
    files[name] = new TextDecoder().decode(bytes);
    return evidenceId(sha256Hex(bytes));
  }, HANDLES);
  const put = (name: string, text: string) => sink(name, new TextEncoder().encode(text));
  await put(
    '123456789012/eu-west-1/metrics.ndjson',
    '{"dimensions":{"VPC Id":"vpc-2b047792"},"metric":"X","stat":"Sum"}\n',
  );
  await put(
    '123456789012/eu-west-1/requests.ndjson',
    '{"error_code":null,"file":"123456789012/eu-west-1/s3.ListBuckets.1.json","input":{"Bucket":"acme"},"operation":"ListBuckets"}\n',
  );
  const account = HANDLES.account('123456789012');
  expect(files).toStrictEqual({
    [`${account}/eu-west-1/metrics.ndjson`]: `{"dimensions":{"VPC Id":"${HANDLES.of('vpc-2b047792')}"},"metric":"X","stat":"Sum"}\n`,
    [`${account}/eu-west-1/requests.ndjson`]: `{"error_code":null,"file":"${account}/eu-west-1/s3.ListBuckets.1.json","input":{"Bucket":"${HANDLES.of('acme')}"},"operation":"ListBuckets"}\n`,
  });
});
